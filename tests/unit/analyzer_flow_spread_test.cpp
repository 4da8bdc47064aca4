#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/dark.h"
#include "analyzer/flow_spread.h"
#include "tests/support/toml.h"

// What flows from one group of systems after the other take.

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;
using Names = std::vector<std::string>;

class Flows {
 public:
  explicit Flows(std::string_view toml, const ScenarioWords& words = {})
      : topology_(from_toml(toml)),
        graph_(compile(topology_)),
        actions_(scenario(topology_, words)),
        mask_(graph_, actions_),
        run_(run_need(graph_, actions_)),
        spread_(mask_, components_at_once(graph_, run_), find_dark(mask_, run_)) {}

  /// In source order; whether the sender itself is among them says nothing.
  [[nodiscard]] Names taken_from(std::string_view id) {
    std::vector<NodeId> taken;
    spread_.spread_from(sender(id), [&](NodeId n) { taken.push_back(n); });
    std::ranges::sort(taken);
    Names all;
    for (const NodeId n : taken) {
      if (n != topology_.find(id)) all.emplace_back(topology_.nodes[n].id);
    }
    return all;
  }
  [[nodiscard]] bool sends(std::string_view from, std::string_view to, std::string_view ports) const {
    return spread_.can_send(sender(from), topology_.find(to), *parse_ports(ports));
  }
  [[nodiscard]] GroupId sender(std::string_view id) const { return spread_.sender(topology_.find(id)); }
  [[nodiscard]] bool able(std::string_view id) const { return spread_.able(topology_.find(id)); }
  [[nodiscard]] bool can_be_taken(std::string_view id) const { return spread_.can_be_taken(topology_.find(id)); }
  [[nodiscard]] std::size_t groups() const { return spread_.group_count(); }

 private:
  const Topology topology_;
  const Graph graph_;
  const Scenario actions_;
  const Mask mask_;
  const NeedRun run_;
  FlowSpread spread_;
};

constexpr auto kOffice =
    "[zone.office]\n[zone.servers]\n[system.pc]\nzone = 'office'\nexposes = ['tcp/3389']\n"
    "[system.file]\nzone = 'servers'\nexposes = ['tcp/445']\n[system.web]\nzone = 'servers'\nexposes = ['tcp/443']\n"
    "[system.vault]\nzone = 'servers'\nexposes = []\n[system.hard]\nzone = 'servers'\neffort = 'never'\n"
    "[system.loose]\n"
    "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/445']\nfrom = ['office']\nto = ['servers']\n";

TEST(FlowSpread, TakesWhatPoliciesPermitToPortsThatAreExposed) {
  EXPECT_EQ(Flows(kOffice).taken_from("pc"), Names{"file"});
  EXPECT_EQ(Flows(kOffice).taken_from("vault"), (Names{"file", "web"})) << "inside the zone no policy judges";
}

TEST(FlowSpread, TakesNothingThatWasTakenBefore) {
  Flows flows(kOffice);
  EXPECT_EQ(flows.taken_from("pc"), Names{"file"});
  EXPECT_EQ(flows.taken_from("vault"), Names{"web"});
  EXPECT_EQ(flows.taken_from("file"), Names{});
}

TEST(FlowSpread, TakesAllMembersOfAGroupAtOnce) {
  const std::string pool = std::string(kOffice) + "[system.nas]\nzone = 'servers'\nexposes = ['tcp/445']\n";
  EXPECT_EQ(Flows(pool).taken_from("pc"), (Names{"file", "nas"}));
  EXPECT_EQ(Flows(pool).groups(), Flows(kOffice).groups());
  Flows half(pool, {.off = {"file"}});
  EXPECT_FALSE(half.can_be_taken("file"));
  EXPECT_TRUE(half.can_be_taken("nas"));
  EXPECT_EQ(half.taken_from("pc"), Names{"nas"});
}

TEST(FlowSpread, CanOnlyTakeWhatListensAndIsNotHardened) {
  const Flows flows(kOffice);
  EXPECT_TRUE(flows.can_be_taken("file"));
  for (const char* id : {"vault", "hard"}) {
    EXPECT_FALSE(flows.can_be_taken(id));
    EXPECT_TRUE(flows.sender(id).valid()) << "it can still send";
  }
}

TEST(FlowSpread, LeavesOutWhatIsDarkIsolatedOrInNoZone) {
  const std::string hosted = std::string(kOffice) +
                             "[site.hq]\n[system.esx]\n[system.guest]\nzone = 'servers'\nruns_on = 'esx'\n"
                             "[system.local]\nzone = 'servers'\nsite = 'hq'\n";
  const Flows flows(hosted, {.off = {"file", "esx", "hq"}, .isolate = {"web"}});
  for (const char* id : {"file", "guest", "local", "web", "loose"}) {
    EXPECT_FALSE(flows.able(id)) << id;
    EXPECT_FALSE(flows.sender(id).valid()) << id;
    EXPECT_FALSE(flows.can_be_taken(id)) << id;
  }
  EXPECT_TRUE(flows.able("vault"));
  EXPECT_FALSE(flows.sender("office").valid()) << "hosts that are not modelled are never taken";
}

TEST(FlowSpread, PassesNoBorderThatIsIsolated) {
  EXPECT_EQ(Flows(kOffice, {.isolate = {"servers"}}).taken_from("pc"), Names{});
  EXPECT_EQ(Flows(kOffice, {.isolate = {"servers"}}).taken_from("vault"), (Names{"file", "web"}));
  EXPECT_FALSE(Flows(kOffice, {.isolate = {"office"}}).sends("pc", "file", "tcp/445"));
}

TEST(FlowSpread, PassesOnlyLinksThatWork) {
  const std::string linked = std::string(kOffice) + "[link.wire]\nbetween = ['office', 'servers']\n";
  EXPECT_EQ(Flows(linked).taken_from("pc"), Names{"file"});
  EXPECT_EQ(Flows(linked, {.off = {"wire"}}).taken_from("pc"), Names{});
  EXPECT_FALSE(Flows(linked, {.off = {"wire"}}).sends("pc", "file", "tcp/445"));
}

TEST(FlowSpread, FollowsBlocksAndAllowsBeforePolicies) {
  EXPECT_EQ(Flows(kOffice, {.block = {"pc -> file tcp/445"}}).taken_from("pc"), Names{});
  EXPECT_EQ(Flows(kOffice, {.block = {"pc -> file tcp/22"}}).taken_from("pc"), Names{"file"});
  EXPECT_EQ(Flows(kOffice, {.allow = {"pc -> web tcp/443"}}).taken_from("pc"), (Names{"file", "web"}));
}

TEST(FlowSpread, SendsWhateverTheTargetExposes) {
  const Flows flows(kOffice);
  EXPECT_TRUE(flows.sends("pc", "vault", "tcp/445"));
  EXPECT_TRUE(flows.sends("pc", "vault", "tcp"));
  EXPECT_FALSE(flows.sends("pc", "web", "tcp/443"));
  EXPECT_TRUE(flows.sends("file", "web", "tcp/22"));
}

/// A zone with two systems and thirty with one each, so many that targets are found over the rules.
std::string campus(const std::string& policies) {
  std::string text = "[zone.hub]\n[system.start]\nzone = 'hub'\n[system.mate]\nzone = 'hub'\nexposes = ['tcp/80']\n";
  for (int i = 1; i <= 30; ++i) {
    text += fmt::format("[zone.z{0}]\n[system.s{0}]\nzone = 'z{0}'\nexposes = ['tcp/80']\n", i);
    if (i >= 29) text += "tags = ['pool']\n";
  }
  return text + policies;
}
std::string rule(const std::string& says) {
  return "[[policy.p.rule]]\n" + says + "\n";
}

TEST(FlowSpread, TakesOfManyTargetsThoseThatRulesAllow) {
  const std::string rules = rule("deny = ['tcp/80']\nfrom = ['hub']\nto = ['s6']") +
                            rule("allow = ['tcp/80']\nfrom = ['hub']\nto = ['s3']") +
                            rule("allow = ['tcp/22']\nfrom = ['hub']\nto = ['s5', 's8']") +
                            rule("allow = ['tcp/1-100']\nfrom = ['start']\nto = ['s6', 's8', 'z9']") +
                            rule("allow = ['tcp/80']\nfrom = ['z3']\nto = ['s6', 'z10', 's8', 'tag:pool']");
  Flows flows(campus("[policy.p]\n" + rules));
  EXPECT_EQ(flows.taken_from("start"), (Names{"mate", "s3", "s8", "s9"}));
  EXPECT_EQ(flows.taken_from("s3"), (Names{"s6", "s10", "s29", "s30"}));
}

TEST(FlowSpread, TakesOfManyTargetsThoseThatAnAllowOpens) {
  const Flows none(campus("[policy.p]\n"));
  EXPECT_FALSE(none.sends("start", "s7", "tcp/80"));
  Flows opened(campus("[policy.p]\n"), {.allow = {"start -> s7 tcp/80", "mate -> s8 tcp/80", "start -> s9 tcp/22"}});
  EXPECT_EQ(opened.taken_from("start"), (Names{"mate", "s7"}));
}

TEST(FlowSpread, TakesOfManyTargetsNoneBehindABorder) {
  const std::string rules = "[policy.p]\n" + rule("allow = ['tcp/80']\nfrom = ['hub']\nto = ['s3', 's4']");
  EXPECT_EQ(Flows(campus(rules), {.isolate = {"z3"}}).taken_from("start"), (Names{"mate", "s4"}));
}

TEST(FlowSpread, TakesAllOfManyTargetsThatNothingDenies) {
  EXPECT_EQ(Flows(campus("")).taken_from("start").size(), 31U);
  EXPECT_EQ(Flows(campus("[policy.p]\ndefault = 'allow'\n")).taken_from("start").size(), 31U);
  EXPECT_EQ(Flows(campus("[policy.p]\n" + rule("allow = ['tcp/80']"))).taken_from("start").size(), 31U);
  EXPECT_EQ(Flows(campus("[policy.p]\n" + rule("allow = ['tcp/22']"))).taken_from("start"), Names{"mate"});
}

TEST(FlowSpread, TakesOfManyTargetsThoseWhosePortsAreUnknown) {
  const std::string rules = "[zone.far]\n[system.open]\nzone = 'far'\n[policy.p]\n" +
                            rule("allow = ['tcp/22']\nfrom = ['hub']\nto = ['open', 's3']");
  EXPECT_EQ(Flows(campus(rules)).taken_from("start"), (Names{"mate", "open"}));
}

// The ports of the rules that hold one source play no part for the next.
TEST(FlowSpread, TakesOfManyTargetsEachSourceByItsOwnRules) {
  const std::string rules = "[policy.p]\n" + rule("allow = ['tcp/22']\nfrom = ['start']\nto = ['tag:pool']") +
                            rule("allow = ['tcp/80']\nfrom = ['z3']");
  Flows flows(campus(rules));
  EXPECT_EQ(flows.taken_from("start"), Names{"mate"});
  EXPECT_EQ(flows.taken_from("s3").size(), 29U) << "all others of the thirty";
}

TEST(FlowSpread, TakesOfManyTargetsThoseThatEveryPolicyAllows) {
  const std::string all = "[policy.q]\nscope = 'all'\n[[policy.q.rule]]\nallow = ['tcp/80']\nto = ['s1', 's2']\n";
  const std::string outer = "[policy.p]\n" + rule("allow = ['tcp/80']\nto = ['s2', 's3']");
  EXPECT_EQ(Flows(campus(outer + all)).taken_from("start"), Names{"s2"}) << "and nothing in its own zone";
}

}  // namespace
}  // namespace firebreak
