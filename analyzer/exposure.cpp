// Who reaches what at all is asked of the closure of all steps; the steps of each that does are those of a blast.

#include <algorithm>
#include <optional>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "analyzer/need_law.h"
#include "analyzer/reach_closure.h"

namespace firebreak {

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
  const NeedRun run = run_need(graph, scenario);
  Scenario single = scenario;
  for (const std::vector<NodeId>& members : alike_starts(graph, scenario, targets)) {
    if (!reaches_some(members.front())) continue;
    single.compromised = {members.front()};
    const Blast from = blast(graph, single, run);
    Exposure::Source source;
    for (const NodeId target : targets) {
      if (!from.reached[target] || target == members.front()) continue;
      if (source.target.valid() && source.step <= from.step[target]) continue;
      source = {{}, target, from.step[target], from.after[target]};
    }
    if (!source.target.valid()) continue;
    for (const NodeId n : members) {
      source.node = n;
      result.sources.push_back(source);
    }
  }
  std::ranges::sort(result.sources, [](const Exposure::Source& a, const Exposure::Source& b) {
    return std::pair(a.step, a.node) < std::pair(b.step, b.node);
  });
  return result;
}

IdVector<NodeId, std::uint32_t> blast_sizes(const Graph& graph, const Scenario& scenario) {
  return reach_of_all(graph, scenario, {}).size;
}

BlastRanks blast_ranks(const Graph& graph, const Scenario& scenario, const RankOptions& options) {
  ReachClosure closure = reach_of_all(graph, scenario, {}, options);
  return {std::move(closure.size), std::move(closure.zone_size)};
}

void add_shard(BlastRanks& to, const BlastRanks& shard) {
  for (const NodeId n : ids<NodeId>(to.of_node.size())) to.of_node[n] += shard.of_node[n];
  for (const NodeId n : ids<NodeId>(to.of_zone.size())) to.of_zone[n] += shard.of_zone[n];
}

BlastSizes together(const Graph& graph, const IdVector<NodeId, std::uint32_t>& sizes) {
  BlastSizes all;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (can_be_compromised(graph.kind[n])) all.add(n, sizes[n]);
  }
  return all;
}

}  // namespace firebreak
