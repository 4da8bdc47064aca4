#include <algorithm>
#include <gtest/gtest.h>

#include "firebreak/blast.h"

#include "analyzer/reach_closure.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// analyzer/reach_closure.cpp, step_graph.cpp, step_counts.cpp and step_reach.cpp: all steps at once against one blast
// from each start.

namespace firebreak::property {
namespace {

/// How what is reached from these starts, step by step, differs from a blast; empty when it does not.
std::string flat_difference(const Topology& topology, StepReach& reach, const std::vector<NodeId>& starts,
                            const Blast& spread) {
  const std::span<const NodeId> reached = reach.from(starts);
  const std::string from = starts.empty() ? "nothing" : std::string(topology.nodes[starts.front()].id);
  if (reached.size() != spread.order.size()) return from + " reaches another number in flat steps";
  std::uint32_t step = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    while (i >= reach.steps()[step + 1]) ++step;
    if (!spread.reached[reached[i]] || spread.step[reached[i]] != step) {
      return from + " reaches " + std::string(topology.nodes[reached[i]].id) + " otherwise in flat steps";
    }
  }
  return {};
}

std::string closure_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  std::vector<NodeId> takeable;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::system || graph.kind[n] == NodeKind::identity) takeable.push_back(n);
  }
  const auto closure = reach_closure(graph, scenario, takeable);
  if (!closure) return "too large";
  // With room for few arcs the large part is found first; then it must be the same, or not fit at all.
  for (const std::size_t most : {std::size_t{6}, std::size_t{20}}) {
    const auto tight = reach_closure(graph, scenario, takeable, {.most_arcs = most});
    if (!tight) continue;
    if (!std::ranges::equal(tight->size, closure->size)) return "otherwise in little room";
    if (!std::ranges::equal(tight->zone_size, closure->zone_size)) return "other zones in little room";
    for (std::size_t t = 0; t < takeable.size(); ++t) {
      if (!std::ranges::equal(tight->reaches[t], closure->reaches[t])) return "other targets in little room";
    }
  }
  for (const NodeId n : takeable) {
    Scenario start = scenario;
    start.compromised = {n};
    const Blast spread = blast(graph, start);
    const std::string id(topology.nodes[n].id);
    if (closure->size[n] != spread.order.size()) {
      return id + " reaches " + std::to_string(closure->size[n]) + ", in a blast " +
             std::to_string(spread.order.size());
    }
    for (std::size_t t = 0; t < takeable.size(); ++t) {
      if (closure->reaches[t][n] != spread.reached[takeable[t]]) {
        return id + " and " + std::string(topology.nodes[takeable[t]].id);
      }
    }
  }
  StepReach flat(graph, scenario);
  StepCounts by_steps(takeable.size());
  for (const NodeId n : takeable) {
    Scenario start = scenario;
    start.compromised = {n};
    const Blast spread = blast(graph, start);
    if (std::string other = flat_difference(topology, flat, start.compromised, spread); !other.empty()) return other;
    for (std::size_t t = 0; t < takeable.size(); ++t) {
      const std::uint32_t step = spread.step[takeable[t]];
      if (!spread.reached[takeable[t]] || step == 0) continue;
      if (by_steps[t].size() < step) by_steps[t].resize(step, 0);
      ++by_steps[t][step - 1];
    }
  }
  if (exposure_by_steps(graph, scenario, takeable) != by_steps) return "other steps";
  if (exposure_by_steps(graph, scenario, takeable, {.most_arcs = 0}) != by_steps) return "other steps one by one";
  for (const NodeId zone : ids<NodeId>(graph.node_count)) {
    Scenario start = scenario;
    start.compromised.clear();
    for (const NodeId n : takeable) {
      NodeId z = graph.zone[n];
      while (z.valid() && z != zone) z = graph.parent[z];
      if (z.valid() && graph.kind[n] == NodeKind::system) start.compromised.push_back(n);
    }
    const Blast spread = blast(graph, start);
    if (std::string other = flat_difference(topology, flat, start.compromised, spread); !other.empty()) return other;
    const std::size_t expected = spread.order.size();
    if (closure->zone_size[zone] != expected) {
      return std::string(topology.nodes[zone].id) + " reaches " + std::to_string(closure->zone_size[zone]) +
             ", in a blast " + std::to_string(expected);
    }
  }
  const ReachClosure one_by_one = reach_of_all(graph, scenario, takeable, {.most_arcs = 0});
  if (!std::ranges::equal(one_by_one.size, closure->size)) return "otherwise one by one";
  if (!std::ranges::equal(one_by_one.zone_size, closure->zone_size)) return "other zones one by one";
  for (const std::size_t most : {std::size_t{0}, RankOptions{}.most_arcs}) {
    BlastRanks sum{IdVector<NodeId, std::uint32_t>(graph.node_count),
                   IdVector<NodeId, std::uint32_t>(graph.node_count)};
    StepCounts steps(takeable.size());
    for (std::size_t shard = 0; shard < 3; ++shard) {
      const RankOptions share{.division = {.shard = shard, .shards = 3, .parts = 2}, .most_arcs = most};
      add_shard(sum, blast_ranks(graph, scenario, share));
      add_shard(steps, exposure_by_steps(graph, scenario, takeable, share));
    }
    if (!std::ranges::equal(sum.of_node, closure->size)) return "otherwise in shards";
    if (!std::ranges::equal(sum.of_zone, closure->zone_size)) return "other zones in shards";
    if (steps != by_steps) return "other steps in shards";
  }
  return {};
}

TEST(ReachClosure, IsOneBlastFromEachStartOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, for_each_scenario(closure_difference));
}

TEST(ReachClosure, IsOneBlastFromEachStartOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 24'000'000}, for_each_scenario(closure_difference));
  const support::WorldSize pivots = {.systems = 9, .identities = 4, .links = 2, .rules = 8, .pivots = 14, .needs = 1};
  hold_on_random_worlds({.worlds = 1500, .first_seed = 25'000'000, .size = pivots},
                        for_each_scenario(closure_difference));
}

}  // namespace
}  // namespace firebreak::property
