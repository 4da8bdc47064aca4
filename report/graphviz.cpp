#include "report/graphviz.h"

#include <cgraph.h>
#include <dlfcn.h>
#include <gvc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/lettering.h"
#include "report/palette.h"
#include "report/picture_label.h"
#include "report/svg_titles.h"

// The picture becomes a graph of cgraph attribute by attribute, never as pasted text. Nodes are called n1, n2, ... so that no name from a file is
// a name in Graphviz, and have fixed sizes, so that the layout needs no font.

namespace firebreak::report {
namespace {

using Attribute = std::pair<const char*, const char*>;

constexpr Attribute kGraphDefaults[] = {
    {"bgcolor", "white"},  {"charset", "UTF-8"}, {"color", "#C9CED6"}, {"dpi", "96"},      {"fillcolor", "#F4F6F8"},
    {"fontname", kFontFamilies}, {"id", ""},     {"label", ""},        {"labeljust", "l"}, {"labelloc", "t"},
    {"margin", "0"},       {"mclimit", "1"},     {"newrank", "true"},   {"nodesep", "0.18"},  {"nslimit", "12"},  {"nslimit1", "12"},
    {"outputorder", "edgesfirst"}, {"pad", "0.3"}, {"penwidth", "1"},  {"rank", ""},       {"rankdir", "LR"},
    {"ranksep", "0.7"},    {"ratio", ""},    {"size", ""},         {"splines", "true"},  {"style", ""},      {"tooltip", ""},
};
constexpr Attribute kNodeDefaults[] = {
    {"color", "#767676"}, {"fillcolor", "#FFFFFF"}, {"fixedsize", "true"}, {"fontname", kFontFamilies},
    {"height", "0.5"},    {"id", ""},               {"label", ""},         {"margin", "0"},
    {"penwidth", "1"},    {"peripheries", "1"},     {"shape", "box"},      {"skew", "0"},
    {"style", "filled"},    {"tooltip", ""},      {"width", "1"},
};
constexpr Attribute kEdgeDefaults[] = {
    {"arrowsize", "0.7"}, {"color", "#A3A9B1"}, {"constraint", "true"}, {"dir", "forward"},  {"fontname", kFontFamilies},
    {"id", ""},           {"label", ""},        {"penwidth", "0.9"},    {"style", "solid"}, {"tooltip", ""},
    {"weight", "1"},
};

/// The longest side of a raster picture: 45 inches of 144 dots.
constexpr const char* kMostInches = "45,45";

/// cgraph takes char* where it means const char*, and never writes to it.
char* raw(const char* text) { return const_cast<char*>(text); }  // NOLINT(cppcoreguidelines-pro-type-const-cast)
char* raw(const std::string& text) { return raw(text.c_str()); }

std::string inches(double points) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", points / 72);
  return text.data();
}

/// A text for an attribute that Graphviz expands (escString) and takes for XML.
std::string expanded_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

/// Builds the graph of one picture.
class Canvas {
 public:
  explicit Canvas(const Picture& picture) : picture_(picture), graph_(agopen(raw("firebreak"), Agdirected, nullptr)) {
    for (const auto& [name, value] : kGraphDefaults) agattr(graph_, AGRAPH, raw(name), raw(value));
    for (const auto& [name, value] : kNodeDefaults) agattr(graph_, AGNODE, raw(name), raw(value));
    for (const auto& [name, value] : kEdgeDefaults) agattr(graph_, AGEDGE, raw(name), raw(value));
    set(graph_, "rankdir", picture.left_to_right ? "LR" : "TB");
  }
  ~Canvas() { agclose(graph_); }
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  [[nodiscard]] Agraph_t* graph() const { return graph_; }

  void draw(bool with_tooltips) {
    tooltips_ = with_tooltips;
    draw_boxes();
    for (std::size_t i = 0; i < picture_.nodes.size(); ++i) draw_node(i);
    draw_columns();
    for (std::size_t i = 0; i < picture_.edges.size(); ++i) draw_edge(i);
    set_html(graph_, heading_label(picture_).html);
    set(graph_, "id", "picture");
  }

  void set(void* part, const char* name, const std::string& value) { agset(part, raw(name), raw(value)); }

 private:
  void set_html(void* part, const std::string& html) {
    if (html.empty()) return;
    agset(part, raw("label"), agstrdup_html(graph_, raw(html)));
  }

  Agraph_t* home_of(std::size_t box) { return box == PictureNode::kNoBox ? graph_ : boxes_[box]; }

  void draw_boxes() {
    for (std::size_t i = 0; i < picture_.boxes.size(); ++i) {
      const PictureBox& box = picture_.boxes[i];
      Agraph_t* cluster = agsubg(home_of(box.parent), raw("cluster" + std::to_string(i + 1)), 1);
      boxes_.push_back(cluster);
      set_html(cluster, box_label(box).html);
      set(cluster, "id", "b" + std::to_string(i + 1));
      set(cluster, "margin", "10");
      set(cluster, "style", box.isolated ? "rounded,filled,dashed" : "rounded,filled");
      if (box.parent != PictureNode::kNoBox) set(cluster, "fillcolor", "#E9EDF1");
      if (box.plain) set(cluster, "fillcolor", "#FFFFFF");
      if (box.isolated) {
        set(cluster, "color", std::string(look(State::off).line));
        set(cluster, "penwidth", "3");
      }
    }
  }

  void draw_node(std::size_t index) {
    const PictureNode& node = picture_.nodes[index];
    const std::string name = "n" + std::to_string(index + 1);
    Agnode_t* drawn = agnode(home_of(node.box), raw(name), 1);
    nodes_.push_back(drawn);
    set(drawn, "id", name);
    const Label label = node_label(node);
    set_html(drawn, label.html);
    if (tooltips_) set(drawn, "tooltip", expanded_text(node_tooltip(node)));
    set_outline(drawn, node, label);
    set_colours(drawn, node);
  }

  void set_outline(Agnode_t* drawn, const PictureNode& node, const Label& label) {
    const bool gate = node.shape == Shape::gate;
    double width = label.width + (gate ? 8.0 : 18.0);
    double height = label.height + (gate ? 4.0 : 10.0);
    if (!gate && node.shape != Shape::heading) width = std::max(width, 76.0);
    switch (node.shape) {
      case Shape::site:
        set(drawn, "shape", "tab");
        height += 8;
        break;
      case Shape::link:
        set(drawn, "shape", "polygon");
        set(drawn, "skew", "0.14");
        width += 34;
        height += 2;
        break;
      case Shape::gate:
        set(drawn, "shape", "ellipse");
        width = std::max(width * 1.1, 20.0);
        height = std::max(height, 16.0);
        break;
      case Shape::heading:
        set(drawn, "shape", "plain");
        break;
      default:
        break;
    }
    set(drawn, "width", inches(width));
    set(drawn, "height", inches(height));
  }

  void set_colours(Agnode_t* drawn, const PictureNode& node) {
    std::string style = "filled";
    const bool round = node.shape == Shape::service || node.shape == Shape::customer || node.shape == Shape::summary || node.shape == Shape::zone;
    if (round || node.shape == Shape::identity) style += ",rounded";
    const Look& shown = look(node.states_shown ? node.state : State::works);
    set(drawn, "fillcolor", std::string(shown.fill));
    set(drawn, "color", std::string(shown.line));
    if (shown.border == Border::dashed || node.isolated) style += ",dashed";
    if (shown.border == Border::doubled) set(drawn, "peripheries", "2");
    if (node.state != State::works && node.states_shown) set(drawn, "penwidth", "1.6");
    if (node.spread != Spread::none) {
      set(drawn, "fillcolor", std::string(kReachedFill));
      set(drawn, "color", node.spread == Spread::start ? "#000000" : std::string(kReachedFill));
      set(drawn, "penwidth", node.spread == Spread::start ? "3" : "1.6");
    }
    if (node.isolated) {
      set(drawn, "color", std::string(look(State::off).line));
      set(drawn, "penwidth", "3");
    }
    if (node.jewel) {
      set(drawn, "color", std::string(kCrownJewelLine));
      set(drawn, "penwidth", "4");
    }
    if (node.shape == Shape::heading) style = "";
    set(drawn, "style", style);
  }

  /// Nodes of one column go into one subgraph of equal rank, inside their box if they share one.
  void draw_columns() {
    std::vector<std::vector<std::size_t>> columns;
    for (std::size_t i = 0; i < picture_.nodes.size(); ++i) {
      const std::size_t column = picture_.nodes[i].column;
      if (column == PictureNode::kNoColumn) continue;
      if (columns.size() <= column) columns.resize(column + 1);
      columns[column].push_back(i);
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].empty()) continue;
      Agraph_t* home = home_of(picture_.nodes[columns[c].front()].box);
      Agraph_t* rank = agsubg(home, raw("column" + std::to_string(c + 1)), 1);
      set(rank, "rank", "same");
      for (const std::size_t n : columns[c]) agsubnode(rank, nodes_[n], 1);
    }
  }

  void draw_edge(std::size_t index) {
    const PictureEdge& edge = picture_.edges[index];
    const std::string name = "e" + std::to_string(index + 1);
    Agedge_t* drawn = agedge(graph_, nodes_[edge.from], nodes_[edge.to], raw(name), 1);
    set(drawn, "id", name);
    if (edge.arrow == Arrow::hidden) {
      set(drawn, "style", "invis");
      set(drawn, "weight", "20");
      return;
    }
    set_html(drawn, edge_label(edge).html);
    if (tooltips_) set(drawn, "tooltip", expanded_text(edge_tooltip(picture_, edge)));
    constexpr const char* kDirections[] = {"forward", "back", "both", "none", "none"};
    set(drawn, "dir", kDirections[static_cast<std::size_t>(edge.arrow)]);
    if (edge.dashed) set(drawn, "style", "dashed");
    const State carries = edge.carries;
    const bool carries_loss = carries != State::works;
    if (edge.spread) {
      set(drawn, "color", std::string(kReachedFill));
    } else if (carries_loss) {
      set(drawn, "color", std::string(look(carries).line));
    }
    if (edge.chain) {
      set(drawn, "penwidth", "2.8");
      set(drawn, "weight", "4");
      set(drawn, "arrowsize", "0.8");
    } else if (edge.spread) {
      set(drawn, "penwidth", "1.2");
    }
  }

  const Picture& picture_;
  Agraph_t* graph_;
  std::vector<Agraph_t*> boxes_;
  std::vector<Agnode_t*> nodes_;
  bool tooltips_ = false;
};

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

/// A context for one format. SVG gets the writer and the dot layout and nothing else, so that no font of the machine has a say; where they are not found,
/// and for raster formats, whatever Graphviz is configured with.
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

/// Height over width of a graph that is laid out; 0 when unknown.
double proportion(Agraph_t* graph) {
  attach_attrs(graph);
  const char* box = agget(graph, raw("bb"));
  std::array<double, 4> at{};
  if (box == nullptr || std::sscanf(box, "%lf,%lf,%lf,%lf", &at[0], &at[1], &at[2], &at[3]) != 4) return 0;
  return at[2] > at[0] ? (at[3] - at[1]) / (at[2] - at[0]) : 0;
}

/// Lays the graph out; one that comes out upright is spread, to twice its width at most, so that it fits a screen or a page
/// on its side.
bool lay_out(GVC_t* context, Agraph_t* graph) {
  constexpr double kUpright = 0.82;
  constexpr double kWanted = 0.70;
  if (gvLayout(context, graph, "dot") != 0) return false;
  const double tall = proportion(graph);
  if (tall <= kUpright) return true;
  gvFreeLayout(context, graph);
  std::array<char, 32> wanted{};
  std::snprintf(wanted.data(), wanted.size(), "%.3f", std::max(kWanted, tall / 2));
  agset(graph, raw("ratio"), wanted.data());
  return gvLayout(context, graph, "dot") == 0;
}

std::optional<std::string> laid_out(Agraph_t* graph, Format format) {
  GVC_t* context = context_for(format);
  std::optional<std::string> out;
  if (lay_out(context, graph)) {
    char* bytes = nullptr;
    unsigned length = 0;
    const char* name = format == Format::svg ? "svg" : format == Format::pdf ? "pdf" : "png";
    if (gvRenderData(context, graph, name, &bytes, &length) == 0 && bytes != nullptr) out.emplace(bytes, length);
    gvFreeRenderData(bytes);
    gvFreeLayout(context, graph);
  }
  gvFreeContext(context);
  return out;
}

std::unordered_map<std::string, std::string> tooltips(const Picture& picture) {
  std::unordered_map<std::string, std::string> out;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) out["n" + std::to_string(i + 1)] = node_tooltip(picture.nodes[i]);
  for (std::size_t i = 0; i < picture.edges.size(); ++i) {
    out["e" + std::to_string(i + 1)] = edge_tooltip(picture, picture.edges[i]);
  }
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) out["b" + std::to_string(i + 1)] = picture.boxes[i].title;
  return out;
}

}  // namespace

std::optional<std::string> render(const Picture& picture, Format format) {
  agseterr(AGMAX);
  Canvas canvas(picture);
  canvas.draw(format == Format::dot);
  if (format == Format::dot) return written(canvas.graph());
  if (format == Format::png) {
    canvas.set(canvas.graph(), "dpi", "144");
    canvas.set(canvas.graph(), "size", kMostInches);
  }
  std::optional<std::string> out = laid_out(canvas.graph(), format);
  if (out && format == Format::svg) out = with_titles(*out, tooltips(picture), printable(picture.title));
  return out;
}

}  // namespace firebreak::report
