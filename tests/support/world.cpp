#include "tests/support/world.h"

#include <stdexcept>

namespace firebreak::support {

namespace {

/// Gives every place where an id can stand to `replace`, with the whole word.
class Renaming {
 public:
  Renaming(World& world, const std::function<std::string(std::string_view)>& new_id) : world_(world), new_id_(new_id) {}

  void operator()(ZoneDecl& d) { words({&d.id, &d.parent}); }
  void operator()(SiteDecl& d) {
    words({&d.id, &d.parent});
    needs(d.needs);
  }
  void operator()(SystemDecl& d) {
    words({&d.id, &d.zone, &d.site, &d.runs_on});
    needs(d.needs);
    if (d.managed_by) needs(*d.managed_by);
  }
  void operator()(IdentityDecl& d) { word(d.id); }
  void operator()(ServiceDecl& d) {
    word(d.id);
    needs(d.needs);
  }
  void operator()(CustomerDecl& d) {
    word(d.id);
    list(d.uses);
  }
  void operator()(LinkDecl& d) {
    word(d.id);
    list(d.between);
    needs(d.needs);
  }
  void operator()(PolicyDecl& d) {
    word(d.id);
    list(d.replaces);
    for (RuleDecl& rule : d.rules) {
      if (rule.from) list(*rule.from);
      if (rule.to) list(*rule.to);
    }
  }
  void operator()(PivotDecl& d) {
    list(d.from);
    list(d.to);
    list(d.requires_all);
  }
  void operator()(ScenarioDecl& d) {
    word(d.id);
    list(d.compromised);
    list(d.off);
    list(d.isolate);
    for (Word& flow : d.block) flow.value = world_.keep(renamed_flow(flow.value));
    for (Word& flow : d.allow) flow.value = world_.keep(renamed_flow(flow.value));
  }

 private:
  /// Tags, kinds, prefixes and `*` are no ids.
  [[nodiscard]] std::string renamed_selector(std::string_view text) const {
    const bool is_id = text != "*" && text.find(':') == std::string_view::npos &&
                       text.find('/') == std::string_view::npos && text.find('.') == std::string_view::npos;
    return is_id ? new_id_(text) : std::string(text);
  }

  /// "a,b -> c tcp/1": the ids stand in the first and the third word.
  [[nodiscard]] std::string renamed_flow(std::string_view flow) const {
    std::string out;
    int word = 0;
    for (std::size_t at = 0; at < flow.size();) {
      const std::size_t end = std::min(flow.find_first_of(" ,", at), flow.size());
      const std::string_view part = flow.substr(at, end - at);
      out += word == 0 || word == 2 ? renamed_selector(part) : std::string(part);
      if (end < flow.size()) {
        out += flow[end];
        if (flow[end] == ' ') ++word;
      }
      at = end + 1;
    }
    return out;
  }

  void word(Word& w) {
    if (!w.value.empty()) w.value = world_.keep(renamed_selector(w.value));
  }
  void words(std::initializer_list<Word*> all) {
    for (Word* w : all) word(*w);
  }
  void list(Words& all) {
    for (Word& w : all) word(w);
  }
  void needs(NeedDecls& all) {
    for (NeedDecl& need : all) words({&need.on, &need.from});
  }

  World& world_;
  const std::function<std::string(std::string_view)>& new_id_;
};

}  // namespace

TopologyBuilder::Result try_build(const World& world) {
  TopologyBuilder builder;
  for (const Declaration& declaration : world.declarations) {
    std::visit([&](const auto& d) { builder.add(d); }, declaration);
  }
  return builder.finish();
}

Topology build(const World& world) {
  TopologyBuilder::Result result = try_build(world);
  if (result.topology) return std::move(*result.topology);
  std::string faults = "the world has faults:";
  for (const Diagnostic& d : result.diagnostics) {
    if (d.severity == Severity::error) faults += "\n  " + d.message;
  }
  throw std::runtime_error(faults);
}

std::vector<NeedDecls*> needs_of(World& world) {
  std::vector<NeedDecls*> all;
  for (Declaration& declaration : world.declarations) {
    std::visit(
        [&](auto& d) {
          if constexpr (requires { d.needs; }) all.push_back(&d.needs);
        },
        declaration);
  }
  return all;
}

std::vector<std::uint32_t> depths(const NeedDecls& needs) {
  std::vector<std::uint32_t> depth(needs.size(), 0);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    for (std::size_t j = i + 1; j < i + needs[i].size; ++j) ++depth[j];
  }
  return depth;
}

void set_sizes(NeedDecls& needs, const std::vector<std::uint32_t>& depth) {
  for (std::size_t i = 0; i < needs.size(); ++i) {
    std::size_t end = i + 1;
    while (end < needs.size() && depth[end] > depth[i]) ++end;
    needs[i].size = static_cast<std::uint32_t>(end - i);
  }
}

World renamed(const World& world, const std::function<std::string(std::string_view)>& new_id) {
  World copy = world;
  Renaming renaming(copy, new_id);
  for (Declaration& declaration : copy.declarations) std::visit(renaming, declaration);
  return copy;
}

World shuffled(World world, Random& random) {
  for (std::size_t i = world.declarations.size(); i > 1; --i) {
    std::swap(world.declarations[i - 1], world.declarations[random.below(i)]);
  }
  return world;
}

}  // namespace firebreak::support
