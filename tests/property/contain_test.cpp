#include "firebreak/contain.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <map>

#include "firebreak/load.h"

#include "tests/oracle/containment.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// The cheapest containment against every set of actions.

namespace firebreak::property {
namespace {

constexpr std::size_t kMostCandidates = 11;

std::string words(const oracle::PlanCost& cost) {
  return fmt::format("lost {}, degraded {}, cost {}, {} actions", cost.lost, cost.degraded, cost.cost, cost.actions);
}

/// A question about the world: what is protected, kept and pinned, so that few enough actions are left to try them all.
ContainOptions random_options(const Topology& topology, support::Random& random, bool only_off) {
  ContainOptions options;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    const bool place = kind == NodeKind::system || kind == NodeKind::identity;
    if (place && random.percent(40)) options.protect.push_back(n);
    if (kind == NodeKind::service && random.percent(20)) options.keep.push_back(n);
  }
  options.rules = rule_blocks(topology);
  options.learn = random.percent(50) ? ContainOptions::Learn::at_once : ContainOptions::Learn::chosen;
  using Type = Action::Type;
  for (const Type type :
       {Type::isolate_system, Type::isolate_zone, Type::switch_off, Type::disable, Type::block_zones}) {
    const bool off = type == Type::switch_off || type == Type::disable;
    if (only_off ? !off : random.percent(25)) options.without.push_back(type);
  }
  if (only_off) {
    options.rules.clear();
    for (const System& system : topology.systems) {
      if (random.percent(50)) options.cannot.push_back(system.node);
    }
  }
  while (oracle::candidate_actions(topology, options).size() > kMostCandidates) {
    if (random.percent(30) && !options.rules.empty()) {
      options.rules.erase(options.rules.begin() + static_cast<std::ptrdiff_t>(random.below(options.rules.size())));
    } else {
      options.cannot.push_back(NodeId(random.below(topology.nodes.size())));
    }
  }
  return options;
}

std::string contain_difference(const Topology& topology, const Graph& graph, const Scenario& scenario,
                               const ContainOptions& options) {
  const std::vector<Action> candidates = oracle::candidate_actions(topology, options);
  const auto least = oracle::cheapest_plan(topology, graph, scenario, options, candidates);
  const Containment found = contain(graph, scenario, options);
  if (!found.proven) return "it is not proven";
  if (least.has_value() != found.plan.has_value()) return least ? "it finds no plan" : "there is no plan";
  if (!least) return {};
  for (const Action& action : found.plan->actions) {
    if (std::ranges::find(candidates, action) == candidates.end()) return "an action is not to be taken";
  }
  const auto cost = oracle::judge_plan(topology, graph, scenario, options, found.plan->actions);
  if (!cost) return "its plan is not sound";
  if (*cost != *least) return fmt::format("{}; but there is one with {}", words(*cost), words(*least));
  if (found.plan->weight_lost != cost->lost || found.plan->weight_degraded != cost->degraded ||
      found.plan->cost != cost->cost) {
    return "what it says of its plan is wrong";
  }
  if (found.bound.weight_lost != cost->lost || found.bound.weight_degraded != cost->degraded ||
      found.bound.cost != cost->cost || found.bound.actions != cost->actions) {
    return "the bounds do not meet the plan";
  }
  return {};
}

std::string frontier_difference(const Topology& topology, const Graph& graph, const Scenario& scenario,
                                const ContainOptions& options) {
  const std::vector<Action> candidates = oracle::candidate_actions(topology, options);
  const Frontier found = frontier(graph, scenario, options);
  if (!found.complete) return "the frontier is not complete";
  std::vector<std::pair<double, std::uint32_t>> points;
  for (const Plan& plan : found.plans) points.emplace_back(plan.weight_lost, plan.reached);
  const auto expected = oracle::frontier(topology, graph, scenario, options, candidates);
  if (points == expected) return {};
  return fmt::format("the frontier is {}, not {}", points, expected);
}

using Difference = std::string (*)(const Topology&, const Graph&, const Scenario&, const ContainOptions&);

Check contains(std::uint64_t seed, bool only_off = false, Difference difference = contain_difference) {
  return [seed, only_off, difference](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    support::Random random(seed);
    std::vector<Scenario> scenarios;
    for (const NamedScenario& named : topology.scenarios) scenarios.push_back(resolve(topology, named));
    for (Scenario& scenario : scenarios) {
      if (scenario.compromised.empty()) scenario.compromised.push_back(topology.systems.front().node);
      for (int i = 0; i < 2; ++i) {
        const ContainOptions options = random_options(topology, random, only_off);
        std::string fault = difference(topology, graph, scenario, options);
        if (!fault.empty()) return fault;
      }
    }
    return std::string();
  };
}

TEST(Contain, IsTheCheapestOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 400, .first_seed = 71'000'000}, contains(1));
}

TEST(Contain, IsTheCheapestWhereMuchIsNeeded) {
  const support::WorldSize size{
      .zones = 3, .systems = 5, .services = 4, .links = 3, .policies = 1, .pivots = 2, .scenarios = 1, .needs = 4};
  hold_on_random_worlds({.worlds = 400, .first_seed = 72'000'000, .size = size}, contains(2));
}

TEST(Contain, IsTheCheapestWhereMuchIsReached) {
  const support::WorldSize size{.zones = 3,
                                .sites = 1,
                                .systems = 6,
                                .identities = 2,
                                .services = 2,
                                .links = 0,
                                .policies = 1,
                                .rules = 4,
                                .pivots = 5,
                                .scenarios = 1,
                                .needs = 2};
  hold_on_random_worlds({.worlds = 400, .first_seed = 73'000'000, .size = size}, contains(3));
}

TEST(Contain, FindsTheWholeFrontier) {
  hold_on_random_worlds({.worlds = 150, .first_seed = 75'000'000}, contains(5, false, frontier_difference));
}

/// Servers that a PC leads to, each with a service and with others behind it that nothing can be done to; and what can
/// be lost against what is reached, added up one by one.
std::string chosen_branches_difference(support::Random& random) {
  std::string toml = "[system.pc]\n";
  std::map<std::uint64_t, std::uint64_t> spared{{0, 0}};  // by what is lost, the most
  std::uint64_t all = 1;
  for (std::size_t i = 0, n = 2 + random.below(10); i < n; ++i) {
    const std::size_t weight = 1 + random.below(40);
    const std::size_t size = 1 + random.below(6);
    toml += fmt::format("[system.s{0}]\n[service.v{0}]\nneeds = [\"s{0}\"]\nweight = {1}\n", i, weight);
    toml += fmt::format("[[pivot]]\nfrom = [\"pc\"]\nto = [\"s{}\"]\n", i);
    for (std::size_t k = 1; k < size; ++k) {
      toml += fmt::format("[system.b{0}-{1}]\n[[pivot]]\nfrom = [\"s{0}\"]\nto = [\"b{0}-{1}\"]\n", i, k);
    }
    all += size;
    const auto before = spared;
    for (const auto& [lost, most] : before) spared[lost + weight] = std::max(spared[lost + weight], most + size);
  }
  std::vector<std::pair<double, std::uint32_t>> expected;
  std::uint64_t most = 0;
  for (const auto& [lost, count] : spared) {
    if (lost > 0 && count <= most) continue;
    most = count;
    expected.emplace_back(static_cast<double>(lost), static_cast<std::uint32_t>(all - count));
  }
  const Loaded loaded = load_texts({{"t.toml", toml}});
  const Topology& topology = *loaded.topology;
  ContainOptions options;
  for (const System& system : topology.systems) {
    if (topology.nodes[system.node].id.front() != 's') options.cannot.push_back(system.node);
  }
  Scenario scenario;
  scenario.compromised = {topology.find("pc")};
  const Frontier found = frontier(compile(topology), scenario, options);
  if (!found.complete) return "the frontier is not complete";
  std::vector<std::pair<double, std::uint32_t>> points;
  for (const Plan& plan : found.plans) points.emplace_back(plan.weight_lost, plan.reached);
  return points == expected ? std::string() : fmt::format("the frontier is {}, not {} of\n{}", points, expected, toml);
}

TEST(Contain, FindsTheWholeFrontierOfManyChoices) {
  support::Random random(76'000'000);
  for (int i = 0; i < 120; ++i) ASSERT_EQ(chosen_branches_difference(random), "");
}

// Then it is sites and links that go down with what they need.
TEST(Contain, IsTheCheapestWhereOnlySwitchingOffHelps) {
  const support::WorldSize size{.zones = 4,
                                .systems = 7,
                                .services = 2,
                                .customers = 0,
                                .links = 4,
                                .policies = 0,
                                .pivots = 1,
                                .scenarios = 1,
                                .needs = 4};
  hold_on_random_worlds({.worlds = 2000, .first_seed = 74'000'000, .size = size}, contains(4, true));
}

}  // namespace
}  // namespace firebreak::property
