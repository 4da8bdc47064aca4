#include <gtest/gtest.h>

#include "analyzer/link_losses.h"
#include "tests/support/toml.h"

// Whether lost links leave zones apart that were connected.

namespace firebreak {
namespace {

class Network {
 public:
  explicit Network(std::string_view toml, const ScenarioWords& words = {})
      : topology_(support::from_toml(toml)),
        graph_(compile(topology_)),
        run_(run_need(graph_, support::scenario(topology_, words))) {}

  [[nodiscard]] bool separate(const std::vector<std::string_view>& lost) {
    std::vector<VertexId> vertices;
    for (const std::string_view id : lost) vertices.emplace_back(topology_.find(id).index());
    return losses_.separate(vertices);
  }
  /// With everything there is besides the links lost as well, the groups among it.
  [[nodiscard]] bool separate_with_all(std::string_view lost) {
    std::vector<VertexId> vertices{VertexId(topology_.find(lost).index())};
    for (const VertexId v : ids<VertexId>(graph_.need.owner.size())) {
      if (v.index() >= graph_.node_count || graph_.kind[NodeId(v.index())] != NodeKind::link) vertices.push_back(v);
    }
    return losses_.separate(vertices);
  }

 private:
  const Topology topology_;
  const Graph graph_;
  const NeedRun run_;
  LinkLosses losses_{graph_, run_};
};

constexpr auto kRing =
    "[zone.a]\n[zone.b]\n[zone.c]\n[zone.d]\n[system.router]\n[service.s]\nneeds = [{ any = ['router'] }]\n"
    "[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\nneeds = [{ on = 'router', grace = '1h' }]\n"
    "[link.ca]\nbetween = ['c', 'a']\n[link.cd]\nbetween = ['c', 'd']\n[link.dc]\nbetween = ['d', 'c']\n";

TEST(LinkLosses, SeparateNothingWhileThereIsAWayAround) {
  Network ring(kRing);
  for (const char* one : {"ab", "bc", "ca", "cd", "dc"}) EXPECT_FALSE(ring.separate({one})) << one;
  EXPECT_FALSE(ring.separate({"ab", "cd"})) << "in two parts of the network";
  EXPECT_FALSE(ring.separate({}));
}

TEST(LinkLosses, SeparateWhenNoWayIsLeft) {
  Network ring(kRing);
  EXPECT_TRUE(ring.separate({"ab", "bc"}));
  EXPECT_TRUE(ring.separate({"ab", "ca"}));
  EXPECT_TRUE(ring.separate({"cd", "dc"}));
  EXPECT_TRUE(ring.separate({"ab", "cd", "dc"})) << "though the first of them has a way around";
}

TEST(LinkLosses, ForgetWhatWasLostBefore) {
  Network ring(kRing);
  EXPECT_TRUE(ring.separate({"ab", "bc"}));
  EXPECT_FALSE(ring.separate({"bc"}));
  EXPECT_FALSE(ring.separate({"ca"}));
  EXPECT_TRUE(ring.separate({"bc", "ca"}));
}

TEST(LinkLosses, LookAtLinksOnly) {
  Network ring(kRing);
  EXPECT_FALSE(ring.separate_with_all("ab"));
}

TEST(LinkLosses, GoOverNoLinkThatIsDownInTheRunHoweverLate) {
  Network ring(kRing, {.off = {"router"}});
  EXPECT_TRUE(ring.separate({"ab"}));
  EXPECT_FALSE(ring.separate({"cd"}));
}

TEST(LinkLosses, SeparateNothingThatTheRunHasSeparated) {
  Network ring(kRing, {.off = {"ab", "bc"}});
  EXPECT_FALSE(ring.separate({}));
  EXPECT_TRUE(ring.separate({"ca"})) << "a and c were still connected";
}

}  // namespace
}  // namespace firebreak
