#include "analyzer/flow_groups.h"

#include <map>

namespace firebreak {

namespace {

/// Which sides of which blocks and allows hold a place.
void read_sides(const Scenario& scenario, NodeId place, std::vector<bool>& sides) {
  sides.clear();
  for (const auto* rules : {&scenario.block, &scenario.allow}) {
    for (const FlowRule& rule : *rules) {
      sides.push_back(rule.from.contains(place));
      sides.push_back(rule.to.contains(place));
    }
  }
}

}  // namespace

FlowGroups group_places(const Graph& graph, const Scenario& scenario) {
  const FlowRelation& flow = graph.flow;
  const bool whole = scenario.block.empty() && scenario.allow.empty();
  FlowGroups groups;
  groups.group_of.resize(graph.node_count);
  const auto add = [&](FlowClassId c, std::span<const NodeId> members) {
    for (const NodeId n : members) groups.group_of[n] = groups.base.next_id();
    groups.members.items.insert(groups.members.items.end(), members.begin(), members.end());
    groups.members.end_row();
    groups.base.push_back(c);
  };
  std::vector<std::vector<NodeId>> parts;
  std::map<std::vector<bool>, std::size_t> known;
  std::vector<bool> sides;
  for (const FlowClassId c : ids<FlowClassId>(flow.classes.size())) {
    groups.first_of.push_back(static_cast<std::uint32_t>(groups.size()));
    if (whole) {
      add(c, flow.members[c]);
      continue;
    }
    parts.clear();
    known.clear();
    for (const NodeId n : flow.members[c]) {
      read_sides(scenario, n, sides);
      const auto [at, fresh] = known.try_emplace(sides, parts.size());
      if (fresh) parts.emplace_back();
      parts[at->second].push_back(n);
    }
    for (const std::vector<NodeId>& members : parts) add(c, members);
  }
  groups.first_of.push_back(static_cast<std::uint32_t>(groups.size()));
  return groups;
}

}  // namespace firebreak
