#include "analyzer/containment/cuts.h"

#include <algorithm>
#include <iterator>

#include "analyzer/support.h"

namespace firebreak {

PlaceSet places_in(const Graph& graph, NodeId zone) {
  PlaceSet places;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    NodeId z = graph.zone[n];
    while (z.valid() && z != zone) z = graph.parent[z];
    if (z.valid()) places.nodes.push_back(n);
  }
  return places;
}

NodeId zone_of(const Graph& graph, const PlaceSet& places) {
  for (const NodeId n : places.nodes) {
    if (graph.kind[n] == NodeKind::zone && places == places_in(graph, n)) return n;
  }
  return {};
}

Cuts::Cuts(const Graph& graph, const Scenario& scenario, const ContainOptions& options)
    : graph_(graph), options_(options), pinned_(graph.node_count, 0), done_(graph.node_count, 0) {
  for (const NodeId n : options.cannot) pinned_[n] = 1;
  for (const NodeId n : scenario.off) done_[n] |= kOff;
  for (const NodeId n : scenario.isolated_systems) done_[n] |= kIsolated;
  for (const NodeId n : scenario.isolated_zones) done_[n] |= kIsolated;
  for (std::size_t r = 0; r < options.rules.size(); ++r) rule_.emplace(options.rules[r].rule, r);
  find_carriers();
  list_rules();
}

void Cuts::list_rules() {
  const FlowRelation& flow = graph_.flow;
  const auto list = [&](PlaceSet FlowRule::*side, Packed<FlowClassId, std::size_t>& naming,
                        std::vector<std::size_t>& everyone) {
    IdVector<FlowClassId, std::vector<std::size_t>> rules(flow.classes.size());
    for (std::size_t r = 0; r < options_.rules.size(); ++r) {
      const PlaceSet& places = options_.rules[r].flow.*side;
      if (places.everything) everyone.push_back(r);
      for (const NodeId n : places.nodes) {
        if (!flow.class_of[n].valid()) continue;
        std::vector<std::size_t>& known = rules[flow.class_of[n]];
        if (known.empty() || known.back() != r) known.push_back(r);
      }
    }
    naming = packed_lists<FlowClassId>(rules);
  };
  list(&FlowRule::from, naming_.senders, from_everyone_);
  list(&FlowRule::to, naming_.receivers, to_everyone_);
}

void Cuts::find_carriers() {
  std::vector<NodeId> places;
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (graph_.kind[n] == NodeKind::site || graph_.kind[n] == NodeKind::link) places.push_back(n);
  }
  const IdVector<VertexId, bool> support = find_support(graph_, places);
  carries_.assign(graph_.node_count, false);
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    carries_[n] = support[VertexId(n.index())] || !graph_.guests[n].empty() || graph_.host[n].valid();
  }
}

CutId Cuts::find(const Action& action, bool useful) {
  const bool barred = !useful || std::ranges::find(options_.without, action.type) != options_.without.end() ||
                      (action.node.valid() && pinned_[action.node] != 0) ||
                      (action.to.valid() && pinned_[action.to] != 0);
  if (barred) return {};
  const auto [at, fresh] = known_.try_emplace(action, actions_.next_id());
  if (fresh) actions_.push_back(action);
  return at->second;
}

CutId Cuts::isolate(NodeId n) {
  const bool zone = graph_.kind[n] == NodeKind::zone;
  return find({zone ? Action::Type::isolate_zone : Action::Type::isolate_system, n, {}, {}},
              (done_[n] & kIsolated) == 0);
}

CutId Cuts::switch_off(NodeId n) {
  if (graph_.kind[n] == NodeKind::identity) {
    return find({Action::Type::disable, n, {}, {}}, (done_[n] & kOff) == 0);
  }
  // A system that nothing else hangs on is unplugged instead: that stops as much, and costs no more.
  const bool useful = carries_[n] || !isolate(n).valid();
  return find({Action::Type::switch_off, n, {}, {}}, useful && (done_[n] & kOff) == 0);
}

CutId Cuts::block_rule(std::size_t rule) {
  return find({Action::Type::block_rule, {}, {}, options_.rules[rule].rule}, true);
}

CutId Cuts::block_zones(NodeId from, NodeId to) {
  return find({Action::Type::block_zones, from, to, {}}, from != to);
}

double Cuts::cost(const Action& action) const {
  if (action.rule.valid()) return options_.rules[rule_.at(action.rule)].cost;
  if (action.to.valid()) return std::max(graph_.cost[action.node], graph_.cost[action.to]);
  return graph_.cost[action.node];
}

std::vector<std::size_t> Cuts::rules_between(NodeId from, NodeId to) const {
  std::vector<std::size_t> rules;
  const std::span<const std::size_t> sends = naming_.senders[graph_.flow.class_at(from)];
  const std::span<const std::size_t> receives = naming_.receivers[graph_.flow.class_at(to)];
  std::ranges::set_intersection(sends, receives, std::back_inserter(rules));
  std::ranges::set_intersection(sends, to_everyone_, std::back_inserter(rules));
  std::ranges::set_intersection(from_everyone_, receives, std::back_inserter(rules));
  std::ranges::set_intersection(from_everyone_, to_everyone_, std::back_inserter(rules));
  std::ranges::sort(rules);
  return rules;
}

bool Cuts::inside(NodeId zone, NodeId outer) const {
  while (zone.valid() && zone != outer) zone = graph_.parent[zone];
  return zone.valid();
}

bool Cuts::severs(CutId c, const Leaf& leaf) {
  const Action& action = actions_[c];
  const bool of_link = graph_.kind[leaf.owner] == NodeKind::link;
  switch (action.type) {
    case Action::Type::switch_off:
    case Action::Type::disable:
      return false;
    case Action::Type::isolate_system:
      return leaf.provider == action.node || (!of_link && leaf.owner == action.node);
    case Action::Type::isolate_zone:
      return !of_link && !leaf.only_isolation &&
             inside(leaf.from_zone, action.node) != inside(leaf.to_zone, action.node);
    case Action::Type::block_zones:
      return !of_link && !leaf.only_isolation && leaf.source.valid() && inside(graph_.zone[leaf.source], action.node) &&
             inside(graph_.zone[leaf.provider], action.to) &&
             (!leaf.port.valid() || (leaf.from_zone.valid() && leaf.to_zone.valid()));
    case Action::Type::block_rule:
      break;
  }
  if (of_link || leaf.only_isolation) return false;
  const FlowRule& block = blocked(action);
  if (!block.from.contains(leaf.source) || !block.to.contains(leaf.provider)) return false;
  if (!leaf.port.valid()) return block.ports.is_any();
  return leaf.from_zone.valid() && leaf.to_zone.valid() && intersects(block.ports, graph_.ports[leaf.port]);
}

}  // namespace firebreak
