#include <gtest/gtest.h>
#include <string>

#include "firebreak/choke.h"
#include "firebreak/load.h"

#include "analyzer/choke/network_cut.h"
#include "analyzer/choke/point_cut.h"

namespace firebreak {
namespace {

using solver::Verdict;

// Two ways from pc to db, each through two machines, which meet nowhere; and a backup that only the console leads to.
constexpr const char* kTwoWays = R"(
[system.pc]
[system.a1]
[system.a2]
cost = 5
[system.b1]
cost = 2
[system.b2]
cost = 2
[system.db]
critical = true
[system.backup]
[identity.admin]
[[pivot]]
from = ["pc"]
to = ["a1", "b1"]
[[pivot]]
from = ["a1"]
to = ["a2"]
[[pivot]]
from = ["a2", "b2"]
to = ["db"]
[[pivot]]
from = ["b1"]
to = ["b2"]
[[pivot]]
from = ["db"]
to = ["admin"]
[[pivot]]
from = ["db"]
to = ["backup"]
requires = ["admin"]
)";

struct Case {
  explicit Case(const std::string& toml) : loaded(load_texts({{"t.toml", toml}})), graph(compile(*loaded.topology)) {
    for (const Rule& rule : loaded.topology->rules) options.rule_costs.push_back(rule.cost);
  }

  NodeId operator[](const char* id) const { return loaded.topology->find(id); }
  WayPoint node(const char* id) const { return {WayPoint::Type::node, (*this)[id], {}, {}}; }

  Loaded loaded;
  Graph graph;
  ChokeOptions options;
};

WayPoint pivot(std::size_t number) {
  return {WayPoint::Type::pivot, {}, {}, PivotId(number)};
}

TEST(Choke, NamesWhatEveryWayUsesInItsOrder) {
  Case c(kTwoWays);
  c.options.starts = {c["pc"]};
  c.options.protect = {c["db"], c["backup"]};
  const ChokePoints found = choke_points(c.graph, {}, c.options);
  std::vector<WayPoint> points;
  for (const ChokePoint& choke : found.points) points.push_back(choke.point);
  // The first and the third pivot guard both; the rest lies behind db, which cannot guard itself.
  EXPECT_EQ(points, (std::vector{pivot(0), pivot(2), c.node("db"), pivot(4), c.node("admin"), pivot(5)}));
  EXPECT_EQ(found.points[0].guards.size(), 2U);
  EXPECT_EQ(found.points[2].guards, std::vector{c["backup"]});
}

TEST(Choke, FindsTheCutNearestToEachSide) {
  Case c(kTwoWays);
  c.options.starts = {c["pc"]};
  c.options.protect = {c["db"]};
  const ChokePoints found = choke_points(c.graph, {}, c.options);
  ASSERT_TRUE(found.cut);
  EXPECT_EQ(found.cut->cost, 1);
  EXPECT_EQ(found.cut->near_start, std::vector{pivot(0)});
  EXPECT_EQ(found.cut->reached_near_start, std::vector{c["pc"]});
  EXPECT_EQ(found.cut->near_protected, std::vector{pivot(2)});
  EXPECT_EQ(found.cut->reached_near_protected.size(), 5U);
}

TEST(Choke, SaysWhatNoPointLiesBefore) {
  Case c("[system.host]\n[system.guest]\nruns_on = \"host\"\n");
  c.options.starts = {c["host"]};
  c.options.protect = {c["guest"]};
  const ChokePoints found = choke_points(c.graph, {}, c.options);
  EXPECT_EQ(found.direct, std::vector{c["guest"]});
  EXPECT_TRUE(found.points.empty());
  EXPECT_FALSE(found.cut);
  EXPECT_TRUE(found.complete);
}

TEST(Choke, SaysWhenPatienceRanOut) {
  Case c(kTwoWays);
  c.options.starts = {c["pc"]};
  c.options.protect = {c["db"]};
  c.options.patience = [] { return false; };
  const ChokePoints found = choke_points(c.graph, {}, c.options);
  EXPECT_FALSE(found.complete);
  EXPECT_FALSE(found.all_points);
}

// With the pivots that all ways share out of the question, points of both ways are needed.
TEST(PointCut, MovesToOtherCutsOfTheSameCost) {
  Case c(kTwoWays);
  c.options.starts = {c["pc"]};
  c.options.protect = {c["db"]};
  Ways ways(c.graph, {});
  const PointCosts costs(c.graph, c.options);
  std::vector<WayRow> rows;
  PointCut cut(ways, costs, rows);
  cut.begin_at(c["a1"], true);
  cut.begin_at(c["b1"], true);
  cut.protect(c["a2"]);
  cut.protect(c["b2"]);
  ASSERT_EQ(cut.find({}), Verdict::satisfiable);
  EXPECT_EQ(cut.cut(), (std::vector{pivot(1), pivot(3)})) << "what is protected cannot be taken away";
  EXPECT_EQ(cut.bound(), 2);
  cut.settle();
  const auto always = [] { return true; };
  EXPECT_EQ(cut.move(pivot(1), PointCut::Side::starts, always, {}), Verdict::unsatisfiable);
  EXPECT_EQ(cut.cut(), (std::vector{pivot(1), pivot(3)})) << "the last one found stays";
  EXPECT_FALSE(rows.empty());
}

/// The cuts of a network, from "pc" to "db".
std::optional<NetworkCut::Cuts> network_cuts(Case& c, const Patience& patience = {}) {
  c.options.starts = {c["pc"]};
  c.options.protect = {c["db"]};
  Ways ways(c.graph, {});
  const PointCosts costs(c.graph, c.options);
  std::vector<WayRow> rows;
  return NetworkCut(ways, c.graph, costs, c.options.starts, c.options.protect, rows).find(patience);
}

TEST(NetworkCut, FindsTheCutsOnBothEnds) {
  Case c(kTwoWays);
  const std::optional<NetworkCut::Cuts> found = network_cuts(c);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->near_start.points, std::vector{pivot(0)});
  EXPECT_EQ(found->near_start.reached, std::vector{c["pc"]});
  EXPECT_EQ(found->near_protected.points, std::vector{pivot(2)});
  EXPECT_EQ(found->near_protected.reached.size(), 5U);
  EXPECT_EQ(PointCosts(c.graph, c.options).unscaled(found->cost, 1), 1);
  EXPECT_FALSE(network_cuts(c, [] { return false; }));
}

TEST(NetworkCut, LeavesOutStepsThatNeedMoreUnlessTheyMakeADifference) {
  constexpr const char* kKey = R"(
[system.pc]
[system.mid]
[system.db]
[identity.key]
[[pivot]]
from = ["pc"]
to = ["mid", "key"]
[[pivot]]
from = ["mid"]
to = ["db"]
requires = ["key"]
)";
  Case only(kKey);
  EXPECT_FALSE(network_cuts(only)) << "both mid and key are needed, and no arc says so";
  Case besides(std::string(kTwoWays) + "[[pivot]]\nfrom = [\"a1\"]\nto = [\"backup\"]\nrequires = [\"b1\"]\n");
  const std::optional<NetworkCut::Cuts> found = network_cuts(besides);
  ASSERT_TRUE(found) << "it leads away from the target";
  EXPECT_EQ(found->near_protected.points, std::vector{pivot(2)});
}

// A rule for two kinds of senders is in two chains, and costs once.
TEST(NetworkCut, SharesOutWhatARuleCosts) {
  Case c(R"(
[zone.a]
[zone.b]
[zone.c]
[system.pc]
[system.one]
zone = "a"
[system.two]
zone = "b"
[system.db]
zone = "c"
[[pivot]]
from = ["pc"]
to = ["one"]
[[pivot]]
from = ["pc"]
to = ["two"]
[policy.fw]
scope = "between-zones"
[[policy.fw.rule]]
allow = ["tcp/22"]
from = ["a", "b"]
to = ["c"]
)");
  const std::optional<NetworkCut::Cuts> found = network_cuts(c);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->near_start.points, (std::vector{WayPoint{WayPoint::Type::rule, {}, RuleId(0), {}}}));
  EXPECT_EQ(found->near_protected.points, found->near_start.points);
}

TEST(SystemsOutside, LeavesOutZonesUnderTheirs) {
  const Case c(
      "[zone.a]\n[zone.b]\nparent = \"a\"\n[zone.c]\n[system.in]\nzone = \"a\"\n[system.under]\nzone = \"b\"\n"
      "[system.out]\nzone = \"c\"\n[system.nowhere]\n");
  EXPECT_EQ(systems_outside(c.graph, {c["in"]}), std::vector{c["out"]});
  EXPECT_EQ(systems_outside(c.graph, {c["under"]}), (std::vector{c["in"], c["out"]}));
}

}  // namespace
}  // namespace firebreak
