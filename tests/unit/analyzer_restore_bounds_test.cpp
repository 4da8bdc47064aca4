#include <gtest/gtest.h>

#include "analyzer/restore_bounds.h"
#include "analyzer/restore_setup.h"
#include "analyzer/restore_work.h"
#include "tests/support/toml.h"

// Bounds with values that can be had by hand. None of them above the best plan: tests/property.

namespace firebreak {
namespace {

using support::from_toml;

/// The tight bound with everything off, seen from the plan in source order.
double bound_of(std::string_view toml, std::uint32_t crews) {
  const Topology topology = from_toml(toml);
  const Graph graph = compile(topology);
  const RestoreSetup setup = set_up(graph, support::scenario(topology, {.off = {"*"}}), {.crews = crews});
  Rollout plan(setup.problem, nullptr);
  run_by_priority(plan, all_jobs(setup.problem));
  return RestoreBounds(setup.problem, {}).of_all(plan, {});
}

TEST(RestoreBounds, WorkThatNobodySharesIsInTheOrderOfWorkPerWeight) {
  // c after 1, a after 4, b after 6: 3 + 8 + 2.
  const WaitsForWork waits{{3, 2, 1}, {{3, {2}}, {2, {0}}, {1.0 / 3, {1}}}};
  EXPECT_DOUBLE_EQ(least_weighted_work(waits, {}), 3 * 1 + 2 * 4 + 6 / 3.0);
}

TEST(RestoreBounds, OfThreeThatShareEachTwoOneHasToWait) {
  // Two units each, and what the second costs the first or the other way round. The best order has 2 + 3 + 3.
  const WaitsForWork waits{{1, 1, 1}, {{1, {0, 1}}, {1, {1, 2}}, {1, {0, 2}}}};
  EXPECT_EQ(least_weighted_work(waits, {}), 2 + 3 + 2);
}

TEST(RestoreBounds, SharedWorkComesOnce) {
  // hub, a: 2 h; then b, 1 h; 20 * 2 + 1 * 3.
  EXPECT_EQ(bound_of("[system.hub]\nstart = '1h'\n[system.a]\nstart = '1h'\nneeds = ['hub']\n"
                     "[system.b]\nstart = '1h'\nneeds = ['hub']\n"
                     "[service.s]\nneeds = ['a']\nweight = 20\n[service.t]\nneeds = ['b']\nweight = 1\n",
                     1),
            (20 * 2 + 3) * 3600);
}

TEST(RestoreBounds, CrewsDoNotShareAJob) {
  // One machine as fast as two crews: (1 + 2 + 3 + 4) / 2 h; and a quarter of each hour (Eastman, Even, Isaacs).
  EXPECT_EQ(bound_of("[system.a]\nstart = '1h'\n[system.b]\nstart = '1h'\n[system.c]\nstart = '1h'\n"
                     "[system.d]\nstart = '1h'\n[service.s]\nneeds = ['a']\n[service.t]\nneeds = ['b']\n"
                     "[service.u]\nneeds = ['c']\n[service.v]\nneeds = ['d']\n",
                     2),
            6 * 3600);
}

TEST(RestoreBounds, OfAlternativesTheCheapestHaveToBeDone) {
  EXPECT_EQ(bound_of("[system.a]\nstart = '1h'\n[system.b]\nstart = '10m'\n[system.c]\nstart = '20m'\n"
                     "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n",
                     1),
            30 * 60);
}

TEST(RestoreBounds, AlternativesThatServicesShareAreDoneOnce) {
  // a or b, 10 m, then x, 1 h, and y, 1 h more; that it is a for one and b for the other would be dearer.
  EXPECT_EQ(bound_of("[system.a]\nstart = '10m'\n[system.b]\nstart = '10m'\n"
                     "[system.x]\nstart = '1h'\nneeds = [{ any = ['a', 'b'] }]\n"
                     "[system.y]\nstart = '1h'\nneeds = [{ any = ['b', 'a'] }]\n"
                     "[service.s]\nneeds = ['x']\n[service.t]\nneeds = ['y']\n",
                     1),
            (70 + 130) * 60);
}

TEST(RestoreBounds, WhatServesTwoGroupsOfAlternativesCountsOnce) {
  // b, 10 m, brings both back.
  EXPECT_EQ(bound_of("[system.a]\nstart = '1h'\n[system.b]\nstart = '10m'\n[system.c]\nstart = '1h'\n"
                     "[service.s]\nneeds = [{ any = ['a', 'b'] }]\n[service.t]\nneeds = [{ any = ['b', 'c'] }]\n",
                     1),
            (10 + 10) * 60);
}

}  // namespace
}  // namespace firebreak
