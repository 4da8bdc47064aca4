#include <gtest/gtest.h>

#include "analyzer/row_comparison.h"
#include "tests/unit/analyzer_change.h"

// In which rules a source follows another row than before.

namespace firebreak {
namespace {

constexpr auto kEstate =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'a'\n"
    "[system.t]\nzone = 'b'\ntags = ['web']\n";

std::string rule(const std::string& name, const std::string& says) {
  return "[[policy.p.rule]]\nname = '" + name + "'\n" + says + "\n";
}
std::string estate(const std::string& rules) {
  return kEstate + ("[policy.p]\n" + rules);
}

const std::string kFirst = rule("first", "allow = ['tcp/22']\nfrom = ['a']\nto = ['b']");
const std::string kSecond = rule("second", "deny = ['tcp/1-100']\nfrom = ['x']\nto = ['t']");

using Names = std::vector<std::string>;

class Compared {
 public:
  Compared(const std::string& was, const std::string& is)
      : change_(was, is),
        before_(change_.graph_before),
        after_(change_.graph_after),
        kinds_(find_kinds(change_.versions(), before_, after_)),
        rows_(change_.versions(), before_, after_, kinds_) {}

  [[nodiscard]] RowDifference of(std::string_view id) const {
    return rows_.difference(sender(before_, change_.before.find(id)), sender(after_, change_.after.find(id)));
  }
  [[nodiscard]] Names gone(std::string_view id) const { return names(change_.before, before_, of(id).before); }
  [[nodiscard]] Names fresh(std::string_view id) const { return names(change_.after, after_, of(id).after); }

 private:
  [[nodiscard]] static SenderId sender(const FlowSide& side, NodeId place) {
    return place.valid() ? side.rows.sides().sender[side.groups.group_of[place]] : SenderId::none();
  }
  [[nodiscard]] static Names names(const Topology& topology, const FlowSide& side,
                                   const std::vector<RuleIndex>& rules) {
    Names all;
    for (const RuleIndex r : rules) all.emplace_back(topology.rules[side.graph.flow.rules[r].rule].name);
    return all;
  }

  const Change change_;
  FlowSide before_;
  FlowSide after_;
  const FlowKinds kinds_;
  const RowComparison rows_;
};

TEST(RowComparison, FindsNothingWhereNothingChanges) {
  const Compared same(estate(kFirst + kSecond), estate(kFirst + kSecond));
  EXPECT_TRUE(same.of("x").none());
  EXPECT_TRUE(same.of("t").none());
}

TEST(RowComparison, NamesARuleThatIsNewOrGoneWhereItHoldsTheSource) {
  const Compared added(estate(kFirst), estate(kFirst + kSecond));
  EXPECT_TRUE(added.of("x").known);
  EXPECT_EQ(added.gone("x"), Names{});
  EXPECT_EQ(added.fresh("x"), Names{"second"});
  EXPECT_TRUE(added.of("y").none()) << "the rule is not about it";
  const Compared removed(estate(kFirst + kSecond), estate(kSecond));
  EXPECT_EQ(removed.gone("y"), Names{"first"});
  EXPECT_EQ(removed.fresh("y"), Names{});
}

struct Changed {
  const char* name;
  const char* rule;
};

void PrintTo(const Changed& changed, std::ostream* out) {
  *out << changed.name;
}

class RowComparisonChanged : public testing::TestWithParam<Changed> {};

TEST_P(RowComparisonChanged, NamesTheRuleOnBothSides) {
  const Compared changed(estate(kFirst + kSecond), estate(kFirst + rule("second", GetParam().rule)));
  EXPECT_TRUE(changed.of("x").known);
  EXPECT_EQ(changed.gone("x"), Names{"second"});
  EXPECT_EQ(changed.fresh("x"), Names{"second"});
  EXPECT_TRUE(changed.of("y").none());
}

constexpr Changed kChanged[] = {
    {"Ports", "deny = ['tcp/1-101']\nfrom = ['x']\nto = ['t']"},
    {"Action", "allow = ['tcp/1-100']\nfrom = ['x']\nto = ['t']"},
    {"Target", "deny = ['tcp/1-100']\nfrom = ['x']\nto = ['c']"},
    {"NoTarget", "deny = ['tcp/1-100']\nfrom = ['x']"},
    {"Tier", "deny = ['tcp/1-100']\nfrom = ['x']\nto = ['t']\ntier = 1"},
};

INSTANTIATE_TEST_SUITE_P(By, RowComparisonChanged, testing::ValuesIn(kChanged),
                         [](const auto& changed) { return std::string(changed.param.name); });

TEST(RowComparison, TakesRulesForAlikeThatSayTheSameInOtherWords) {
  const std::string renamed = rule("other", "deny = ['tcp/1-50', 'tcp/51-100']\nfrom = ['x']\nto = ['tag:web']");
  EXPECT_TRUE(Compared(estate(kFirst + kSecond), estate(kFirst + renamed)).of("x").none());
}

TEST(RowComparison, TakesRulesForAlikeThatNameTheirTargetsInAnotherOrder) {
  const std::string shell = "allow = ['tcp/22']\nfrom = ['a']\n";
  EXPECT_TRUE(Compared(estate(rule("r", shell + "to = ['b', 'c']")), estate(rule("r", shell + "to = ['c', 'b']")))
                  .of("x")
                  .none());
}

TEST(RowComparison, TakesSystemsForTheSameWhereverTheyStandInTheirFile) {
  const std::string zones = "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\n";
  const std::string one = "[system.one]\nzone = 'b'\ntags = ['web']\nexposes = ['tcp/80']\n";
  const std::string two = "[system.two]\nzone = 'b'\ntags = ['web']\nexposes = ['tcp/81']\n";
  const std::string web = "[policy.p]\n" + rule("r", "allow = ['tcp']\nfrom = ['a']\nto = ['tag:web']");
  EXPECT_TRUE(Compared(zones + one + two + web, zones + two + one + web).of("x").none());
}

TEST(RowComparison, KnowsNothingOfRulesInAnotherOrder) {
  const Compared turned(estate(kFirst + kSecond), estate(kSecond + kFirst));
  EXPECT_FALSE(turned.of("x").known);
  EXPECT_TRUE(turned.of("y").none()) << "only one of them is about it";
}

TEST(RowComparison, KnowsNothingOfASourceThatIsOnOneSideOnly) {
  const Compared added(estate(kFirst), estate(kFirst) + "[system.extra]\nzone = 'a'\n");
  EXPECT_FALSE(added.of("extra").known);
}

constexpr auto kLink = "[link.ab]\nbetween = ['a', 'b']\n";

std::string replaced(std::string text, const std::string& words, const std::string& by) {
  return text.replace(text.find(words), words.size(), by);
}

TEST(RowComparison, KnowsNothingWherePlacesAreNewGoneOrElsewhere) {
  const std::string now = estate(kFirst);
  for (const std::string& other : {now + "[system.extra]\nzone = 'a'\n", replaced(now, "zone = 'b'", "zone = 'c'")}) {
    EXPECT_FALSE(Compared(now, other).of("x").known) << other;
    EXPECT_FALSE(Compared(other, now).of("x").known) << other;
  }
  EXPECT_FALSE(Compared(now + kLink, now + kLink + "[zone.d]\n").of("x").known);
}

TEST(RowComparison, KnowsNothingWhereLinksJoinOtherZones) {
  const std::string now = estate(kFirst);
  EXPECT_FALSE(Compared(now, now + kLink).of("x").known);
  EXPECT_FALSE(Compared(now + kLink, now).of("x").known);
}

TEST(RowComparison, KnowsNothingWherePoliciesJudgeOtherPairsOrByAnotherDefault) {
  const std::string now = estate(kFirst);
  EXPECT_FALSE(Compared(now, estate("default = 'allow'\n" + kFirst)).of("x").known);
  EXPECT_FALSE(Compared(now, estate("scope = 'all'\n" + kFirst)).of("x").known);
  EXPECT_FALSE(Compared(now, now + "[policy.more]\n").of("x").known);
}

TEST(RowComparison, KnowsARowWhereOtherThingsChange) {
  const std::string links = "[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n";
  const std::string joined = "[link.ab]\nbetween = ['a', 'b']\n[link.ac]\nbetween = ['a', 'c']\n";
  EXPECT_TRUE(Compared(estate(kFirst) + links, estate(kFirst) + joined).of("x").none());
  EXPECT_TRUE(
      Compared(estate(kFirst), estate(kFirst) + "[system.loose]\n[service.app]\nneeds = ['x']\n").of("x").none());
}

}  // namespace
}  // namespace firebreak
