// Two systems of one flow class with equal effort, no guests, host or site and no part in any pivot are alike:
// exchanging them changes no step of the spread. One blast of a sample therefore stands for all of such a set, as long
// as the question does not single one out. Who reaches what at all is asked of the closure of all steps before.

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/mask.h"
#include "analyzer/need_law.h"
#include "analyzer/reach_closure.h"

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

/// Calls `visit(members, blast)` for every system and identity, in sets that are alike, of the first of which `wanted`
/// holds: the blast is that of the first alone.
template <class Wanted, class Visit>
void for_each_start(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& singled_out,
                    const Wanted& wanted, const Visit& visit) {
  const NeedRun run = run_need(graph, scenario);
  IdVector<NodeId, std::uint8_t> special = find_special(graph, scenario);
  for (const NodeId n : singled_out) special[n] = 1;
  std::vector<std::vector<NodeId>> sets;
  std::map<std::pair<FlowClassId, Seconds>, std::size_t> known;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::system && graph.kind[n] != NodeKind::identity) continue;
    if (special[n] != 0) {
      sets.push_back({n});
      continue;
    }
    const auto [at, fresh] = known.try_emplace({graph.flow.class_of[n], graph.effort[n]}, sets.size());
    if (fresh) sets.emplace_back();
    sets[at->second].push_back(n);
  }
  Scenario single = scenario;
  for (const std::vector<NodeId>& members : sets) {
    if (!wanted(members.front())) continue;
    single.compromised = {members.front()};
    visit(members, blast(graph, single, run));
  }
}

}  // namespace

Exposure exposure(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets) {
  Exposure result;
  const std::optional<ReachClosure> closure = reach_closure(graph, scenario, targets);
  const auto reaches_some = [&](NodeId start) {
    const auto other = [&](std::size_t t) { return targets[t] != start && closure->reaches[t][start]; };
    for (std::size_t t = 0; closure && t < targets.size(); ++t) {
      if (other(t)) return true;
    }
    return !closure;
  };
  for_each_start(graph, scenario, targets, reaches_some, [&](const std::vector<NodeId>& members, const Blast& from) {
    Exposure::Source source;
    for (const NodeId target : targets) {
      if (!from.reached[target] || target == members.front()) continue;
      if (source.target.valid() && source.step <= from.step[target]) continue;
      source = {{}, target, from.step[target], from.after[target]};
    }
    if (!source.target.valid()) return;
    for (const NodeId n : members) {
      source.node = n;
      result.sources.push_back(source);
    }
  });
  std::ranges::sort(result.sources, [](const Exposure::Source& a, const Exposure::Source& b) {
    return std::pair(a.step, a.node) < std::pair(b.step, b.node);
  });
  return result;
}

IdVector<NodeId, std::uint32_t> blast_sizes(const Graph& graph, const Scenario& scenario) {
  if (std::optional<ReachClosure> closure = reach_closure(graph, scenario, {})) return std::move(closure->size);
  IdVector<NodeId, std::uint32_t> sizes(graph.node_count, 0);
  const auto all = [](NodeId) { return true; };
  for_each_start(graph, scenario, {}, all, [&](const std::vector<NodeId>& members, const Blast& from) {
    for (const NodeId n : members) sizes[n] = static_cast<std::uint32_t>(from.order.size());
  });
  return sizes;
}

}  // namespace firebreak
