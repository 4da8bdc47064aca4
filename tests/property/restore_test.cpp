#include "firebreak/restore.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "firebreak/load.h"

#include "analyzer/restore_bounds.h"
#include "analyzer/restore_setup.h"
#include "tests/oracle/restoring.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

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

/// Bounds against the best of all orders, seen from plans that are not good.
std::string bound_fault(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  for (const std::uint32_t crews : {1U, 2U, 3U}) {
    const RestoreSetup setup = set_up(graph, scenario, {.crews = crews});
    oracle::Restoring law(topology, scenario, setup.loops, crews);
    if (law.jobs() > kMostJobs) return {};
    const double least = law.least_delay();
    const RestoreBounds bounds(setup.problem, {});
    std::vector<JobId> order = all_jobs(setup.problem);
    for (int turn = 0; turn < 2; ++turn, std::ranges::reverse(order)) {
      Rollout plan(setup.problem, nullptr);
      run_by_priority(plan, order);
      const double bound = bounds.of_all(plan, {});
      if (bound > least * (1 + 1e-9))
        return fmt::format("{} crews: bound {} where {} is possible", crews, bound, least);
    }
  }
  return {};
}

/// The same world where every system takes some time to start and to make clean.
support::World timed(support::World world) {
  constexpr std::array<std::string_view, 6> kTimes = {"0s", "10m", "25m", "1h", "2h", "3h20m"};
  support::Random random(world.declarations.size());
  for (support::Declaration& declaration : world.declarations) {
    if (auto* const system = std::get_if<SystemDecl>(&declaration)) {
      system->start = random.pick<std::string_view>(kTimes);
      system->rebuild = random.pick<std::string_view>(kTimes);
    }
    if (auto* const identity = std::get_if<IdentityDecl>(&declaration)) {
      identity->rebuild = random.pick<std::string_view>(kTimes);
    }
  }
  return world;
}

/// Much of a topology off, some of it compromised.
Scenario random_outage(const Topology& topology, std::uint64_t seed) {
  support::Random random(seed);
  Scenario scenario;
  std::size_t room = kMostJobs;
  const auto draw = [&](std::size_t percent) {
    if (!random.percent(percent) || room == 0) return false;
    --room;
    return true;
  };
  const auto compromised = static_cast<unsigned>(random.below(3)) * 20U;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::zone || kind == NodeKind::customer) continue;
    const std::size_t off = kind == NodeKind::system ? 60 : kind == NodeKind::service ? 10 : 25;
    if (draw(off)) scenario.off.push_back(n);
    if (can_be_compromised(kind) && draw(compromised)) scenario.compromised.push_back(n);
  }
  return scenario;
}

/// The world as it was asked about: with its times, and what is off and compromised.
std::string told(const Topology& topology, const Scenario& scenario) {
  const auto ids_of = [&](const std::vector<NodeId>& nodes) {
    std::vector<std::string_view> ids;
    for (const NodeId n : nodes) ids.push_back(topology.nodes[n].id);
    return fmt::format("{}", fmt::join(ids, ","));
  };
  return fmt::format("--off '{}' --compromised '{}', of\n{}", ids_of(scenario.off), ids_of(scenario.compromised),
                     write_toml(topology));
}

Check for_random_outages(const ScenarioCheck& check) {
  return [check](const support::World& world) {
    const Topology topology = support::build(timed(world));
    const Graph graph = compile(topology);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Scenario outage = random_outage(topology, seed);
      std::string fault = check(topology, graph, outage);
      if (!fault.empty()) return fmt::format("{}: {}", fault, told(topology, outage));
    }
    return std::string();
  };
}

TEST(Restore, IsLeastOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 700, .first_seed = 71'000'000}, for_each_scenario(plan_difference));
}

TEST(Restore, IsLeastInRandomOutages) {
  hold_on_random_worlds({.worlds = 900, .first_seed = 72'000'000}, for_random_outages(plan_difference));
}

TEST(Restore, IsLeastInOutagesOfSmallNetworks) {
  const support::WorldSize size = {.zones = 3,
                                   .sites = 1,
                                   .systems = 4,
                                   .identities = 1,
                                   .services = 2,
                                   .customers = 0,
                                   .links = 3,
                                   .policies = 0,
                                   .rules = 0,
                                   .pivots = 3};
  hold_on_random_worlds({.worlds = 1500, .first_seed = 73'000'000, .size = size}, for_random_outages(plan_difference));
}

TEST(RestoreBounds, LieBelowAllOrdersInRandomOutages) {
  const support::WorldSize size = {.zones = 2,
                                   .sites = 1,
                                   .systems = 7,
                                   .identities = 1,
                                   .services = 4,
                                   .customers = 0,
                                   .links = 1,
                                   .policies = 0,
                                   .rules = 0,
                                   .pivots = 1};
  hold_on_random_worlds({.worlds = 1500, .first_seed = 74'000'000, .size = size}, for_random_outages(bound_fault));
}

TEST(Restore, IsLeastOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_random_outages(plan_difference));
}

TEST(Restore, IsLeastOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_random_outages(plan_difference));
}

}  // namespace
}  // namespace firebreak::property
