// Two systems of one flow class with equal effort, no guests, host or site and no part in any pivot are alike.

#include "analyzer/alike_starts.h"

#include <map>
#include <utility>

#include "analyzer/mask.h"

namespace firebreak {

namespace {

/// Which nodes something tells apart from the others of their class.
IdVector<NodeId, std::uint8_t> find_special(const Graph& graph, const Scenario& scenario) {
  const Mask mask(graph, scenario);
  const bool rules = !scenario.block.empty() || !scenario.allow.empty();
  IdVector<NodeId, std::uint8_t> special(graph.node_count, 0);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (rules || !graph.flow.class_of[n].valid() || !graph.pivots_from[n].empty() ||
        !graph.pivots_requiring[n].empty() || !graph.guests[n].empty() || graph.host[n].valid() ||
        graph.site[n].valid() || mask.off(n) || mask.isolated(n)) {
      special[n] = 1;
    }
  }
  for (const GraphPivot& pivot : graph.pivots) {
    for (const NodeId n : pivot.to) special[n] = 1;
  }
  return special;
}

}  // namespace

std::vector<std::vector<NodeId>> alike_starts(const Graph& graph, const Scenario& scenario,
                                              const std::vector<NodeId>& singled_out) {
  IdVector<NodeId, std::uint8_t> special = find_special(graph, scenario);
  for (const NodeId n : singled_out) special[n] = 1;
  std::vector<std::vector<NodeId>> sets;
  std::map<std::pair<FlowClassId, Seconds>, std::size_t> known;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (!can_be_compromised(graph.kind[n])) continue;
    if (special[n] != 0) {
      sets.push_back({n});
      continue;
    }
    const auto [at, fresh] = known.try_emplace({graph.flow.class_of[n], graph.effort[n]}, sets.size());
    if (fresh) sets.emplace_back();
    sets[at->second].push_back(n);
  }
  return sets;
}

}  // namespace firebreak
