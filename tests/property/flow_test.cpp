#include <gtest/gtest.h>

#include "tests/property/flow_checks.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

namespace firebreak::property {
namespace {

TEST(Flows, AreTheOraclesOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, for_each_scenario(flow_difference));
}

TEST(Flows, AreTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 4000, .first_seed = 4'000'000}, for_each_scenario(flow_difference));
}

TEST(Flows, AreTheOraclesOnPoliciesWithManyRules) {
  const support::WorldSize size = {.systems = 10, .links = 0, .policies = 3, .rules = 30, .needs = 0};
  hold_on_random_worlds({.worlds = 500, .first_seed = 5'000'000, .size = size}, for_each_scenario(flow_difference));
}

TEST(Scenarios, AreResolvedAsTheOracleDoes) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 6'000'000},
                        [](const support::World& world) { return scenario_difference(support::build(world)); });
}

}  // namespace
}  // namespace firebreak::property
