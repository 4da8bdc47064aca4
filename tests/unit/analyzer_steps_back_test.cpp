// Steps and times found backwards from targets, on a network written out.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "analyzer/steps_back.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;

/// A ring i0 > i1 > i2 > i0, a way into it from i3, and one around from i3 by two at once; i4 leads nowhere.
const Topology& ring() {
  static const Topology kRing = from_toml(R"(
[identity.i0]
[identity.i1]
[identity.i2]
[identity.i3]
[identity.i4]
[[pivot]]
from = ['i0']
to = ['i1']
effort = '10m'
[[pivot]]
from = ['i1']
to = ['i2']
effort = '1m'
[[pivot]]
from = ['i2']
to = ['i0']
[[pivot]]
from = ['i3']
to = ['i0']
effort = '2m'
[[pivot]]
from = ['i3', 'i4']
to = ['i1']
effort = '1h'
)");
  return kRing;
}

StepGraph steps_of(const Graph& graph) {
  static const Scenario kNothing;
  StepGraph steps(graph, kNothing, 1000, StepGraph::Efforts::kept);
  EXPECT_TRUE(steps.make());
  return steps;
}

/// "node:step:bits" of each arrival, in order.
std::string arrivals(const std::vector<std::string_view>& targets) {
  const Graph graph = compile(ring());
  std::vector<NodeId> nodes;
  for (const std::string_view target : targets) nodes.push_back(ring().find(target));
  StepsBack back(graph, StepNetwork(graph, steps_of(graph)));
  std::string text;
  std::uint32_t last = 0;
  std::vector<std::string> of_step;
  const auto flush = [&] {
    std::ranges::sort(of_step);
    for (const std::string& one : of_step) text += one + " ";
    of_step.clear();
  };
  back.run(nodes, [&](NodeId n, std::uint32_t step, const PassBits& bits) {
    EXPECT_GE(step, last);
    if (step > last) flush();
    last = step;
    std::string set;
    bits.each([&](std::size_t bit) { set += std::to_string(bit); });
    of_step.push_back(fmt::format("{}:{}:{}", ring().nodes[n].id, step, set));
  });
  flush();
  return text;
}

TEST(StepsBack, FindTheFewestStepsToATarget) {
  EXPECT_EQ(arrivals({"i2"}), "i1:1:0 i0:2:0 i3:2:0 i4:2:0 ");
  EXPECT_EQ(arrivals({"i4"}), "");
}

TEST(StepsBack, TargetsThatLeadToEachOtherAreToldApart) {
  EXPECT_EQ(arrivals({"i0", "i2"}), "i1:1:1 i2:1:0 i3:1:0 i0:2:1 i1:2:0 i3:2:1 i4:2:1 i4:3:0 ");
}

TEST(TimesBack, AreThoseOfTheCheapestWay) {
  const Graph graph = compile(ring());
  TimesBack back(steps_of(graph));
  const auto to = [&](std::string_view target, std::string_view from) {
    return back.to(ring().find(target))[ring().find(from).index()];
  };
  EXPECT_EQ(to("i2", "i2"), 0);
  EXPECT_EQ(to("i2", "i1"), 60);
  EXPECT_EQ(to("i2", "i0"), 11 * 60);
  EXPECT_EQ(to("i2", "i3"), 13 * 60) << "through i0, not by the pivot of an hour";
  EXPECT_EQ(to("i1", "i4"), 3600);
  EXPECT_EQ(to("i4", "i0"), kNever);
}

TEST(StepNetwork, LeavesOutWhatIsOnlyPassedThrough) {
  const Graph graph = compile(ring());
  const StepNetwork network(graph, steps_of(graph));
  const auto next_of = [&](std::string_view id) {
    std::string text;
    for (const Vertex to : network.next_of[ring().find(id).index()]) {
      text += to < graph.node_count ? fmt::format("{} ", ring().nodes[NodeId(to)].id) : "? ";
    }
    return text;
  };
  EXPECT_EQ(next_of("i0"), "i1 ");
  EXPECT_EQ(next_of("i3"), "i0 i1 ");
  EXPECT_EQ(next_of("i4"), "i1 ") << "the pivot of two leads on to one, so it is no vertex";
  EXPECT_TRUE(network.conjunctions.empty());
}

TEST(PassBits, PassesShareOutAllThings) {
  std::vector<int> things(2 * PassBits::kCount + 3);
  for (std::size_t i = 0; i < things.size(); ++i) things[i] = static_cast<int>(i);
  ASSERT_EQ(passes_for(things.size()), 3U);
  EXPECT_EQ(passes_for(0), 0U);
  EXPECT_EQ(passes_for(PassBits::kCount), 1U);
  EXPECT_EQ(of_pass(things, 1).front(), static_cast<int>(PassBits::kCount));
  EXPECT_EQ(of_pass(things, 2).size(), 3U);
  for (const std::size_t bit : {std::size_t{0}, std::size_t{63}, std::size_t{64}, PassBits::kCount - 1}) {
    PassBits bits;
    bits.set(bit);
    bits.set(PassBits::kCount - 1);
    EXPECT_EQ(bits.first(), bit);
  }
}

}  // namespace
}  // namespace firebreak
