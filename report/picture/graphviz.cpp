#include "report/picture/graphviz.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <gvc.h>
#include <unordered_map>
#include <utility>

#include "firebreak/diagnostic.h"

#include "report/picture/graphviz_canvas.h"
#include "report/picture/hidden_chains.h"
#include "report/picture/picture_label.h"
#include "report/picture/svg_titles.h"

namespace firebreak::report {
namespace {

/// The longest side of a raster picture: 45 inches of 144 dots.
constexpr const char* kMostInches = "45,45";

/// Directory and version suffix of the Graphviz library in use ("/usr/lib/...", ".so.6"): its plugins stand beside it.
std::pair<std::string, std::string> place_of_graphviz() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<void*>(&gvContext), &info) == 0 || info.dli_fname == nullptr) return {};
  const std::string file = info.dli_fname;
  const std::size_t slash = file.rfind('/');
  const std::size_t suffix = file.find(".so", slash == std::string::npos ? 0 : slash);
  if (slash == std::string::npos || suffix == std::string::npos) return {};
  return {file.substr(0, slash), file.substr(suffix)};
}

gvplugin_library_t* load_plugin(const std::pair<std::string, std::string>& place, const std::string& name) {
  const std::string file = place.first + "/graphviz/libgvplugin_" + name + place.second;
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  return static_cast<gvplugin_library_t*>(dlsym(library, ("gvplugin_" + name + "_LTX_library").c_str()));
}

/// A context for one format. SVG gets the writer and the dot layout and nothing else, so that no font of the machine
/// has a say; where they are not found, and for raster formats, whatever Graphviz is configured with.
GVC_t* context_for(Format format) {
  if (format == Format::svg) {
    const auto place = place_of_graphviz();
    gvplugin_library_t* core = load_plugin(place, "core");
    gvplugin_library_t* dot = load_plugin(place, "dot_layout");
    if (core != nullptr && dot != nullptr) {
      GVC_t* context = gvContextPlugins(nullptr, 0);
      gvAddLibrary(context, core);
      gvAddLibrary(context, dot);
      return context;
    }
  }
  return gvContext();
}

std::optional<std::string> written(Agraph_t* graph) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* stream = open_memstream(&text, &size);
  if (stream == nullptr) return std::nullopt;
  const bool good = agwrite(graph, stream) == 0;
  std::optional<std::string> out;
  if (std::fclose(stream) == 0 && good) out.emplace(text, size);
  std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): open_memstream allocates so
  return out;
}

/// A graph laid out with dot, so that it can be measured and rendered as long as this object lives.
class Layout {
 public:
  Layout(GVC_t* context, Agraph_t* graph, const LayoutPlan& plan) : context_(context), graph_(graph) {
    agset(graph, raw("mclimit"), raw(plan.effort));
    agset(graph, raw("nodesep"), raw(plan.distance));
    done_ = gvLayout(context, graph, "dot") == 0;
  }
  ~Layout() {
    if (done_) gvFreeLayout(context_, graph_);
  }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  [[nodiscard]] bool done() const { return done_; }

 private:
  GVC_t* context_;
  Agraph_t* graph_;
  bool done_ = false;
};

/// A context of Graphviz, given back at the end.
class Context {
 public:
  explicit Context(Format format) : context_(context_for(format)) { agseterr(AGMAX); }
  ~Context() { gvFreeContext(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] GVC_t* get() const { return context_; }

 private:
  GVC_t* context_;
};

std::optional<std::string> laid_out(const Picture& picture, Format format, const LayoutPlan& plan) {
  const Context context(format);
  const Canvas canvas(picture, false);
  if (format == Format::png) {
    agset(canvas.graph(), raw("dpi"), raw("144"));
    agset(canvas.graph(), raw("size"), raw(kMostInches));
  }
  const Layout layout(context.get(), canvas.graph(), plan);
  if (!layout.done()) return std::nullopt;
  std::optional<std::string> out;
  char* bytes = nullptr;
  unsigned length = 0;
  const char* name = format == Format::svg ? "svg" : format == Format::pdf ? "pdf" : "png";
  if (gvRenderData(context.get(), canvas.graph(), name, &bytes, &length) == 0 && bytes != nullptr)
    out.emplace(bytes, length);
  gvFreeRenderData(bytes);
  return out;
}

std::unordered_map<std::string, std::string> tooltips(const Picture& picture) {
  std::unordered_map<std::string, std::string> out;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i)
    out["n" + std::to_string(i + 1)] = node_tooltip(picture.nodes[i]);
  for (std::size_t i = 0; i < picture.edges.size(); ++i) {
    out["e" + std::to_string(i + 1)] = edge_tooltip(picture, picture.edges[i]);
  }
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) out["b" + std::to_string(i + 1)] = picture.boxes[i].title;
  return out;
}

}  // namespace

std::optional<int> hidden_chains(const Picture& picture, const LayoutPlan& plan) {
  const Context context(Format::svg);
  const Canvas canvas(picture, false);
  const Layout layout(context.get(), canvas.graph(), plan);
  if (!layout.done()) return std::nullopt;
  attach_attrs(canvas.graph());
  return hidden_chains(canvas.graph());
}

std::optional<std::string> render(const Picture& picture, Format format, const LayoutPlan& plan) {
  if (format == Format::dot) return written(Canvas(picture, true).graph());
  std::optional<std::string> out = laid_out(picture, format, plan);
  if (out && format == Format::svg) out = with_titles(*out, tooltips(picture), printable(picture.title));
  return out;
}

}  // namespace firebreak::report
