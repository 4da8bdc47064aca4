#include "analyzer/flow_groups.h"

#include <map>

namespace firebreak {

namespace {

/// By place, which sides of which blocks and allows name it, ascending. Those that mean everything tell nobody apart.
IdVector<NodeId, std::vector<std::uint32_t>> sides_by_place(const Graph& graph, const Scenario& scenario) {
  IdVector<NodeId, std::vector<std::uint32_t>> sides(graph.node_count);
  std::uint32_t side = 0;
  for (const auto* rules : {&scenario.block, &scenario.allow}) {
    for (const FlowRule& rule : *rules) {
      for (const PlaceSet* set : {&rule.from, &rule.to}) {
        if (!set->everything) {
          for (const NodeId n : set->nodes) sides[n].push_back(side);
        }
        ++side;
      }
    }
  }
  return sides;
}

}  // namespace

FlowGroups group_places(const Graph& graph, const Scenario& scenario) {
  const FlowRelation& flow = graph.flow;
  const bool whole = scenario.block.empty() && scenario.allow.empty();
  FlowGroups groups;
  groups.group_of.resize(graph.node_count);
  const auto add = [&](FlowClassId c, std::span<const NodeId> members) {
    for (const NodeId n : members) groups.group_of[n] = groups.base.next_id();
    groups.members.add_row(members);
    groups.base.push_back(c);
  };
  std::vector<std::vector<NodeId>> parts;
  std::map<std::vector<std::uint32_t>, std::size_t> known;
  const IdVector<NodeId, std::vector<std::uint32_t>> sides =
      whole ? IdVector<NodeId, std::vector<std::uint32_t>>() : sides_by_place(graph, scenario);
  for (const FlowClassId c : ids<FlowClassId>(flow.classes.size())) {
    groups.first_of.push_back(static_cast<std::uint32_t>(groups.size()));
    if (whole) {
      add(c, flow.members[c]);
      continue;
    }
    parts.clear();
    known.clear();
    for (const NodeId n : flow.members[c]) {
      const auto [at, fresh] = known.try_emplace(sides[n], parts.size());
      if (fresh) parts.emplace_back();
      parts[at->second].push_back(n);
    }
    for (const std::vector<NodeId>& members : parts) add(c, members);
  }
  groups.first_of.push_back(static_cast<std::uint32_t>(groups.size()));
  return groups;
}

}  // namespace firebreak
