#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "analyzer/flow_comparison.h"
#include "tests/unit/analyzer_change.h"

// Rows before and after side by side: what opens and closes, per kind of sources and targets.

namespace firebreak {
namespace {

using Between = FlowChange::Between;

constexpr auto kEstate =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'a'\n[system.t]\nzone = 'b'\n";

std::string estate(const std::string& more) {
  return kEstate + more;
}
std::string rule(const std::string& says) {
  return "[[policy.p.rule]]\n" + says + "\n";
}
std::string policy(const std::string& more) {
  return estate("[policy.p]\n" + more);
}

class Compared {
 public:
  Compared(const std::string& was, const std::string& is) : change_(was, is), all(change_.versions()) {}

  /// What is said of the flow between two places in different zones.
  [[nodiscard]] std::string across(std::string_view from, std::string_view to) const {
    const OriginId origin = all.kinds.kinds[of(from)].origin;
    const ColumnId column = all.kinds.kinds[of(to)].column;
    for (const auto& [row, origins] : all.alike) {
      if (std::ranges::find(origins, origin) == origins.end()) continue;
      std::string rest;
      for (const CellChange& cell : row) {
        if (!cell.rest && cell.target == column.index()) return text(cell.delta);
        if (cell.rest && cell.target == all.kinds.columns[column].area.index()) rest = text(cell.delta);
      }
      return rest;
    }
    return {};
  }

  /// The same between two places in one zone, before or after.
  [[nodiscard]] std::string inside(std::string_view from, std::string_view to, Between between) const {
    std::string words;
    for (const auto& [key, targets] : all.inside) {
      if (key.from != of(from) || key.between != between) continue;
      if (std::ranges::find(targets, of(to)) != targets.end()) words += word(key.effect, all.deltas[key.ports]);
    }
    return words;
  }

 private:
  [[nodiscard]] KindId of(std::string_view id) const {
    for (const KindId k : ids<KindId>(all.kinds.kinds.size())) {
      if (std::ranges::binary_search(all.kinds.kinds[k].members, change_.pair(id))) return k;
    }
    return {};
  }
  [[nodiscard]] std::string text(DeltaId delta) const {
    std::string words;
    for (std::size_t e = 0; e < kEffects; ++e) {
      if (!all.deltas.ports(delta, e).empty()) words += word(e, all.deltas.ports(delta, e));
    }
    return words;
  }
  [[nodiscard]] static std::string word(std::size_t effect, const PortSet& ports) {
    std::string what = is_opened(effect) ? "opened " : "closed ";
    if (!is_felt(effect)) what = is_opened(effect) ? "permitted " : "forbidden ";
    return "[" + what + to_string(ports) + "]";
  }

  const Change change_;

 public:
  const FlowComparison all;
};

TEST(FlowComparison, FindsNothingWhereNothingChanges) {
  const std::string rules = policy(rule("allow = ['tcp/22']\nfrom = ['x']\nto = ['t']"));
  const Compared same(rules, rules);
  EXPECT_TRUE(same.all.alike.empty());
  EXPECT_TRUE(same.all.inside.empty());
  const std::string idle = rules + rule("deny = ['tcp/80']\nfrom = ['x']\nto = ['t']");
  EXPECT_TRUE(Compared(rules, idle).all.alike.empty()) << "the default denied it";
}

TEST(FlowComparison, SaysOfATargetWhatANewRuleOpensAndAnOldOneCloses) {
  const std::string one = rule("allow = ['tcp/22']\nfrom = ['x']\nto = ['t']");
  const std::string other = rule("allow = ['tcp/80']\nfrom = ['x']\nto = ['t']");
  const Compared changed(policy(one), policy(other));
  EXPECT_EQ(changed.across("x", "t"), "[opened tcp/80][closed tcp/22]");
  EXPECT_EQ(changed.across("x", "c"), "");
  EXPECT_EQ(changed.across("y", "t"), "");
  ASSERT_EQ(changed.all.alike.size(), 1U);
  EXPECT_EQ(changed.all.alike.begin()->first.size(), 1U) << "one target and no rest";
  EXPECT_TRUE(changed.all.inside.empty());
}

TEST(FlowComparison, PutsSourcesTogetherWhoseRowsChangeAlike) {
  const std::string held = rule("allow = ['tcp/22']\nfrom = ['x']\nto = ['c']");
  const Compared changed(policy(held), policy(held + rule("allow = ['tcp/80']\nfrom = ['a']\nto = ['t']")));
  EXPECT_EQ(changed.across("x", "t"), "[opened tcp/80]");
  EXPECT_EQ(changed.across("y", "t"), "[opened tcp/80]");
  ASSERT_EQ(changed.all.alike.size(), 1U);
  EXPECT_EQ(changed.all.alike.begin()->second.size(), 2U);
}

TEST(FlowComparison, SaysOfAllTargetsTogetherWhatNothingSinglesOut) {
  const std::string shell = rule("allow = ['tcp']\nto = ['t']");
  const Compared changed(policy(shell), policy("default = 'allow'\n" + shell + rule("deny = ['udp', 'sctp']")));
  EXPECT_EQ(changed.across("x", "c"), "[opened tcp, icmp]");
  EXPECT_EQ(changed.across("x", "t"), "[opened icmp]");
  ASSERT_EQ(changed.all.alike.size(), 1U);
  const RowChange& row = changed.all.alike.begin()->first;
  ASSERT_EQ(row.size(), 2U);
  EXPECT_TRUE(row[0].rest);
  EXPECT_FALSE(row[1].rest);
}

TEST(FlowComparison, SaysOfTargetsThatOneSideSinglesOutWhatIsTrueOfThem) {
  const std::string narrow = policy("default = 'allow'\n" + rule("deny = ['tcp']\nto = ['t']"));
  EXPECT_EQ(Compared(policy(""), narrow).across("x", "c"), "[opened any]");
  EXPECT_EQ(Compared(policy(""), narrow).across("x", "t"), "[opened udp, sctp, icmp]");
  EXPECT_EQ(Compared(narrow, policy("")).across("x", "t"), "[closed udp, sctp, icmp]");
  const std::string shell = rule("allow = ['udp/1']\nto = ['t']");
  const Compared wide(policy(shell), policy(shell + rule("allow = ['udp/1-2']")));
  EXPECT_EQ(wide.across("x", "c"), "[opened udp/1-2]");
  EXPECT_EQ(wide.across("x", "t"), "[opened udp/2]");
}

TEST(FlowComparison, SinglesOutNoTargetThatIsPermittedWhatAllOthersAre) {
  const std::string idle = rule("deny = ['tcp/22']") + rule("allow = ['tcp/22']\nto = ['t']");
  const Compared changed(policy(idle), policy(idle + rule("allow = ['udp/53']")));
  EXPECT_EQ(changed.across("x", "t"), "[opened udp/53]");
  ASSERT_EQ(changed.all.alike.size(), 1U);
  const RowChange& row = changed.all.alike.begin()->first;
  ASSERT_EQ(row.size(), 1U);
  EXPECT_TRUE(row[0].rest);
}

TEST(FlowComparison, SinglesOutATargetThatStaysAsItWasWhereAllOthersChange) {
  const std::string shell = rule("allow = ['tcp/22']\nto = ['t']");
  const std::string wide = shell + rule("allow = ['tcp/22']");
  const Compared opened(policy(shell), policy(wide));
  EXPECT_EQ(opened.across("x", "c"), "[opened tcp/22]");
  EXPECT_EQ(opened.across("x", "t"), "");
  const Compared closed(policy(wide), policy(shell));
  EXPECT_EQ(closed.across("x", "c"), "[closed tcp/22]");
  EXPECT_EQ(closed.across("x", "t"), "");
}

TEST(FlowComparison, ListsTargetsInTheirOrder) {
  const std::string shell = "allow = ['tcp/22']\nfrom = ['x']\n";
  const Compared moved(policy(rule(shell + "to = ['t']")), policy(rule(shell + "to = ['c']")));
  ASSERT_EQ(moved.all.alike.size(), 1U);
  const RowChange& row = moved.all.alike.begin()->first;
  ASSERT_EQ(row.size(), 2U);
  EXPECT_LT(row[0].target, row[1].target);
}

TEST(FlowComparison, FindsWhatRulesInAnotherOrderChange) {
  const std::string allow = rule("allow = ['tcp/22']\nfrom = ['a']\nto = ['t']");
  const std::string deny = rule("deny = ['tcp']\nfrom = ['x']\nto = ['b']");
  const Compared turned(policy(allow + deny), policy(deny + allow));
  EXPECT_EQ(turned.across("x", "t"), "[closed tcp/22]");
  EXPECT_EQ(turned.across("x", "b"), "");
  EXPECT_EQ(turned.across("y", "t"), "");
}

constexpr auto kLinks = "[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n";
constexpr auto kLink = "[link.ab]\nbetween = ['a', 'b']\n";

TEST(FlowComparison, TellsWhatIsFeltFromWhatIsOnlyPermitted) {
  const std::string shell = "[policy.p]\n" + rule("allow = ['tcp/22']\nfrom = ['a']\nto = ['c']");
  EXPECT_EQ(Compared(estate(kLinks + shell), estate(kLink + shell)).across("x", "c"), "[closed tcp/22]");
  EXPECT_EQ(Compared(estate(kLink + shell), estate(kLinks + shell)).across("x", "c"), "[opened tcp/22]");
  const std::string none = "[policy.p]\n";
  EXPECT_EQ(Compared(estate(kLink + none), estate(kLink + shell)).across("x", "c"), "[permitted tcp/22]");
  EXPECT_EQ(Compared(estate(kLink + shell), estate(kLink + none)).across("x", "c"), "[forbidden tcp/22]");
  const std::string extra = "[system.extra]\nzone = 'c'\n";
  EXPECT_EQ(Compared(estate(kLink), estate(kLink + extra)).across("x", "extra"), "[permitted any]");
  EXPECT_EQ(Compared(estate(kLink + extra), estate(kLink)).across("x", "extra"), "[forbidden any]");
}

TEST(FlowComparison, OpensAndClosesAllOfAPlaceThatIsNewOrGone) {
  const std::string more = estate("[system.extra]\nzone = 'c'\n");
  const Compared added(kEstate, more);
  EXPECT_EQ(added.across("extra", "t"), "[opened any]");
  EXPECT_EQ(added.across("x", "extra"), "[opened any]");
  EXPECT_EQ(added.across("x", "t"), "");
  EXPECT_EQ(added.inside("extra", "c", Between::inside), "[opened any]");
  EXPECT_EQ(added.inside("extra", "extra", Between::inside), "") << "of a system and itself is no pair";
  const Compared removed(more, kEstate);
  EXPECT_EQ(removed.across("x", "extra"), "[closed any]");
  EXPECT_EQ(removed.inside("c", "extra", Between::inside), "[closed any]");
}

TEST(FlowComparison, JudgesPairsInOneZoneByPoliciesThatJudgeInsideZones) {
  const std::string both = "[policy.p]\n[policy.q]\nscope = 'all'\ndefault = 'allow'\n";
  const std::string deny = "[[policy.q.rule]]\ndeny = ['tcp/22']\nto = ['y']\n";
  const Compared denied(estate(both), estate(both + deny));
  EXPECT_EQ(denied.inside("x", "y", Between::inside), "[closed tcp/22]");
  EXPECT_EQ(denied.inside("a", "y", Between::inside), "[closed tcp/22]");
  EXPECT_EQ(denied.inside("y", "x", Between::inside), "");
  EXPECT_EQ(denied.across("t", "y"), "") << "the other policy denies it before and after";
  EXPECT_TRUE(Compared(kEstate, policy("")).all.inside.empty()) << "the policy is between zones";
  for (const auto& [key, targets] : denied.all.inside) {
    EXPECT_EQ(std::set(targets.begin(), targets.end()).size(), targets.size());
  }
}

TEST(FlowComparison, JudgesPairsThatAreRegroupedByTheZonesOfEachSide) {
  const std::string was = policy("");
  std::string is = was;
  is.replace(is.find("'a'", is.find("[system.y]")), 3, "'b'");
  const Compared moved(was, is);
  EXPECT_EQ(moved.inside("x", "y", Between::regrouped), "[closed any]");
  EXPECT_EQ(moved.inside("y", "a", Between::regrouped), "[closed any]");
  EXPECT_EQ(moved.inside("t", "y", Between::regrouped), "[opened any]");
  EXPECT_EQ(moved.inside("t", "y", Between::inside), "");
  EXPECT_EQ(moved.inside("t", "b", Between::inside), "");
}

}  // namespace
}  // namespace firebreak
