#include <gtest/gtest.h>

#include "analyzer/containment/step_cuts.h"
#include "tests/unit/analyzer_cuts.h"

// What stops one step of an attack, part by part.

namespace firebreak {
namespace {

using Type = Action::Type;

class Parts : public Grounds {
 public:
  using Grounds::Grounds;

  /// What a call finds.
  template <class Call>
  [[nodiscard]] std::string found(Call call) {
    call(parts);
    const std::vector<CutId> taken = parts.take();
    EXPECT_EQ(std::ranges::adjacent_find(taken, std::greater_equal<>()), taken.end()) << "ascending, each once";
    return texts(taken);
  }
  [[nodiscard]] std::string lit(std::string_view id) {
    return found([&](StepCuts& of) { of.lit((*this)[id]); });
  }
  [[nodiscard]] std::string passes(std::string_view from, std::string_view to, std::string_view ports) {
    return found([&](StepCuts& of) { of.passes((*this)[from], (*this)[to], *parse_ports(ports)); });
  }
  [[nodiscard]] std::string enters(std::string_view from, std::string_view to) {
    return found([&](StepCuts& of) { of.enters((*this)[from], (*this)[to]); });
  }

 private:
  Mask mask_{graph, scenario};
  NeedRun run_ = run_need(graph, scenario);

 public:
  StepCuts parts{mask_, run_, cuts};
};

TEST(StepCuts, OfASystemThatNothingHangsOnAreItsPlug) {
  Parts parts("[zone.z]\n[system.pc]\nzone = 'z'\n");
  const auto able = [&](StepCuts& of) { of.able(parts["pc"]); };
  EXPECT_EQ(parts.found(able), "isolate pc");
  EXPECT_EQ(parts.found([](StepCuts&) {}), "") << "what was taken is not found again";
  EXPECT_EQ(parts.found(able), "isolate pc") << "unless it is asked for again";
  EXPECT_EQ(parts.lit("pc"), "") << "dark it is when it is off, which unplugging it does as well";
}

TEST(StepCuts, AreNoneWhereNothingMayBeDone) {
  Parts parts("[zone.z]\n[system.pc]\nzone = 'z'\n", {}, {.cannot = {"pc"}});
  EXPECT_EQ(parts.found([&](StepCuts& of) { of.able(parts["pc"]); }), "");
}

TEST(StepCuts, OfLightAreTheWholeStackOfHostsAndTheirSites) {
  Parts parts(
      "[site.campus]\n[site.hall]\nparent = 'campus'\nneeds = ['ups']\n[system.ups]\n[system.metal]\nsite = 'hall'\n"
      "[system.esx]\nruns_on = 'metal'\n[system.vm]\nruns_on = 'esx'\n[system.other]\nruns_on = 'esx'\n");
  EXPECT_EQ(parts.lit("vm"), "off esx, off metal, off ups, off vm");
  EXPECT_EQ(parts.found([&](StepCuts& of) { of.able(parts["vm"]); }),
            "isolate vm, off esx, off metal, off ups, off vm");
}

TEST(StepCuts, OfIdentitiesDisableThemAndOfSystemsAreNone) {
  Parts parts("[zone.z]\n[system.pc]\nzone = 'z'\n[system.vm]\nruns_on = 'pc'\n[identity.admin]\n");
  EXPECT_EQ(parts.found([&](StepCuts& of) { of.enabled(parts["admin"]); }), "disable admin");
  EXPECT_EQ(parts.found([&](StepCuts& of) { of.enabled(parts["pc"]); }), "");
}

/// A server in a hall that stands while enough of its three feeds do.
std::string fed(std::string_view needs) {
  return fmt::format("[system.a]\n[system.b]\n[system.c]\n[site.hall]\nneeds = [{}]\n[system.server]\nsite = 'hall'\n",
                     needs);
}

TEST(StepCuts, OfAGroupAreAsManyAsItTakesToStand) {
  EXPECT_EQ(Parts(fed("'a', 'b', 'c'")).lit("server"), "off a, off b, off c");
  EXPECT_EQ(Parts(fed("{ at_least = 2, of = ['a', 'b', 'c'] }")).lit("server"), "off a, off b");
  EXPECT_EQ(Parts(fed("{ any = ['a', 'b', 'c'] }")).lit("server"), "off a");
}

TEST(StepCuts, LeaveOutWhatIsLostAlreadyAndHoldWhatIsLeft) {
  EXPECT_EQ(Parts(fed("{ at_least = 2, of = ['a', 'b', 'c'] }"), {.off = {"a"}}).lit("server"), "off b, off c");
}

TEST(StepCuts, LeaveOutWhatIsNotFeltAtOnce) {
  EXPECT_EQ(Parts(fed("'a', { on = 'b', soft = true }, { on = 'c', grace = '1h' }")).lit("server"), "off a");
}

TEST(StepCuts, AreNoneOfAGroupThatStandsForAWhile) {
  EXPECT_EQ(Parts(fed("{ any = ['a', { on = 'b', grace = '1h' }] }")).lit("server"), "");
}

// The first of the group is held through the second need anyway.
TEST(StepCuts, HoldAGroupByWhatIsHeldAlready) {
  EXPECT_EQ(Parts(fed("'c', { any = ['a', 'b', 'c'] }")).lit("server"), "off c");
}

TEST(StepCuts, GoAroundACircleOnce) {
  Parts parts(
      "[system.a]\nneeds = ['b']\n[system.b]\nneeds = [{ any = ['a', 'spare'] }]\n[system.spare]\n"
      "[site.hall]\nneeds = ['a']\n[system.server]\nsite = 'hall'\n");
  EXPECT_EQ(parts.lit("server"), "isolate a, isolate b, off a, off b")
      << "a and b hold each other up, without the spare one";
}

TEST(StepCuts, ShareASiteThatBothStandIn) {
  Parts parts("[system.ups]\n[site.hall]\nneeds = ['ups']\n[system.one]\nsite = 'hall'\n[system.two]\nsite = 'hall'\n");
  const auto both = [&](StepCuts& of) {
    of.lit(parts["one"]);
    of.lit(parts["two"]);
  };
  EXPECT_EQ(parts.found(both), "off ups");
  EXPECT_EQ(parts.found(both), "off ups") << "however often it is asked";
}

constexpr auto kZones =
    "[zone.world]\n[zone.a]\nparent = 'world'\n[zone.b]\nparent = 'world'\n[zone.far]\n"
    "[system.pc]\nzone = 'a'\n[system.mate]\nzone = 'a'\n[system.vault]\nzone = 'b'\n[system.remote]\nzone = 'far'\n";

TEST(StepCuts, OfAFlowAreTheBordersAroundOneEndAndTheBlocksBetweenBoth) {
  Parts parts(kZones);
  EXPECT_EQ(parts.passes("pc", "vault", "any"), "a -> b, a -> world, isolate a, isolate b, world -> b");
  EXPECT_EQ(parts.passes("pc", "remote", "any"), "a -> far, isolate a, isolate far, isolate world, world -> far");
}

TEST(StepCuts, OfAFlowWithinAZoneAreNoBordersAndOnlyTheBlocksAroundIt) {
  EXPECT_EQ(Parts(kZones).passes("pc", "mate", "any"), "a -> world, world -> a");
}

TEST(StepCuts, OfAFlowLeaveOutBordersThatAreClosedAndZonesThatMayNotBe) {
  Parts parts(kZones, {}, {.cannot = {"a"}, .without = {Type::block_zones}});
  EXPECT_EQ(parts.passes("pc", "vault", "any"), "isolate b");
}

TEST(StepCuts, OfAPivotAreTheBordersAroundItsTarget) {
  Parts parts(kZones);
  EXPECT_EQ(parts.enters("pc", "remote"), "isolate far");
  EXPECT_EQ(parts.enters("remote", "pc"), "isolate a, isolate world");
  EXPECT_EQ(parts.enters("pc", "mate"), "");
}

constexpr auto kRules =
    "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.vault]\nzone = 'b'\n[policy.fw]\n"
    "[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['a']\nto = ['b']\n"
    "[[policy.fw.rule]]\nallow = ['tcp/22', 'tcp/80']\nfrom = ['pc']\nto = ['vault']\n"
    "[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['b']\nto = ['a']\n";

TEST(StepCuts, OfAFlowAreTheRulesThatAllowItsPort) {
  Parts parts(kRules, {}, {.without = {Type::block_zones, Type::isolate_zone}});
  EXPECT_EQ(parts.passes("pc", "vault", "tcp/22"), "rule 0, rule 1");
  EXPECT_EQ(parts.passes("pc", "vault", "tcp/80"), "rule 1");
  EXPECT_EQ(parts.passes("pc", "vault", "tcp/23-443"), "rule 1") << "of the port that is open";
}

TEST(StepCuts, OfFlowsOnSeveralPortsAreTheLeastRules) {
  Parts parts(kRules);
  const auto rules_on = [&](std::string_view ports) {
    std::vector<std::string> all;
    for (const std::vector<CutId>& one : parts.parts.rules_on(parts["pc"], parts["vault"], *parse_ports(ports))) {
      all.push_back(parts.texts(one));
    }
    return fmt::format("{}", fmt::join(all, "; "));
  };
  EXPECT_EQ(rules_on("tcp/22"), "rule 0, rule 1");
  EXPECT_EQ(rules_on("tcp/22-80"), "") << "no rule is about tcp/23";
  EXPECT_EQ(rules_on("tcp/80-81"), "") << "no rule is about tcp/81";
  EXPECT_EQ(rules_on("udp/1-65535"), "");
  EXPECT_EQ(parts.texts(parts.parts.take()), "") << "nothing of it is found besides";
}

constexpr auto kLinked =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.r1]\n[system.r2]\n[system.r3]\n[system.pc]\nzone = 'a'\n"
    "[system.vault]\nzone = 'c'\n[link.ab]\nbetween = ['a', 'b']\nneeds = ['r1']\n"
    "[link.bc]\nbetween = ['b', 'c']\nneeds = [{ any = ['r2', 'r3'] }]\n";

TEST(StepCuts, OfAFlowAreTheRoutersOfTheLinksItGoesOver) {
  const Barred only_systems{.without = {Type::block_zones, Type::isolate_zone}};
  EXPECT_EQ(Parts(kLinked, {}, only_systems).passes("pc", "vault", "any"), "isolate r1, isolate r2, off r1, off r2");
  EXPECT_EQ(Parts(kLinked, {.off = {"r2"}}, only_systems).passes("pc", "vault", "any"),
            "isolate r1, isolate r3, off r1, off r3");
  EXPECT_EQ(Parts(kLinked, {}, only_systems).enters("pc", "vault"), "") << "a pivot needs no links";
}

// The site's only feed is monitored from another zone, over a link.
TEST(StepCuts, OfANeedThatHoldsSomethingUpAreWhatSeversIt) {
  Parts parts(
      "[zone.world]\n[zone.plant]\nparent = 'world'\n[zone.a]\nparent = 'plant'\n[zone.b]\nparent = 'world'\n"
      "[system.router]\n[system.ups]\nzone = 'a'\n"
      "needs = [{ on = 'control', port = 'tcp/161' }]\n[system.control]\nzone = 'b'\n"
      "[link.ab]\nbetween = ['a', 'b']\nneeds = ['router']\n[site.hall]\nneeds = ['ups']\n"
      "[system.server]\nsite = 'hall'\n[policy.fw]\n"
      "[[policy.fw.rule]]\nallow = ['tcp/161']\nfrom = ['a']\nto = ['b']\n");
  EXPECT_EQ(parts.lit("server"),
            "a -> b, a -> world, isolate a, isolate b, isolate control, isolate plant, isolate router, isolate ups, "
            "off control, off router, off ups, plant -> b, plant -> world, rule 0, world -> b");
}

}  // namespace
}  // namespace firebreak
