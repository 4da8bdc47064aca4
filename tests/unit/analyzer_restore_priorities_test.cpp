#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/restore_priorities.h"
#include "analyzer/restore_setup.h"
#include "tests/support/toml.h"

// The order of jobs by weight, and what had to come up for something to come up.

namespace firebreak {
namespace {

class Outage {
 public:
  explicit Outage(std::string_view toml, const ScenarioWords& words = {.off = {"*"}})
      : topology_(support::from_toml(toml)), graph_(compile(topology_)) {
    problem_ = set_up(graph_, support::scenario(topology_, words), {}).problem;
  }

  /// "db app": what is done in the order of weight, a rebuild as "clean:db".
  [[nodiscard]] std::string order(const Patience& patience = {}) const {
    const std::vector<JobId> jobs = order_by_weight(problem_, patience);
    std::vector<JobId> sorted = jobs;
    std::ranges::sort(sorted);
    EXPECT_EQ(sorted, all_jobs(problem_)) << "every job once";
    std::vector<std::string> texts;
    for (const JobId j : jobs) {
      const RestoreProblem::Job& job = problem_.jobs[j];
      texts.push_back(
          fmt::format("{}{}", job.type == RestoreJob::rebuild ? "clean:" : "", topology_.nodes[job.node].id));
    }
    return fmt::format("{}", fmt::join(texts, " "));
  }

  /// What had to come up for one of several things that were started in this order.
  [[nodiscard]] std::string support(const std::vector<std::string_view>& started, std::string_view wanted,
                                    bool whole = false) const {
    StartState state(problem_.network);
    for (const std::string_view id : started) {
      EXPECT_TRUE(state.ready(pending(id))) << id;
      state.finish(pending(id));
    }
    EXPECT_TRUE(state.up(pending(wanted)));
    Support support(problem_, state);
    const std::vector<PendingId> found = support.of(pending(wanted), whole);
    EXPECT_EQ(found, support.of(pending(wanted), whole)) << "asked again";
    EXPECT_TRUE(std::ranges::is_sorted(found));
    std::vector<std::string_view> ids;
    for (const PendingId p : found) ids.push_back(topology_.nodes[problem_.network.node[p]].id);
    std::ranges::sort(ids);
    return fmt::format("{}", fmt::join(ids, " "));
  }

 private:
  [[nodiscard]] PendingId pending(std::string_view id) const { return problem_.network.of[topology_.find(id)]; }

  const Topology topology_;
  const Graph graph_;
  RestoreProblem problem_;
};

TEST(OrderByWeight, TakesTheMostWeightForTheWorkFirst) {
  const Outage outage(
      "[system.slow]\nstart = '3h'\n[system.fast]\nstart = '1h'\n[service.a]\nneeds = ['slow']\nweight = 2\n"
      "[service.b]\nneeds = ['fast']\nweight = 1\n");
  EXPECT_EQ(outage.order(), "fast slow");
}

TEST(OrderByWeight, TakesWithAServiceAllThatItWaitsForInTheOrderThatComesUp) {
  const Outage outage(
      "[system.app]\nstart = '10m'\nneeds = ['db']\n[system.other]\nstart = '1h'\n[system.db]\nstart = '2h'\n"
      "[service.a]\nneeds = ['app']\nweight = 9\n[service.b]\nneeds = ['other']\nweight = 1\n");
  EXPECT_EQ(outage.order(), "db app other");
}

TEST(OrderByWeight, TakesOnlyAsManyOfAlternativesAsAreWaitedFor) {
  const Outage outage(
      "[system.a]\nstart = '5h'\n[system.b]\nstart = '1h'\n[system.c]\nstart = '2h'\n[system.d]\nstart = '3h'\n"
      "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\nweight = 2\n[service.t]\nneeds = ['d']\n");
  EXPECT_EQ(outage.order(), "b c d a");
}

// What y waits for besides is done with x; else v would have more weight for its work.
TEST(OrderByWeight, CountsSharedWorkForTheFirstThatNeedsIt) {
  const Outage outage(
      "[system.v]\nstart = '2h'\n[system.base]\nstart = '4h'\n[system.x]\nstart = '1h'\nneeds = ['base']\n"
      "[system.y]\nstart = '1h'\nneeds = ['base']\n[service.sv]\nneeds = ['v']\nweight = 3.8\n"
      "[service.sx]\nneeds = ['x']\nweight = 10\n[service.sy]\nneeds = ['y']\nweight = 9\n");
  EXPECT_EQ(outage.order(), "base x y v");
}

// b is there for s1, so that s2 waits for nothing more, and a is of no use.
TEST(OrderByWeight, CountsWhatIsDoneAsDone) {
  const Outage outage(
      "[system.a]\nstart = '1h'\n[system.b]\nstart = '3h'\n[system.c]\nstart = '2h'\n[service.s1]\nneeds = ['b']\n"
      "weight = 9\n[service.s2]\nneeds = [{ any = ['a', 'b'] }]\n[service.s3]\nneeds = ['c']\n");
  EXPECT_EQ(outage.order(), "b c a");
}

TEST(OrderByWeight, TakesLastWhatNoServiceWaitsForTheLongestFirst) {
  const Outage outage(
      "[system.idle]\nstart = '1h'\n[system.lazy]\nstart = '3h'\n[system.db]\nstart = '2h'\n[service.s]\n"
      "needs = ['db']\n");
  EXPECT_EQ(outage.order(), "db lazy idle");
}

TEST(OrderByWeight, RebuildsWhatItStarts) {
  const Outage outage(
      "[zone.z]\n[zone.y]\n[system.other]\nzone = 'y'\nstart = '30m'\n[system.db]\nzone = 'z'\nrebuild = '2h'\nstart = "
      "'1h'\n[service.s]\nneeds = ['db']\nweight = 9\n[service.t]\nneeds = ['other']\n[policy.none]\n",
      {.compromised = {"db"}, .off = {"db", "other"}});
  EXPECT_EQ(outage.order(), "clean:db db other");
}

/// 25 services, each waiting for a system of its own that takes one hour more than the one before.
TEST(OrderByWeight, TakesTheLongestFirstWhenPatienceHasRunOut) {
  std::string toml;
  std::vector<std::string> by_weight;
  for (int i = 1; i <= 25; ++i) {
    toml += fmt::format("[system.s{0}]\nstart = '{0}h'\n[service.v{0}]\nneeds = ['s{0}']\n", i);
    by_weight.push_back(fmt::format("s{}", i));
  }
  const Outage outage(toml);
  EXPECT_EQ(outage.order(), fmt::format("{}", fmt::join(by_weight, " ")));
  std::reverse(by_weight.begin() + 20, by_weight.end());
  EXPECT_EQ(outage.order([] { return false; }), fmt::format("{}", fmt::join(by_weight, " ")));
}

constexpr auto kChain =
    "[system.feed]\n[system.db]\nneeds = ['feed']\n[service.data]\nneeds = ['db']\n[system.app]\nneeds = ['data']\n"
    "[system.aside]\n[service.shop]\nneeds = ['app']\n";

TEST(Support, NamesWhatIsNearest) {
  const Outage outage(kChain);
  const std::vector<std::string_view> started{"aside", "feed", "db", "app"};
  EXPECT_EQ(outage.support(started, "shop"), "app");
  EXPECT_EQ(outage.support(started, "app"), "db") << "through the service between";
  EXPECT_EQ(outage.support(started, "feed"), "");
}

TEST(Support, NamesAllBehindWhenAskedForTheWhole) {
  const Outage outage(kChain);
  const std::vector<std::string_view> started{"aside", "feed", "db", "app"};
  EXPECT_EQ(outage.support(started, "shop", true), "app db feed");
  EXPECT_EQ(outage.support(started, "app", true), "db feed");
}

TEST(Support, IsWhatCameFirstOfMoreThanItTook) {
  const Outage any("[system.a]\n[system.b]\n[service.s]\nneeds = [{ any = ['a', 'b'] }]\n");
  EXPECT_EQ(any.support({"a", "b"}, "s"), "a");
  EXPECT_EQ(any.support({"b", "a"}, "s"), "b");
  const Outage two(
      "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n");
  EXPECT_EQ(two.support({"c", "a", "b"}, "s"), "a c");
  EXPECT_EQ(two.support({"b", "c"}, "s"), "b c");
}

// The last start brings both alternatives up, one a little sooner: it is what the service waited for.
TEST(Support, IsWhatCameFirstAtOneMoment) {
  const Outage outage(
      "[system.pu]\n[system.pv]\n[system.x]\n[service.v]\nneeds = ['w', 'pv']\n[service.w]\nneeds = ['x']\n"
      "[service.u]\nneeds = ['x', 'pu']\n[service.s]\nneeds = [{ any = ['v', 'u'] }]\n");
  EXPECT_EQ(outage.support({"pv", "pu", "x"}, "s"), "pu x");
}

TEST(Support, LeavesOutWhatWasNeverOff) {
  const Outage outage("[system.a]\n[system.b]\n[service.s]\nneeds = ['a', 'b']\n", {.off = {"b"}});
  EXPECT_EQ(outage.support({"b"}, "s", true), "b");
}

// Two routers side by side, and one behind them.
constexpr auto kNetwork =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.r1]\n[system.r2]\n[system.r3]\n[system.app]\nzone = 'a'\nneeds = ['db']\n"
    "[system.db]\nzone = 'c'\n[link.one]\nbetween = ['a', 'b']\nneeds = ['r1']\n"
    "[link.two]\nbetween = ['b', 'a']\nneeds = ['r2']\n[link.three]\nbetween = ['c', 'b']\nneeds = ['r3']\n";

TEST(Support, GoesOverTheLinksThatCameUpFirst) {
  const Outage outage(kNetwork, {.off = {"r1", "r2", "r3"}});
  EXPECT_EQ(outage.support({"r1", "r3", "r2"}, "app"), "r1 r3");
  EXPECT_EQ(outage.support({"r3", "r2", "r1"}, "app"), "r2 r3");
  EXPECT_EQ(outage.support({"r3", "r2"}, "app", true), "r2 r3");
  EXPECT_EQ(Outage(kNetwork, {.off = {"r1", "r3"}}).support({"r1", "r3"}, "app"), "r3") << "the other way was up";
}

// A start loop: one of the two is started by hand and does not wait for the other.
TEST(Support, EndsAtWhatIsStartedByHand) {
  const Outage outage("[system.a]\nneeds = ['b']\n[system.b]\nneeds = ['a']\n[service.s]\nneeds = ['b']\n");
  EXPECT_EQ(outage.support({"a", "b"}, "s", true), "a b");
  EXPECT_EQ(outage.support({"a", "b"}, "b", true), "a");
  EXPECT_EQ(outage.support({"a", "b"}, "a", true), "");
}

}  // namespace
}  // namespace firebreak
