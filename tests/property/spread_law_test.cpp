#include <gtest/gtest.h>

#include "tests/property/scenarios.h"
#include "tests/property/spread_checks.h"
#include "tests/property/trial.h"

namespace firebreak::property {
namespace {

/// Every isolation of one system or zone, with every compromise of one system or identity.
std::string on_every_small_scenario(const Topology& topology, const Graph& graph, const Scenario& off) {
  for (const NodeId start : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[start].kind;
    if (kind != NodeKind::system && kind != NodeKind::identity) continue;
    for (std::size_t i = 0; i <= topology.nodes.size(); ++i) {
      Scenario scenario = off;
      scenario.compromised = {start};
      if (i < topology.nodes.size()) {
        const NodeId cut(i);
        if (topology.nodes[cut].kind == NodeKind::zone) scenario.isolated_zones = {cut};
        if (topology.nodes[cut].kind == NodeKind::system) scenario.isolated_systems = {cut};
      }
      std::string fault = spread_difference(topology, graph, scenario);
      if (!fault.empty()) return "from " + std::string(topology.nodes[start].id) + ": " + fault;
    }
  }
  return {};
}

/// The same with one of the systems off, or none.
std::string with_one_off(const Topology& topology, const Graph& graph, const Scenario& none) {
  std::string fault = on_every_small_scenario(topology, graph, none);
  for (const System& system : topology.systems) {
    if (!fault.empty()) break;
    Scenario off;
    off.off = {system.node};
    fault = on_every_small_scenario(topology, graph, off);
    if (!fault.empty()) fault = "off " + std::string(topology.nodes[system.node].id) + ", " + fault;
  }
  return fault;
}

TEST(SpreadLaw, IsTheOraclesOnAllSmallWorlds) {
  hold_on_all_worlds(support::for_each_spread_world, for_each_scenario(with_one_off));
}

TEST(SpreadLaw, IsTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 8000, .first_seed = 7'000'000}, for_each_scenario(spread_difference));
}

TEST(SpreadLaw, IsTheOraclesOnLargerRandomWorlds) {
  const support::WorldSize size = {.zones = 6, .systems = 25, .identities = 6, .links = 8, .rules = 12, .pivots = 12};
  hold_on_random_worlds({.worlds = 600, .first_seed = 8'000'000, .size = size}, for_each_scenario(spread_difference));
}

TEST(Exposure, IsOneSpreadPerNode) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 9'000'000}, for_each_scenario(exposure_difference));
}

}  // namespace
}  // namespace firebreak::property
