#include <algorithm>
#include <gtest/gtest.h>

#include "firebreak/check.h"

#include "tests/oracle/start_law.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

namespace firebreak::property {
namespace {

/// No member of a loop starts by itself; no node is in two loops; and once the loops are started by hand, all comes up
/// that can be up at all. Both start laws are least fixed points, so this says of every node whether it is stuck.
std::string start_difference(const Topology& topology, const Graph& graph, const Scenario& /*none*/) {
  const oracle::Up nothing(topology.nodes.size(), false);
  const oracle::Up alone = oracle::started(topology, nothing);
  oracle::Up by_hand = nothing;
  for (const auto& loop : start_loops(graph)) {
    if (loop.empty()) return "a loop of nothing";
    for (const NodeId n : loop) {
      const std::string id(topology.nodes[n].id);
      if (alone[n]) return id + " is in a loop and starts by itself";
      if (by_hand[n]) return id + " is in two loops";
      by_hand[n] = true;
    }
  }
  const oracle::Up after = oracle::started(topology, by_hand);
  const oracle::Up most = oracle::self_sustaining(topology);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (most[n] && !after[n]) return std::string(topology.nodes[n].id) + " waits for a loop that is not named";
  }
  return {};
}

TEST(StartLoops, HoldBackAllThatIsStuckOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_scenario(start_difference));
}

TEST(StartLoops, HoldBackAllThatIsStuckOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_scenario(start_difference));
}

TEST(StartLoops, HoldBackAllThatIsStuckOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 8000, .first_seed = 11'000'000}, for_each_scenario(start_difference));
}

TEST(StartLoops, HoldBackAllThatIsStuckOnLargerRandomWorlds) {
  const support::WorldSize size = {.zones = 7, .sites = 6, .systems = 25, .services = 8, .links = 10, .rules = 12};
  hold_on_random_worlds({.worlds = 600, .first_seed = 12'000'000, .size = size}, for_each_scenario(start_difference));
}

}  // namespace
}  // namespace firebreak::property
