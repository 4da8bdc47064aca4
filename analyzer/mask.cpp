#include "analyzer/mask.h"

#include "topology/compile/flow_verdict.h"

namespace firebreak {

Mask::Mask(const Graph& graph, const Scenario& scenario)
    : graph_(graph), scenario_(scenario), off_(graph.node_count, 0), isolated_(graph.node_count, 0) {
  for (const NodeId n : scenario.off) off_[n] = 1;
  for (const NodeId n : scenario.isolated_systems) isolated_[n] = 1;
  if (!any_borders()) return;
  border_.assign(graph.node_count, NodeId::none());
  for (const NodeId z : scenario.isolated_zones) border_[z] = z;
  // Each chain of parents is walked once: up to a zone already known, then its answer is written down all the way.
  IdVector<NodeId, std::uint8_t> known(graph.node_count, 0);
  std::vector<NodeId> chain;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::zone) continue;
    NodeId at = n;
    for (; at.valid() && known[at] == 0 && !border_[at].valid(); at = graph.parent[at]) chain.push_back(at);
    const NodeId found = at.valid() ? border_[at] : NodeId::none();
    for (const NodeId z : chain) {
      border_[z] = found;
      known[z] = 1;
    }
    chain.clear();
  }
}

bool Mask::border_into(NodeId from, NodeId to) const {
  const NodeId around = border(to);
  if (!around.valid()) return false;
  // Borders nest: `from` is inside when the border around `to` is met on the way up.
  for (NodeId z = border(from); z.valid(); z = border(graph_.parent[z])) {
    if (z == around) return false;
  }
  return true;
}

PortSplit split_ports(const Scenario& scenario, NodeId from, NodeId to, const PortSet& wanted) {
  PortSplit result{{}, wanted, false};
  for (const FlowRule& block : scenario.block) {
    if (!block.from.contains(from) || !block.to.contains(to)) continue;
    if (!intersects(result.undecided, block.ports)) continue;
    result.undecided = subtract(result.undecided, block.ports);
    result.blocked = true;
  }
  for (const FlowRule& allow : scenario.allow) {
    if (result.undecided.empty()) break;
    if (!allow.from.contains(from) || !allow.to.contains(to)) continue;
    result.granted = unite(result.granted, intersect(result.undecided, allow.ports));
    result.undecided = subtract(result.undecided, allow.ports);
  }
  return result;
}

Loss Mask::severed(const Leaf& leaf) const {
  if (isolated(leaf.provider)) return Loss::isolated;
  if (graph_.kind[leaf.owner] == NodeKind::link) return Loss::none;
  if (isolated(leaf.owner)) return Loss::isolated;
  if (leaf.only_isolation) return Loss::none;
  if (border_between(leaf.from_zone, leaf.to_zone)) return Loss::border;
  return judged(leaf);
}

Loss Mask::judged(const Leaf& leaf) const {
  if (!leaf.port.valid()) {
    for (const FlowRule& block : scenario_.block) {
      if (block.ports.is_any() && block.from.contains(leaf.source) && block.to.contains(leaf.provider)) {
        return Loss::blocked;
      }
    }
    return Loss::none;
  }
  if (!leaf.from_zone.valid() || !leaf.to_zone.valid()) return Loss::none;
  if (scenario_.block.empty() && (leaf.permitted || scenario_.allow.empty())) {
    return leaf.permitted ? Loss::none : Loss::not_permitted;
  }
  const PortSplit parts = split_ports(scenario_, leaf.source, leaf.provider, graph_.ports[leaf.port]);
  if (parts.blocked) return Loss::blocked;
  if (leaf.permitted || parts.undecided.empty()) return Loss::none;
  const PortSet permitted =
      permitted_of(graph_, graph_.flow.class_of[leaf.source], graph_.flow.class_of[leaf.provider], parts.undecided);
  return permitted == parts.undecided ? Loss::none : Loss::not_permitted;
}

}  // namespace firebreak
