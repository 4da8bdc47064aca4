#include "firebreak/scenario.h"

#include <algorithm>
#include <iterator>

#include "topology/builder/faults.h"
#include "topology/scenario_decl.h"
#include "topology/selection.h"
#include "topology/selector_reader.h"

namespace firebreak {
namespace {

void add_compromised(const Topology& topology, const Selector& selector, Scenario& scenario) {
  append_matching(topology, selector, kTakenKinds, scenario.compromised);
}

/// An id means itself, except that a zone means each of its systems.
void add_off(const Topology& topology, const Selector& selector, Scenario& scenario) {
  if (selector.type == Selector::Type::node && topology.nodes[selector.node].kind != NodeKind::zone) {
    scenario.off.push_back(selector.node);
  } else {
    append_matching(topology, selector, kTakenKinds, scenario.off);
  }
}

/// The id of a zone means its border; other ids than a system's change nothing by the laws.
void add_isolated(const Topology& topology, const Selector& selector, Scenario& scenario) {
  if (selector.type != Selector::Type::node) {
    append_matching(topology, selector, {NodeKind::system}, scenario.isolated_systems);
    return;
  }
  const NodeKind kind = topology.nodes[selector.node].kind;
  if (kind == NodeKind::zone) scenario.isolated_zones.push_back(selector.node);
  if (kind == NodeKind::system) scenario.isolated_systems.push_back(selector.node);
}

std::size_t size_of(const Scenario& scenario) {
  return scenario.compromised.size() + scenario.off.size() + scenario.isolated_systems.size() +
         scenario.isolated_zones.size();
}

void sort_all(Scenario& scenario) {
  sort_and_unique(scenario.compromised);
  sort_and_unique(scenario.off);
  sort_and_unique(scenario.isolated_systems);
  sort_and_unique(scenario.isolated_zones);
}

using AddSelected = void (*)(const Topology&, const Selector&, Scenario&);

/// Reads words one by one into a scenario.
class WordReader {
 public:
  WordReader(const Topology& topology, Scenario& scenario)
      : topology_(&topology), scenario_(&scenario), reader_(topology, faults_) {}

  template <class Words>
  void read(const Words& words, const SelectorUse& use, AddSelected add) {
    for (const auto& word : words) {
      Selector selector;
      selector.text = text_of(word);
      selector.at = place_of(word);
      if (!reader_.read(selector, use)) continue;
      if (use.isolates) reader_.warn_of_idle_isolation(selector);
      const std::size_t before = size_of(*scenario_);
      add(*topology_, selector, *scenario_);
      const bool named = selector.type == Selector::Type::node && use.itself.has(topology_->nodes[selector.node].kind);
      if (size_of(*scenario_) == before && !named) reader_.add_selects_nothing(selector, use);
    }
  }

  template <class Words>
  void read_flows(const Words& words, std::vector<FlowRule>& rules) {
    for (const auto& word : words) {
      ReadFlow flow;
      if (!reader_.read_flow(text_of(word), place_of(word), flow)) continue;
      warn_of_empty(flow.from);
      warn_of_empty(flow.to);
      rules.push_back({places(*topology_, flow.from), places(*topology_, flow.to), std::move(flow.ports)});
    }
  }

  [[nodiscard]] std::vector<Diagnostic> take_faults() { return faults_.take(); }

 private:
  [[nodiscard]] static std::string_view text_of(const std::string& word) { return word; }
  [[nodiscard]] static std::string_view text_of(const Word& word) { return word.value; }
  [[nodiscard]] static Span place_of(const std::string& /*word*/) { return {}; }
  [[nodiscard]] static Span place_of(const Word& word) { return word.at; }

  void warn_of_empty(const Selectors& selectors) {
    for (const Selector& selector : selectors) {
      const PlaceSet set = places(*topology_, std::span(&selector, 1));
      if (!set.everything && set.nodes.empty()) reader_.add_selects_nothing(selector, flow_ends("a flow"));
    }
  }

  const Topology* topology_;
  Scenario* scenario_;
  Faults faults_;
  SelectorReader reader_;
};

void append(std::vector<NodeId>& nodes, const std::vector<NodeId>& more) {
  nodes.insert(nodes.end(), more.begin(), more.end());
}

std::vector<FlowRule> flow_rules(const Topology& topology, const std::vector<FlowSelector>& flows) {
  std::vector<FlowRule> rules;
  rules.reserve(flows.size());
  for (const FlowSelector& flow : flows) {
    rules.push_back({places(topology, flow.from), places(topology, flow.to), topology.ports[flow.ports]});
  }
  return rules;
}

void append_new(std::vector<FlowRule>& flows, const std::vector<FlowRule>& more) {
  for (const FlowRule& flow : more) {
    if (std::ranges::find(flows, flow) == flows.end()) flows.push_back(flow);
  }
}

}  // namespace

namespace {

template <class Words>
Scenario resolved(const Topology& topology, const Words& words, std::vector<Diagnostic>& faults) {
  Scenario scenario;
  WordReader reader(topology, scenario);
  reader.read(words.compromised, what_is_taken("'compromised'"), add_compromised);
  reader.read(words.off, kOffUse, add_off);
  reader.read(words.isolate, kIsolateUse, add_isolated);
  reader.read_flows(words.block, scenario.block);
  reader.read_flows(words.allow, scenario.allow);
  sort_all(scenario);
  std::vector<Diagnostic> found = reader.take_faults();
  std::move(found.begin(), found.end(), std::back_inserter(faults));
  return scenario;
}

}  // namespace

Scenario resolve(const Topology& topology, const ScenarioWords& words, std::vector<Diagnostic>& faults) {
  return resolved(topology, words, faults);
}

Scenario resolve(const Topology& topology, const ScenarioDecl& decl, std::vector<Diagnostic>& faults) {
  return resolved(topology, decl, faults);
}

Scenario resolve(const Topology& topology, const NamedScenario& scenario) {
  Scenario resolved;
  for (const Selector& selector : scenario.compromised) add_compromised(topology, selector, resolved);
  for (const Selector& selector : scenario.off) add_off(topology, selector, resolved);
  for (const Selector& selector : scenario.isolate) add_isolated(topology, selector, resolved);
  resolved.block = flow_rules(topology, scenario.block);
  resolved.allow = flow_rules(topology, scenario.allow);
  sort_all(resolved);
  return resolved;
}

Scenario join(Scenario a, const Scenario& b) {
  append(a.compromised, b.compromised);
  append(a.off, b.off);
  append(a.isolated_systems, b.isolated_systems);
  append(a.isolated_zones, b.isolated_zones);
  append_new(a.block, b.block);
  append_new(a.allow, b.allow);
  sort_all(a);
  return a;
}

std::optional<Selector> resolve_selector(const Topology& topology, std::string_view word,
                                         std::vector<Diagnostic>& faults) {
  Faults found;
  SelectorReader reader(topology, found);
  Selector selector;
  selector.text = word;
  const bool read = reader.read(selector, kAnyUse);
  std::vector<Diagnostic> list = found.take();
  std::move(list.begin(), list.end(), std::back_inserter(faults));
  if (!read) return std::nullopt;
  return selector;
}

}  // namespace firebreak
