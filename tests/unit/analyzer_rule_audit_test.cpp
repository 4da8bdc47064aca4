#include <gtest/gtest.h>

#include "firebreak/policy.h"

#include "tests/support/toml.h"

// analyzer/rule_audit.cpp: rules that could go, and which others make them so.

namespace firebreak {
namespace {

using support::from_toml;

RuleAudit audit(std::string_view rules) {
  const Topology topology = from_toml(
      "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'b'\n[policy.p]\n" + std::string(rules));
  return audit_rules(compile(topology));
}

TEST(RuleAudit, FindsNothingWhereEveryRuleIsNeeded) {
  const RuleAudit found = audit("[[policy.p.rule]]\nallow = ['tcp/443']\nfrom = ['a']\nto = ['b']\n");
  EXPECT_TRUE(found.dead.empty());
  EXPECT_TRUE(found.redundant.empty());
}

TEST(RuleAudit, NamesTheRulesThatTakeAllFlowsFromADeadOne) {
  const RuleAudit shadowed = audit(
      "[[policy.p.rule]]\nallow = ['tcp/1-1000']\n"
      "[[policy.p.rule]]\ndeny = ['tcp/443']\nfrom = ['a']\nto = ['b']\n");
  ASSERT_EQ(shadowed.dead.size(), 1U);
  EXPECT_EQ(shadowed.dead[0].rule, RuleId(1));
  EXPECT_EQ(shadowed.dead[0].by, std::vector<RuleId>{RuleId(0)});
  EXPECT_TRUE(shadowed.dead[0].complete);
}

TEST(RuleAudit, KnowsThatAPolicyBetweenZonesJudgesNothingInsideOne) {
  const RuleAudit inside = audit("[[policy.p.rule]]\nallow = ['tcp/443']\nfrom = ['x']\nto = ['a']\n");
  ASSERT_EQ(inside.dead.size(), 1U);
  EXPECT_TRUE(inside.dead[0].by.empty());
}

TEST(RuleAudit, NamesTheRulesAndTheDefaultThatSayTheSameAsARedundantOne) {
  const RuleAudit same = audit(
      "[[policy.p.rule]]\nallow = ['tcp/443']\nfrom = ['a']\nto = ['b']\n"
      "[[policy.p.rule]]\nallow = ['tcp/1-1000']\n");
  ASSERT_EQ(same.redundant.size(), 1U);
  EXPECT_EQ(same.redundant[0].rule, RuleId(0));
  EXPECT_EQ(same.redundant[0].by, std::vector<RuleId>{RuleId(1)});
  EXPECT_FALSE(same.redundant[0].by_default);
  const RuleAudit denied = audit("[[policy.p.rule]]\ndeny = ['udp/53']\n");
  ASSERT_EQ(denied.redundant.size(), 1U);
  EXPECT_TRUE(denied.redundant[0].by.empty());
  EXPECT_TRUE(denied.redundant[0].by_default);
}

TEST(RuleAudit, TakesAPassThatChangesNothingForRedundant) {
  const RuleAudit idle = audit(
      "[[policy.p.rule]]\npass = ['tcp/22']\n"
      "[[policy.p.rule]]\nallow = ['tcp/443']\n");
  ASSERT_EQ(idle.redundant.size(), 1U);
  EXPECT_EQ(idle.redundant[0].rule, RuleId(0));
  const RuleAudit useful = audit(
      "[[policy.p.rule]]\npass = ['tcp/22']\n"
      "[[policy.p.rule]]\nallow = ['tcp/22']\n"
      "[[policy.p.rule]]\nallow = ['tcp/22']\nfrom = ['a']\ntier = 1\n");
  EXPECT_TRUE(useful.redundant.empty());
}

}  // namespace
}  // namespace firebreak
