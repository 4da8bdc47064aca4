#include "report/checklist.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <span>

#include "tests/oracle/containment.h"
#include "tests/oracle/hands.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// The order of a plan against every order of its actions.

namespace firebreak::property {
namespace {

using report::ChecklistStep;
using report::Hands;

constexpr std::size_t kMostActions = 6;

/// Up to six actions of which none is on what another one is on, rather those where it matters who can act.
std::vector<Action> some_actions(const Topology& topology, const ContainOptions& options, support::Random& random) {
  std::vector<Action> candidates = oracle::candidate_actions(topology, options);
  std::vector<Action> actions;
  while (!candidates.empty() && actions.size() < kMostActions) {
    const auto at = candidates.begin() + static_cast<std::ptrdiff_t>(random.below(candidates.size()));
    const Action action = *at;
    candidates.erase(at);
    const bool taken = std::ranges::any_of(
        actions, [&](const Action& other) { return action.node.valid() && action.node == other.node; });
    if (!taken && random.percent(oracle::asks_for_hands(topology, action) ? 90 : 20)) actions.push_back(action);
  }
  return actions;
}

std::string order_difference(const Topology& topology, const Graph& graph, const Scenario& scenario,
                             const std::vector<Action>& actions, const std::vector<RuleBlock>& rules) {
  const Sources sources;
  const Subject subject{sources, topology, graph, scenario, {}, {}};
  const std::vector<ChecklistStep> steps = report::checklist(subject, actions, rules);
  std::vector<Action> done;
  std::size_t on_site = 0;
  std::uint32_t wave = 1;
  for (const ChecklistStep& step : steps) {
    if (step.wave < wave || step.wave > wave + 1) return "the waves are not in order";
    wave = step.wave;
    if (oracle::asks_for_hands(topology, step.action) != (step.hands != Hands::not_stated)) {
      return "it does not know who asks for hands";
    }
    if (step.hands == Hands::on_site) ++on_site;
    std::vector<Action> before;  // at worst the others of its wave have been done too
    for (const ChecklistStep& other : steps) {
      if (other.wave <= wave && other.action != step.action) before.push_back(other.action);
    }
    if (step.hands == Hands::remote && !oracle::can_be_done_from_afar(topology, scenario, rules, before, step.action)) {
      return fmt::format("action {} is not to be done from afar", done.size() + 1);
    }
    done.push_back(step.action);
  }
  std::vector<Action> expected = actions;
  std::ranges::sort(expected);
  std::ranges::sort(done);
  if (done != expected) return "it is not the same plan";
  const std::size_t fewest = oracle::fewest_on_site(topology, scenario, rules, actions);
  return on_site == fewest ? std::string() : fmt::format("{} on site instead of {}", on_site, fewest);
}

/// Worlds whose systems nearly all are managed by some other.
Check orders(std::uint64_t seed) {
  return [seed](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    support::Random random(seed);
    ContainOptions options;
    options.rules = rule_blocks(topology);
    std::vector<Scenario> scenarios{Scenario{}};
    for (const NamedScenario& named : topology.scenarios) scenarios.push_back(resolve(topology, named));
    for (const Scenario& scenario : scenarios) {
      const std::vector<Action> actions = some_actions(topology, options, random);
      std::string fault = order_difference(topology, graph, scenario, actions, options.rules);
      if (!fault.empty()) return fault;
    }
    return std::string();
  };
}

TEST(Checklist, SendsAsFewAsItCanToTheSite) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 81'000'000, .size = {.managed = 60}}, orders(1));
}

TEST(Checklist, SendsAsFewAsItCanWhereAllManageEachOther) {
  const support::WorldSize size{.zones = 2,
                                .sites = 1,
                                .systems = 7,
                                .identities = 0,
                                .services = 1,
                                .customers = 0,
                                .links = 0,
                                .policies = 0,
                                .pivots = 0,
                                .scenarios = 1,
                                .needs = 1,
                                .managed = 95};
  hold_on_random_worlds({.worlds = 1500, .first_seed = 82'000'000, .size = size}, orders(2));
}

/// Systems managed by each other and by nothing else, all unplugged.
std::string unplugging_difference(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  std::vector<Action> actions;
  for (const System& system : topology.systems) actions.push_back({Action::Type::isolate_system, system.node, {}, {}});
  return order_difference(topology, graph, {}, actions, {});
}

constexpr std::array<std::string_view, 6> kNames = {"a", "b", "c", "d", "e", "f"};

TEST(Checklist, IsTheBestForAllThreeSystems) {
  const std::vector<NeedDecls> hands = support::plain_needs(std::span(kNames).first(3));
  const auto worlds = [&](const support::Visit& visit) {
    support::for_each_choice({hands.size(), hands.size(), hands.size()}, [&](const std::vector<std::size_t>& choice) {
      support::World world;
      for (std::size_t i = 0; i < 3; ++i) {
        SystemDecl system{.id = {kNames[i]}};
        if (choice[i] > 0) system.managed_by = hands[choice[i]];
        world.declarations.emplace_back(system);
      }
      visit(world);
    });
  };
  hold_on_all_worlds(worlds, unplugging_difference);
}

// Here going on site often cannot be helped, and whom it hits is a search.
TEST(Checklist, IsTheBestWhereSystemsLockEachOtherOut) {
  for (std::uint64_t seed = 83'000'000; seed < 83'000'000 + (full() ? 50'000 : 1'500); ++seed) {
    support::Random random(seed);
    const auto pick = [&] { return kNames[random.below(kNames.size())]; };
    support::World world;
    for (const std::string_view id : kNames) {
      const std::size_t several = random.below(3);
      NeedDecls hands = several > 0 ? needs_on({pick(), pick()}) : needs_on({pick()});
      if (several == 1) hands.insert(hands.begin(), {.type = Need::Type::any, .size = 3});
      SystemDecl system{.id = {id}};
      system.managed_by = hands;
      world.declarations.emplace_back(system);
    }
    if (unplugging_difference(world).empty()) continue;
    report_fault("seed " + std::to_string(seed), world, unplugging_difference);
    return;
  }
}

}  // namespace
}  // namespace firebreak::property
