#include <array>
#include <gtest/gtest.h>

#include "analyzer/flow_reasons.h"
#include "tests/unit/analyzer_change.h"

// What made a single flow open or close.

namespace firebreak {
namespace {

constexpr auto kZones = "[zone.a]\n[zone.b]\n[zone.c]\n[system.r]\n";
constexpr auto kSystems = "[system.x]\nzone = 'a'\n[system.t]\nzone = 'b'\n";
constexpr auto kPolicy = "[policy.p]\n";

std::string estate(const std::string& more) {
  return std::string(kZones) + kSystems + more;
}
std::string rule(const std::string& name, const std::string& says, const std::string& policy = "p") {
  return "[[policy." + policy + ".rule]]\nname = '" + name + "'\n" + says + "\n";
}

using Words = std::vector<std::string>;

class Reasons {
 public:
  Reasons(const std::string& was, const std::string& is)
      : change_(was, is), before_(run_need(change_.graph_before, {})), after_(run_need(change_.graph_after, {})) {}

  [[nodiscard]] Words opened(std::string_view ports, std::string_view from = "x", std::string_view to = "t") const {
    return words(find(from, to, ports, true, true));
  }
  [[nodiscard]] Words closed(std::string_view ports, std::string_view from = "x", std::string_view to = "t") const {
    return words(find(from, to, ports, false, true));
  }
  [[nodiscard]] Words permitted(std::string_view ports) const { return words(find("x", "t", ports, true, false)); }

  [[nodiscard]] std::set<FlowReason> find(std::string_view from, std::string_view to, std::string_view ports,
                                          bool opened, bool felt, std::set<FlowReason> reasons = {}) const {
    const ReasonFinder finder(change_.versions(), before_, after_);
    finder.find(change_.pair(from), change_.pair(to), *parse_ports(ports), opened, felt, reasons);
    return reasons;
  }
  [[nodiscard]] Words words(const std::set<FlowReason>& reasons) const {
    Words all;
    for (const FlowReason& reason : reasons) all.push_back(word(reason));
    return all;
  }

 private:
  [[nodiscard]] std::string word(const FlowReason& reason) const {
    constexpr std::array kTypes{"rule", "otherwise", "gone policy", "place", "link"};
    const Topology& topology = reason.after ? change_.after : change_.before;
    std::string text = kTypes.at(static_cast<std::size_t>(reason.type));
    text += reason.after ? " now" : " before";
    if (reason.policy.valid()) text += " " + std::string(topology.policies[reason.policy].id);
    if (reason.rule.valid()) text += " " + std::string(topology.rules[reason.rule].name);
    if (reason.node.valid()) text += " " + std::string(topology.nodes[reason.node].id);
    return text;
  }

  const Change change_;
  const NeedRun before_;
  const NeedRun after_;
};

TEST(FlowReasons, NameTheRuleThatDecidesNow) {
  const std::string allow = rule("R1", "allow = ['tcp/1-50']\nfrom = ['a']") + rule("R2", "allow = ['tcp/51-100']");
  const Reasons added(estate(kPolicy), estate(kPolicy + allow));
  EXPECT_EQ(added.opened("tcp/22"), Words{"rule now p R1"});
  EXPECT_EQ(added.opened("tcp/80"), Words{"rule now p R2"});
  EXPECT_EQ(added.opened("tcp/40-60"), (Words{"rule now p R1", "rule now p R2"}));
  const std::string deny = rule("D", "deny = ['tcp/22']\nto = ['t']");
  EXPECT_EQ(Reasons(estate(kPolicy + allow), estate(kPolicy + deny + allow)).closed("tcp/22"), Words{"rule now p D"});
}

TEST(FlowReasons, NameThePolicyThatDecidesNowByItsDefault) {
  const std::string allow = rule("R", "allow = ['tcp/22']");
  EXPECT_EQ(Reasons(estate(kPolicy + allow), estate(kPolicy)).closed("tcp/22"), Words{"otherwise now p"});
  const std::string open = std::string(kPolicy) + "default = 'allow'\n";
  EXPECT_EQ(Reasons(estate(kPolicy), estate(open)).opened("tcp/22"), Words{"otherwise now p"});
}

TEST(FlowReasons, NameEveryPolicyThatDeniesNow) {
  const std::string two = "[policy.q]\n[policy.s]\n" + rule("D", "deny = ['tcp/22']", "s");
  EXPECT_EQ(Reasons(estate(""), estate(two)).closed("tcp/22"), (Words{"rule now s D", "otherwise now q"}));
  const std::string parts = "[policy.q]\ndefault = 'allow'\n" + rule("E", "deny = ['tcp/40-50']", "q") +
                            "[policy.s]\ndefault = 'allow'\n" + rule("F", "deny = ['tcp/51-60']", "s");
  EXPECT_EQ(Reasons(estate(""), estate(parts)).closed("tcp/40-60"), (Words{"rule now q E", "rule now s F"}));
}

TEST(FlowReasons, NameOnlyThePoliciesThatDeniedBefore) {
  const std::string other = "[policy.q]\ndefault = 'allow'\n";
  EXPECT_EQ(
      Reasons(estate(kPolicy + other), estate(kPolicy + rule("R", "allow = ['tcp/22']") + other)).opened("tcp/22"),
      Words{"rule now p R"});
  EXPECT_EQ(Reasons(estate(kPolicy + other), estate(other)).opened("tcp/22"), Words{"gone policy before p"});
  EXPECT_EQ(Reasons(estate(kPolicy + other), estate("")).opened("tcp/22"), Words{"gone policy before p"});
}

// Of two policies each denied one of two ports before: it is named by the rule that allows that one now.
TEST(FlowReasons, NameOnlyTheRulesOfThePortsThatAPolicyDeniedBefore) {
  const std::string p80 = "[policy.p]\n" + rule("P80", "allow = ['tcp/80']");
  const std::string q81 = "[policy.q]\n" + rule("Q81", "allow = ['tcp/81']", "q");
  const Reasons both(estate(p80 + q81),
                     estate(p80 + rule("P81", "allow = ['tcp/81']") + q81 + rule("Q80", "allow = ['tcp/80']", "q")));
  EXPECT_EQ(both.opened("tcp/80-81"), (Words{"rule now p P81", "rule now q Q80"}));
}

constexpr auto kInside = "[zone.a]\n[system.x]\nzone = 'a'\n[system.t]\nzone = 'a'\n[policy.p]\n";

TEST(FlowReasons, NameOnlyPoliciesThatJudgeInsideTheZoneOfTheTwo) {
  const std::string all = "[policy.q]\nscope = 'all'\n";
  EXPECT_EQ(Reasons(kInside + all, kInside + all + rule("R", "allow = ['tcp/22']", "q")).opened("tcp/22"),
            Words{"rule now q R"});
  EXPECT_EQ(Reasons(kInside + all, kInside + std::string("[policy.trial]\n")).opened("tcp/22"),
            Words{"gone policy before q"});
}

TEST(FlowReasons, NameAPolicyThatJudgesNoLongerAndWhatStandsInForIt) {
  EXPECT_EQ(Reasons(estate(kPolicy), estate("")).opened("tcp/22"), Words{"gone policy before p"});
  const std::string trial =
      std::string(kPolicy) + "[policy.trial]\nreplaces = ['p']\n" + rule("R", "allow = ['tcp/22']", "trial");
  EXPECT_EQ(Reasons(estate(kPolicy), estate(trial)).opened("tcp/22"),
            (Words{"rule now trial R", "gone policy before p"}));
  const std::string inside = kInside;
  EXPECT_EQ(Reasons(inside + "scope = 'all'\n", inside).opened("tcp/22"), Words{"gone policy before p"});
}

TEST(FlowReasons, NameAnEndThatIsNewGoneOrElsewhereAndNothingElse) {
  const std::string alone = std::string(kZones) + "[system.x]\nzone = 'a'\n";
  const std::string moved = alone + "[system.t]\nzone = 'c'\n";
  const std::string outside = alone + "[system.t]\n";
  const std::string allow = kPolicy + rule("R", "allow = ['tcp/22']\nto = ['c']");
  EXPECT_EQ(Reasons(alone, estate("")).opened("any"), Words{"place now t"});
  EXPECT_EQ(Reasons(estate(""), alone).closed("any"), Words{"place before t"});
  EXPECT_EQ(Reasons(estate(allow), moved + allow).opened("tcp/22"), Words{"place now t"});
  EXPECT_EQ(Reasons(moved + allow, estate(allow)).closed("tcp/22"), Words{"place now t"});
  EXPECT_EQ(Reasons(estate(""), outside).closed("any"), Words{"place before t"});
  EXPECT_EQ(Reasons(outside, estate("")).opened("any"), Words{"place now t"});
  const std::string swapped = std::string(kZones) + "[system.x]\nzone = 'b'\n[system.t]\nzone = 'a'\n";
  EXPECT_EQ(Reasons(estate(allow), swapped).opened("any"), (Words{"place now x", "place now t"}));
}

constexpr auto kJoined = "[link.ac]\nbetween = ['a', 'c']\n[link.cb]\nbetween = ['c', 'b']\nneeds = ['r']\n";

TEST(FlowReasons, NameTheLinksThatJoinTheTwoNowOrDidBefore) {
  const std::string first = "[link.ac]\nbetween = ['a', 'c']\n";
  EXPECT_EQ(Reasons(estate(first), estate(kJoined)).opened("any"), Words{"link now cb"});
  EXPECT_EQ(Reasons(estate(kJoined), estate(first)).closed("any"), Words{"link before cb"});
  const std::string turned = first + "[link.cb]\nbetween = ['c', 'a']\n";
  EXPECT_EQ(Reasons(estate(kJoined), estate(turned)).closed("any"), Words{"link before cb"});
}

TEST(FlowReasons, NameALinkThatFailsWithNoAction) {
  std::string failing = estate(kJoined);
  failing.insert(failing.find("[system.r]\n") + 11, "zone = 'a'\nneeds = [{ on = 't', port = 'tcp/9' }]\n");
  EXPECT_EQ(Reasons(failing, failing + kPolicy + rule("R", "allow = ['tcp/22']")).closed("tcp/22"),
            Words{"link before cb"});
}

TEST(FlowReasons, NameNoLinkWhereThereAreNoneAtAll) {
  const std::string apart = "[link.ac]\nbetween = ['a', 'c']\n";
  EXPECT_EQ(Reasons(estate(apart), estate("")).opened("any"), Words{"link now"});
  EXPECT_EQ(Reasons(estate(""), estate(apart)).closed("any"), Words{"link before"});
}

TEST(FlowReasons, LookForLinksOnlyWhereTheChangeIsFelt) {
  const std::string apart = "[link.ac]\nbetween = ['a', 'c']\n";
  const std::string allow = kPolicy + rule("R", "allow = ['tcp/22']");
  const Reasons both(estate(apart + kPolicy), estate(kJoined + allow));
  EXPECT_EQ(both.permitted("tcp/22"), Words{"rule now p R"});
  EXPECT_EQ(both.opened("tcp/22"), (Words{"rule now p R", "link now cb"}));
}

TEST(FlowReasons, AreAppendedToThoseThatAreKnown) {
  const Reasons gone(estate(kPolicy), estate(""));
  const std::set<FlowReason> known{{FlowReason::Type::place, true, {}, {}, NodeId(0)}};
  EXPECT_EQ(gone.words(gone.find("x", "t", "tcp/22", true, true, known)),
            (Words{"gone policy before p", "place now a"}));
}

}  // namespace
}  // namespace firebreak
