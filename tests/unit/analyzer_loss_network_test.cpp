#include <algorithm>
#include <array>
#include <gtest/gtest.h>

#include "analyzer/need_law.h"
#include "analyzer/sweep/loss_network.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;

struct Network {
  explicit Network(std::string_view toml, const ScenarioWords& words = {})
      : topology(from_toml(toml)),
        graph(compile(topology)),
        scenario(support::scenario(topology, words)),
        base(run_need(graph, scenario)),
        network(graph, base) {}

  [[nodiscard]] std::vector<std::string_view> lost(const std::vector<std::string_view>& off) const {
    LossWave wave(network);
    std::vector<NodeId> nodes;
    for (const std::string_view id : off) nodes.push_back(topology.find(id));
    std::vector<std::string_view> ids;
    for (const PointId p : wave.lose(nodes)) {
      if (network.is_node(p)) ids.push_back(topology.nodes[NodeId(p.index())].id);
    }
    return ids;
  }
  /// Conditions that are no node.
  [[nodiscard]] std::size_t groups() const { return network.size() - graph.node_count; }

  Topology topology;
  Graph graph;
  Scenario scenario;
  NeedRun base;
  LossNetwork network;
};

using Ids = std::vector<std::string_view>;

constexpr const char* kShared =
    "[system.a]\n[system.b]\n[system.x]\nneeds = [{ any = ['a', 'b'] }]\n[system.y]\nneeds = [{ any = ['b', 'a'] }]\n"
    "[service.s]\nneeds = ['x', 'y']\n";

TEST(LossNetwork, MakesOneOfGroupsThatAskForTheSame) {
  const Network it(kShared);
  EXPECT_EQ(it.groups(), 1U);
  EXPECT_EQ(it.lost({"a"}), (Ids{"a"}));
  EXPECT_EQ(it.lost({"a", "b"}), (Ids{"a", "b", "x", "y", "s"}));
}

TEST(LossNetwork, LeavesOutWhatHasFailed) {
  const Network it(kShared, {.off = {"a"}});
  EXPECT_EQ(it.groups(), 0U);  // b alone is left of it
  EXPECT_TRUE(it.network.has_failed(LossNetwork::point(it.topology.find("a"))));
  EXPECT_EQ(it.lost({"a"}), (Ids{}));
  EXPECT_EQ(it.lost({"b"}), (Ids{"b", "x", "y", "s"}));
}

TEST(LossNetwork, TellsWhoStoodALoss) {
  const Network it(
      "[system.a]\n[system.b]\n[system.c]\n[service.s]\nneeds = [{ at_least = 1, of = ['a', 'b', 'c'] }]\n");
  LossWave wave(it.network);
  const std::vector<NodeId> two{it.topology.find("a"), it.topology.find("b")};
  EXPECT_EQ(wave.lose(two).size(), 2U);
  ASSERT_EQ(wave.weakened().size(), 1U);
  EXPECT_TRUE(wave.stood(wave.weakened()[0]));
  EXPECT_EQ(wave.inputs_lost(wave.weakened()[0]), 2U);
  EXPECT_EQ(it.network.to_lose(wave.weakened()[0]), 3U);
}

TEST(LossWave, LosesMoreOnTopOfWhatWasLostAndTakesItBack) {
  const Network it(
      "[system.a]\n[system.b]\n[system.c]\n[system.x]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n"
      "[system.y]\nneeds = ['c']\n[service.s]\nneeds = [{ any = ['x', 'y'] }]\n");
  LossWave wave(it.network);
  const auto lose = [&](std::string_view id) { (void)wave.lose(std::array{it.topology.find(id)}); };
  const auto besides = [&](std::string_view id) {
    std::vector<std::string_view> ids;
    for (const PointId p : wave.lose_besides(std::array{it.topology.find(id)})) {
      if (it.network.is_node(p)) ids.push_back(it.topology.nodes[NodeId(p.index())].id);
    }
    std::ranges::sort(ids);
    return ids;
  };
  lose("a");
  EXPECT_EQ(besides("b"), (Ids{"b", "x"}));
  EXPECT_EQ(besides("c"), (Ids{"c", "s", "x", "y"}));
  EXPECT_EQ(besides("b"), (Ids{"b", "x"})) << "what was lost besides before is taken back";
  EXPECT_EQ(besides("a"), Ids()) << "it is lost already";
  EXPECT_EQ(wave.lost().size(), 1U) << "only the first is left";
  lose("y");
  EXPECT_EQ(besides("b"), (Ids{"b"}));
  EXPECT_EQ(besides("x"), (Ids{"s", "x"}));
}

}  // namespace
}  // namespace firebreak
