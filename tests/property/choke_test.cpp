#include "firebreak/choke.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

#include "tests/oracle/choking.h"
#include "tests/oracle/values.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// Choke points and minimum cuts against trying every point and every cut.

namespace firebreak::property {
namespace {

using oracle::ChokeTrial;
using oracle::WayPoints;

ChokeOptions random_options(const Topology& topology, support::Random& random) {
  ChokeOptions options;
  for (const Rule& rule : topology.rules) options.rule_costs.push_back(rule.cost);
  options.any_start = random.percent(40);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind != NodeKind::system && kind != NodeKind::identity) continue;
    if (random.percent(25)) {
      options.protect.push_back(n);
      if (random.percent(10)) options.starts.push_back(n);
    } else if (random.percent(options.any_start ? 60 : 30)) {
      options.starts.push_back(n);
    }
  }
  return options;
}

WayPoints to_set(const std::vector<WayPoint>& points) {
  return {points.begin(), points.end()};
}

std::string point_difference(const ChokeTrial& trial, const ChokePoints& found) {
  const std::vector<NodeId> base = trial.reached({});
  std::vector<NodeId> targets;
  for (const NodeId n : base) {
    if (oracle::holds(trial.options().protect, n)) targets.push_back(n);
  }
  if (targets != found.reached) return "other nodes are reached";
  if (!found.complete) return "it is not complete";
  std::map<WayPoint, std::vector<NodeId>> guards;
  for (const ChokePoint& choke : found.points) guards.emplace(choke.point, choke.guards);
  if (guards.size() != found.points.size()) return "a point is told twice";
  for (const WayPoint& point : trial.all_points()) {
    std::vector<NodeId> expected;
    const bool node = point.type == WayPoint::Type::node;
    const bool given = node && !trial.options().any_start && oracle::holds(trial.options().starts, point.node);
    const std::vector<NodeId> reached = trial.reached({point});
    for (const NodeId n : targets) {
      if (!given && (!node || n != point.node) && !oracle::holds(reached, n)) expected.push_back(n);
    }
    const auto at = guards.find(point);
    if (expected != (at == guards.end() ? std::vector<NodeId>() : at->second)) return "a point guards other nodes";
  }
  return {};
}

/// Where a cut lies: what is reached, and what is reached or taken away.
struct Place {
  std::vector<NodeId> reached;
  std::vector<NodeId> met;
};

Place place_of(const ChokeTrial& trial, const WayPoints& cut) {
  Place place{trial.reached(cut), {}};
  place.met = place.reached;
  for (const WayPoint& p : cut) {
    if (p.type == WayPoint::Type::node) place.met.push_back(p.node);
  }
  std::ranges::sort(place.met);
  return place;
}

bool is_before(const Place& a, const Place& b) {
  const bool equal = a.reached == b.reached && a.met == b.met;
  return !equal && std::ranges::includes(b.reached, a.reached) && std::ranges::includes(b.met, a.met);
}

std::string cut_difference(const ChokeTrial& trial, const ChokePoints& found) {
  const std::vector<NodeId> exposed = trial.reached(trial.cut_points());
  std::vector<NodeId> direct;
  std::vector<NodeId> targets;
  for (const NodeId n : found.reached) (oracle::holds(exposed, n) ? direct : targets).push_back(n);
  if (direct != found.direct) return "other nodes cannot be cut off";
  if (targets.empty()) return found.cut ? "there is nothing to cut off" : "";
  if (!found.cut || !found.cut->both_found) return "no cut is found";
  const std::vector<WayPoints> cuts = oracle::minimum_cuts(trial, targets);
  const double cost = trial.cost_of(cuts.front()).first;
  if (found.cut->cost != cost || found.cut_bound != cost) {
    return fmt::format("the cut costs {}, at least {}; one costs {}", found.cut->cost, found.cut_bound, cost);
  }
  const WayPoints near_start = to_set(found.cut->near_start);
  const WayPoints near_protected = to_set(found.cut->near_protected);
  if (std::ranges::find(cuts, near_start) == cuts.end()) return "the cut near the starts is no minimum cut";
  if (std::ranges::find(cuts, near_protected) == cuts.end()) return "the cut near the protected is no minimum cut";
  const Place start_place = place_of(trial, near_start);
  const Place protected_place = place_of(trial, near_protected);
  for (const WayPoints& other : cuts) {
    if (is_before(place_of(trial, other), start_place)) return "a cut is nearer to the starts";
    if (is_before(protected_place, place_of(trial, other))) return "a cut is nearer to the protected";
  }
  if (start_place.reached != found.cut->reached_near_start) return "it reaches others near the starts";
  if (protected_place.reached != found.cut->reached_near_protected) return "it reaches others near the protected";
  return {};
}

Check chokes(std::uint64_t seed) {
  return [seed](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    support::Random random(seed);
    std::vector<Scenario> scenarios{{}};
    for (const NamedScenario& named : topology.scenarios) scenarios.push_back(resolve(topology, named));
    for (const Scenario& scenario : scenarios) {
      const ChokeOptions options = random_options(topology, random);
      const ChokePoints found = choke_points(graph, scenario, options);
      const ChokeTrial trial(topology, scenario, options);
      std::string fault = point_difference(trial, found);
      if (fault.empty()) fault = cut_difference(trial, found);
      if (!fault.empty()) return fault;
    }
    return std::string();
  };
}

TEST(Choke, PointsAndCutsOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 81'000'000}, chokes(1));
}

TEST(Choke, PointsAndCutsWhereMuchIsPermitted) {
  const support::WorldSize size{.zones = 4,
                                .sites = 0,
                                .systems = 7,
                                .identities = 0,
                                .services = 0,
                                .customers = 0,
                                .links = 0,
                                .policies = 2,
                                .rules = 5,
                                .pivots = 0,
                                .scenarios = 1,
                                .needs = 0};
  hold_on_random_worlds({.worlds = 3000, .first_seed = 82'000'000, .size = size}, chokes(2));
}

TEST(Choke, PointsAndCutsWhereCredentialsLeak) {
  const support::WorldSize size{.zones = 2,
                                .sites = 1,
                                .systems = 6,
                                .identities = 4,
                                .services = 0,
                                .customers = 0,
                                .links = 0,
                                .policies = 1,
                                .rules = 3,
                                .pivots = 8,
                                .scenarios = 1,
                                .needs = 0};
  hold_on_random_worlds({.worlds = 3000, .first_seed = 83'000'000, .size = size}, chokes(3));
}

}  // namespace
}  // namespace firebreak::property
