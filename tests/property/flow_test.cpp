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

TEST(FlowRows, AreTheOraclesOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, for_each_scenario(row_difference));
}

TEST(FlowRows, AreTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 4000, .first_seed = 7'000'000}, for_each_scenario(row_difference));
}

TEST(FlowRows, AreTheOraclesOnPoliciesWithManyRules) {
  const support::WorldSize size = {.systems = 10, .links = 0, .policies = 3, .rules = 30, .needs = 0};
  hold_on_random_worlds({.worlds = 500, .first_seed = 8'000'000, .size = size}, for_each_scenario(row_difference));
}

TEST(ZoneMatrix, IsTheOraclesOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, for_each_scenario(matrix_difference));
}

TEST(ZoneMatrix, IsTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 11'000'000}, for_each_scenario(matrix_difference));
}

std::string audit_of(const support::World& world) {
  const Topology topology = support::build(world);
  return audit_difference(topology, compile(topology));
}

TEST(RuleAudit, IsTheOraclesOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, audit_of);
}

TEST(RuleAudit, IsTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 9'000'000}, audit_of);
  const support::WorldSize size = {.systems = 8, .links = 0, .policies = 1, .rules = 15, .scenarios = 0, .needs = 0};
  hold_on_random_worlds({.worlds = 300, .first_seed = 10'000'000, .size = size}, audit_of);
}

TEST(Scenarios, AreResolvedAsTheOracleDoes) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 6'000'000},
                        [](const support::World& world) { return scenario_difference(support::build(world)); });
}

}  // namespace
}  // namespace firebreak::property
