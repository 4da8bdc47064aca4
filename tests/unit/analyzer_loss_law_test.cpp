#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/loss_law.h"
#include "tests/support/toml.h"

// What fails of one loss after the other, besides what a scenario does.

namespace firebreak {
namespace {

class Losing {
 public:
  explicit Losing(std::string_view toml, const ScenarioWords& words = {})
      : topology_(support::from_toml(toml)),
        graph_(compile(topology_)),
        scenario_(support::scenario(topology_, words)),
        base_(run_need(graph_, scenario_)) {}

  /// The nodes that fail, in the order of the alphabet.
  [[nodiscard]] std::string of(const std::vector<std::string_view>& lost) {
    std::vector<NodeId> off;
    for (const std::string_view id : lost) off.push_back(topology_.find(id));
    std::vector<std::string_view> ids;
    for (const VertexId v : law_.lose(off)) {
      if (v.index() < graph_.node_count) ids.push_back(topology_.nodes[NodeId(v.index())].id);
    }
    std::ranges::sort(ids);
    return fmt::format("{}", fmt::join(ids, " "));
  }

  /// The needs that the last loss severed: "app-db".
  [[nodiscard]] std::string severed() const {
    std::vector<std::string> texts;
    for (const LeafId l : law_.severed()) {
      const Leaf leaf = leaf_of(graph_, l);
      texts.push_back(fmt::format("{}-{}", topology_.nodes[leaf.owner].id, topology_.nodes[leaf.provider].id));
    }
    return fmt::format("{}", fmt::join(texts, " "));
  }

  [[nodiscard]] const LossProbe& probe() const { return law_.probe(); }
  [[nodiscard]] VertexId vertex(std::string_view id) const { return VertexId(topology_.find(id).index()); }

 private:
  const Topology topology_;
  const Graph graph_;
  const Scenario scenario_;
  const NeedRun base_;
  LossLaw law_{graph_, scenario_, base_};
};

TEST(LossLaw, FollowsNeedsGroupsAndSites) {
  Losing losing(
      "[site.hall]\n[system.a]\nsite = 'hall'\n[system.b]\nsite = 'hall'\n[system.c]\n"
      "[service.any]\nneeds = [{ any = ['a', 'c'] }]\n[service.two]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n"
      "[service.soft]\nneeds = [{ on = 'a', soft = true }]\n");
  EXPECT_EQ(losing.of({"a"}), "a");
  EXPECT_EQ(losing.of({"hall"}), "a b hall two");
  EXPECT_EQ(losing.of({"a", "c"}), "a any c two");
  EXPECT_EQ(losing.of({}), "");
}

TEST(LossLaw, FollowsACircle) {
  Losing losing(
      "[system.a]\nneeds = ['b']\n[system.b]\nneeds = [{ any = ['a', 'spare'] }]\n[system.spare]\n"
      "[service.s]\nneeds = ['a']\n");
  EXPECT_EQ(losing.of({"spare"}), "spare");
  EXPECT_EQ(losing.of({"a"}), "a s");
  EXPECT_EQ(losing.of({"a", "spare"}), "a b s spare");
}

TEST(LossLaw, LeavesOutWhatFailsInTheRun) {
  Losing losing("[system.a]\n[system.b]\n[service.s]\nneeds = ['a', 'b']\n[service.t]\nneeds = ['b']\n",
                {.off = {"a"}});
  EXPECT_EQ(losing.of({"a"}), "");
  EXPECT_EQ(losing.of({"b"}), "b t") << "s fails without it";
}

constexpr auto kLinked =
    "[zone.a]\n[zone.b]\n[system.r1]\n[system.r2]\n[system.app]\nzone = 'a'\nneeds = ['db']\n[system.db]\nzone = 'b'\n"
    "[system.local]\nzone = 'a'\nneeds = ['app']\n[service.s]\nneeds = ['local']\n"
    "[link.one]\nbetween = ['a', 'b']\nneeds = ['r1']\n[link.two]\nbetween = ['a', 'b']\nneeds = ['r2']\n";

TEST(LossLaw, SeversNeedsOverLinksWithTheirRouters) {
  Losing losing(kLinked);
  EXPECT_EQ(losing.of({"r1"}), "one r1");
  EXPECT_EQ(losing.severed(), "");
  EXPECT_EQ(losing.of({"r1", "r2"}), "app local one r1 r2 s two");
  EXPECT_EQ(losing.severed(), "app-db");
  EXPECT_EQ(losing.of({"two"}), "two");
  EXPECT_EQ(losing.severed(), "") << "that was the loss before";
}

TEST(LossLaw, LosesOnTopOfTheScenario) {
  Losing losing(kLinked, {.off = {"r1"}});
  EXPECT_EQ(losing.of({"r2"}), "app local r2 s two");
  EXPECT_EQ(losing.severed(), "app-db");
}

TEST(LossLaw, SeversNoNeedThatTheScenarioHasSevered) {
  Losing losing(kLinked, {.isolate = {"db"}});
  EXPECT_EQ(losing.of({"r1", "r2"}), "one r1 r2 two");
  EXPECT_EQ(losing.severed(), "");
}

TEST(LossLaw, ShowsWhatStoodTheLastLoss) {
  Losing losing(
      "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = ['c']\n[system.d]\n"
      "needs = [{ at_least = 1, of = ['a', 'b'] }]\n");
  EXPECT_EQ(losing.of({"a"}), "a");
  const auto touched = losing.probe().touched();
  ASSERT_EQ(touched.size(), 1U) << "the group";
  EXPECT_TRUE(losing.probe().stood(touched[0]));
  EXPECT_EQ(losing.probe().inputs_lost(touched[0]), 1U);
  EXPECT_EQ(losing.probe().inputs_to_lose(touched[0]), 2U);
  EXPECT_EQ(losing.of({"c"}), "c s");
  EXPECT_FALSE(losing.probe().stood(losing.vertex("s")));
}

}  // namespace
}  // namespace firebreak
