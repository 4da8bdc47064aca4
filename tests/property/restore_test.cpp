#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "firebreak/restore.h"

#include "tests/oracle/restoring.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// Plans against the definition: every plan is replayed by the laws, and where there are few jobs its weighted delay is
// that of the best of all orders.

namespace firebreak::property {
namespace {

/// The most jobs whose orders are all tried.
constexpr std::size_t kMostJobs = 7;

std::string plan_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  for (const std::uint32_t crews : {0U, 1U, 2U}) {
    const Restoration plan = restore(graph, scenario, {.crews = crews});
    oracle::Restoring law(topology, scenario, plan.loops, crews);
    std::string fault = law.fault_of_loops();
    if (fault.empty()) fault = law.fault_of(plan);
    if (!fault.empty()) return fmt::format("{} crews: {}", crews, fault);
    if (plan.bound > plan.weighted_delay * (1 + 1e-9)) return "the bound lies above the plan";
    if (law.jobs() > kMostJobs) continue;
    if (!plan.proven) return fmt::format("{} crews: not proven", crews);
    const double least = law.least_delay();
    if (std::abs(least - plan.weighted_delay) > 1e-9 * (1 + least)) {
      return fmt::format("{} crews: {} where {} is possible", crews, plan.weighted_delay, least);
    }
  }
  return {};
}

TEST(Restore, IsLeastOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 71'000'000}, for_each_scenario(plan_difference));
}

}  // namespace
}  // namespace firebreak::property
