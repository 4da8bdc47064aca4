#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/few_losses.h"
#include "tests/support/toml.h"

// The sets of up to two losses that are enough, found by trying what can meet.

namespace firebreak {
namespace {

class Enough {
 public:
  Enough(std::string_view toml, const std::vector<std::string_view>& losses, const ScenarioWords& words = {})
      : topology_(support::from_toml(toml)),
        graph_(compile(topology_)),
        scenario_(support::scenario(topology_, words)) {
    for (const std::string_view id : losses) losses_.push_back(topology_.find(id));
  }

  [[nodiscard]] FewLosses ask(std::string_view id, std::size_t most = 2, const Patience& patience = {}) const {
    const std::vector<NodeId> nodes{topology_.find(id)};
    return few_losses(graph_, scenario_, losses_, nodes, most, patience);
  }

  /// "c a+b": the sets, the smallest first, those that are equally large in the order of the losses.
  [[nodiscard]] std::string sets(std::string_view id, std::size_t most = 2) const { return words(ask(id, most)); }

  [[nodiscard]] std::string words(const FewLosses& found) const {
    const IdVector<solver::InputId, double> cost(losses_.size(), 1);
    const auto best = solver::smallest_sets(found.families, found.roots, cost, 1000);
    std::vector<std::string> texts;
    for (const solver::BestSet& set : best.front()) {
      std::vector<std::string_view> ids;
      for (const solver::InputId i : set.inputs) ids.push_back(topology_.nodes[losses_[i.index()]].id);
      texts.push_back(fmt::format("{}", fmt::join(ids, "+")));
    }
    return fmt::format("{}", fmt::join(texts, " "));
  }

 private:
  const Topology topology_;
  const Graph graph_;
  const Scenario scenario_;
  std::vector<NodeId> losses_;
};

constexpr auto kGroup =
    "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n";

TEST(FewLosses, AreThePairsThatAGroupDoesNotStand) {
  EXPECT_EQ(Enough(kGroup, {"a", "b", "c"}).sets("s"), "a+b a+c b+c");
}

TEST(FewLosses, SpeakOfTheLossesTheyAreGivenOnly) {
  EXPECT_EQ(Enough(kGroup, {"c", "a"}).sets("s"), "c+a");
  EXPECT_EQ(Enough(kGroup, {"b"}).sets("s"), "");
}

TEST(FewLosses, AreMinimal) {
  const Enough enough("[system.a]\n[system.b]\n[system.db]\n[service.s]\nneeds = [{ any = ['a', 'b'] }, 'db']\n",
                      {"a", "b", "db"});
  EXPECT_EQ(enough.sets("s"), "db a+b");
}

TEST(FewLosses, AreNoneWhereNothingSmallIsEnough) {
  const Enough enough(
      "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = [{ any = ['a', 'b', 'c'] }]\n[service.t]\n",
      {"a", "b", "c"});
  const FewLosses found = enough.ask("s");
  EXPECT_EQ(found.roots.front(), solver::Families::kNothing);
  EXPECT_EQ(found.up_to, 2U);
  EXPECT_EQ(enough.ask("t").roots.front(), solver::Families::kNothing);
}

TEST(FewLosses, OfWhatFailsAlreadyAreTheEmptySet) {
  const Enough enough(kGroup, {"a", "b", "c"}, {.off = {"a", "b"}});
  EXPECT_EQ(enough.ask("s").roots.front(), solver::Families::kEmptySet);
}

TEST(FewLosses, ComeOnTopOfTheScenario) {
  EXPECT_EQ(Enough(kGroup, {"a", "b", "c"}, {.off = {"a"}}).sets("s"), "b c");
}

// Each of the pair is stood by itself, and by the group that it is in.
TEST(FewLosses, MeetBehindGroupsOfGroups) {
  const Enough enough(
      "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = [{ any = [{ all = ['a', 'b'] }, 'c'] }]\n",
      {"a", "b", "c"});
  EXPECT_EQ(enough.sets("s"), "a+c b+c");
}

// A loss that takes two members at once leaves one to be lost.
TEST(FewLosses, CountWhatALossTakesFromAGroup) {
  const Enough enough(
      "[site.hall]\n[system.a]\nsite = 'hall'\n[system.b]\nsite = 'hall'\n[system.c]\n[system.d]\n"
      "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c', 'd'] }]\n",
      {"a", "b", "c", "d", "hall"});
  EXPECT_EQ(enough.sets("s"), "c+hall d+hall");
}

TEST(FewLosses, KnowASiteThatAllShare) {
  const Enough enough(
      "[site.hall]\n[system.a]\nsite = 'hall'\n[system.b]\nsite = 'hall'\n[service.s]\nneeds = [{ any = ['a', 'b'] "
      "}]\n",
      {"a", "b", "hall"});
  EXPECT_EQ(enough.sets("s"), "hall a+b");
}

TEST(FewLosses, LeaveACircleStandingThatHoldsItselfUp) {
  const Enough enough(
      "[system.p]\n[system.q]\n[system.a]\nneeds = [{ any = ['b', 'p'] }]\n[system.b]\nneeds = [{ any = ['a', 'q'] }]\n"
      "[service.s]\nneeds = ['a']\n",
      {"p", "q", "a", "b"});
  EXPECT_EQ(enough.sets("s"), "a p+b");
}

constexpr auto kLinked =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.r1]\n[system.r2]\n[system.r3]\n[system.app]\nzone = 'a'\n"
    "needs = [{ on = 'db', port = 'tcp/1433' }]\n[system.db]\nzone = 'c'\n[service.s]\nneeds = ['app']\n"
    "[link.ab]\nbetween = ['a', 'b']\nneeds = ['r1']\n[link.too]\nbetween = ['a', 'b']\nneeds = ['r2']\n"
    "[link.bc]\nbetween = ['b', 'c']\nneeds = ['r3']\n";

TEST(FewLosses, MeetInAPartOfTheNetwork) {
  EXPECT_EQ(Enough(kLinked, {"r1", "r2", "r3"}).sets("s"), "r3 r1+r2");
  EXPECT_EQ(Enough(kLinked, {"ab", "r2", "bc"}).sets("s"), "bc ab+r2");
  EXPECT_EQ(Enough(kLinked, {"r1", "r2"}, {.off = {"too"}}).sets("s"), "r1");
}

TEST(FewLosses, AreSingleOnesWhenAskedForOne) {
  const Enough enough(kLinked, {"r1", "r2", "r3"});
  EXPECT_EQ(enough.ask("s", 1).up_to, 1U);
  EXPECT_EQ(enough.sets("s", 1), "r3");
}

TEST(FewLosses, SayHowFarPatienceWent) {
  const Patience none = [] { return false; };
  const Enough enough(kLinked, {"r1", "r2", "r3"});
  const FewLosses found = enough.ask("s", 2, none);
  EXPECT_EQ(found.up_to, 1U);
  EXPECT_EQ(enough.words(found), "r3") << "without the pairs that were tried";
}

TEST(FewLosses, LeaveOutASizeThatWasNotTriedToTheEnd) {
  std::string toml;
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.push_back(fmt::format("s{}", i));
  for (const std::string& id : ids) toml += fmt::format("[system.{}]\n", id);
  const std::vector<std::string> some(ids.begin(), ids.begin() + 40);
  toml += fmt::format("[service.s]\nneeds = ['s299']\n[service.t]\nneeds = [{{ at_least = 39, of = ['{}'] }}]\n",
                      fmt::join(some, "', '"));
  const Enough all(toml, {ids.begin(), ids.end()});
  EXPECT_EQ(all.ask("s", 2, [] { return false; }).up_to, 0U);
  EXPECT_EQ(all.sets("s"), "s299");
  const Enough pairs(toml, {some.begin(), some.end()});
  const FewLosses found = pairs.ask("t", 2, [looks = 0]() mutable { return ++looks < 2; });
  EXPECT_EQ(found.up_to, 1U);
  EXPECT_EQ(pairs.words(found), "");
  EXPECT_EQ(pairs.ask("t").up_to, 2U);
}

TEST(FewLosses, OfSeveralNodesStandInTheirOrder) {
  const Topology topology = support::from_toml(
      "[system.a]\n[system.b]\n[service.s]\nneeds = ['a']\n[service.t]\nneeds = [{ any = ['a', 'b'] }]\n");
  const Graph graph = compile(topology);
  const std::vector<NodeId> losses{topology.find("a"), topology.find("b")};
  const std::vector<NodeId> nodes{topology.find("t"), topology.find("s")};
  const FewLosses found = few_losses(graph, {}, losses, nodes, 2, {});
  const auto sizes = solver::count_by_size(found.families, found.roots);
  ASSERT_EQ(sizes.size(), 2U);
  EXPECT_EQ(sizes[0].size(), 3U) << "one pair";
  EXPECT_EQ(sizes[1].size(), 2U) << "one single loss";
}

}  // namespace
}  // namespace firebreak
