#include <gtest/gtest.h>

#include "firebreak/policy.h"

#include "tests/support/toml.h"

// analyzer/flow_judge.cpp: what decides a flow, and on which ports it is permitted.

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

constexpr auto kTwoPolicies =
    "[zone.a]\n[zone.b]\n[system.s]\nzone = 'a'\n[system.t]\nzone = 'b'\n[system.loose]\n"
    "[policy.outer]\n[[policy.outer.rule]]\nallow = ['tcp/22', 'tcp/443']\nfrom = ['a']\n"
    "[policy.inner]\ndefault = 'allow'\n[[policy.inner.rule]]\ndeny = ['tcp/22']\nto = ['t']\n";

class FlowJudge : public testing::Test {
 protected:
  const Topology topology = from_toml(kTwoPolicies);
  const Graph graph = compile(topology);
  const NodeId s = topology.find("s");
  const NodeId t = topology.find("t");
};

TEST_F(FlowJudge, AsksEveryPolicyAndNamesTheRule) {
  const FlowJudgement web = judge(graph, {}, s, t, 443);
  EXPECT_TRUE(web.permitted);
  ASSERT_EQ(web.verdicts.size(), 2U);
  EXPECT_TRUE(web.verdicts[0].rule.valid());
  EXPECT_FALSE(web.verdicts[1].rule.valid()) << "the default of the second policy";
  const FlowJudgement shell = judge(graph, {}, s, t, 22);
  EXPECT_FALSE(shell.permitted);
  EXPECT_TRUE(shell.verdicts[0].allow);
  EXPECT_FALSE(shell.verdicts[1].allow);
  EXPECT_EQ(to_string(permitted_ports(graph, {}, s, t)), "tcp/443");
  EXPECT_TRUE(permitted_ports(graph, {}, t, s).empty());
}

TEST_F(FlowJudge, TakesABlockBeforeAnAllowBeforePolicies) {
  const Scenario opened = scenario(topology, {.allow = {"s -> t tcp/22,udp/53"}});
  EXPECT_EQ(judge(graph, opened, s, t, 22).allow, 0U);
  EXPECT_TRUE(judge(graph, opened, s, t, 22).permitted);
  const Scenario both = scenario(topology, {.block = {"* -> t tcp/22"}, .allow = {"s -> t tcp/22,udp/53"}});
  EXPECT_EQ(judge(graph, both, s, t, 22).block, 0U);
  EXPECT_FALSE(judge(graph, both, s, t, 22).permitted);
  EXPECT_EQ(to_string(permitted_ports(graph, both, s, t)), "tcp/443, udp/53");
}

TEST(Policies, ThatOthersReplaceAreNotJudged) {
  const std::string policies(kTwoPolicies);
  const Topology topology = from_toml(policies + "[policy.trial]\nreplaces = ['outer']\ndefault = 'allow'\n");
  const Graph graph = compile(topology);
  const FlowJudgement found = judge(graph, {}, topology.find("s"), topology.find("t"), 80);
  EXPECT_TRUE(found.permitted) << "the outer policy would deny it";
  ASSERT_EQ(found.verdicts.size(), 2U);
  EXPECT_EQ(topology.policies[found.verdicts[1].policy].id, "trial");
}

TEST_F(FlowJudge, KnowsNothingOfAPlaceThatIsNotKnown) {
  const Scenario closed = scenario(topology, {.block = {"* -> t"}});
  EXPECT_FALSE(judge(graph, closed, NodeId::none(), t, 443).permitted);
  EXPECT_TRUE(permitted_ports(graph, closed, NodeId::none(), t).empty());
  const Scenario named = scenario(topology, {.block = {"s -> t"}});
  EXPECT_TRUE(judge(graph, named, NodeId::none(), t, 443).permitted);
  EXPECT_TRUE(judge(graph, named, NodeId::none(), t, 443).verdicts.empty());
  EXPECT_TRUE(permitted_ports(graph, named, topology.find("loose"), t).is_any());
}

}  // namespace
}  // namespace firebreak
