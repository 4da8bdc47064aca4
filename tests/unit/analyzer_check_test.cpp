#include <algorithm>
#include <gtest/gtest.h>

#include "firebreak/check.h"

#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

constexpr auto kEstate =
    "[zone.internet]\n[zone.office]\n[zone.servers]\n"
    "[system.pc]\nzone = 'office'\n[system.web]\nzone = 'servers'\ntags = ['front']\n[system.web2]\nzone = "
    "'servers'\ntags = ['front']\n"
    "[system.db]\nzone = 'servers'\ntags = ['back']\n"
    "[service.shop]\nneeds = [{ any = ['web', 'web2'] }, 'db']\n"
    "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/443']\nfrom = ['internet', 'office']\nto = ['servers']\n";

RequireVerdict verdict(std::string_view require) {
  const Topology topology = from_toml(std::string(kEstate) + "[require.r]\n" + std::string(require));
  const Graph graph = compile(topology);
  return judge(graph, resolve(topology, topology.requires_all[RequireId(0)]));
}

TEST(Require, NeverReaches) {
  EXPECT_TRUE(verdict("never_reaches = { from = ['servers'], to = ['pc'] }").holds);
  const RequireVerdict broken = verdict("never_reaches = { from = ['pc'], to = ['db'] }");
  EXPECT_FALSE(broken.holds);
  EXPECT_EQ(broken.path.size(), 2U);
}

TEST(Require, ReachesAtMost) {
  EXPECT_TRUE(verdict("reaches_at_most = { from = ['pc'], count = 3 }").holds);
  const RequireVerdict broken = verdict("reaches_at_most = { from = ['pc'], count = 2 }");
  EXPECT_FALSE(broken.holds);
  EXPECT_EQ(broken.reached, 3U);
  EXPECT_TRUE(verdict("reaches_at_most = { from = ['*'], count = 0 }").holds) << "together they leave nothing to reach";
  const RequireVerdict each = verdict("reaches_at_most = { from = ['*'], count = 2, each = true }");
  EXPECT_FALSE(each.holds);
  EXPECT_TRUE(each.start.valid());
}

TEST(Require, Survives) {
  EXPECT_TRUE(verdict("survives = { services = ['shop'], any = 1, of = ['tag:front'] }").holds);
  const RequireVerdict both = verdict("survives = { services = ['shop'], any = 2, of = ['tag:front'] }");
  EXPECT_FALSE(both.holds);
  EXPECT_EQ(both.losses.size(), 2U);
  const RequireVerdict one = verdict("survives = { services = ['shop'], any = 2, of = ['*'] }");
  EXPECT_EQ(one.losses.size(), 1U) << "the smallest witness is shown";
}

TEST(Require, SurvivesSaysWhenItGaveUp) {
  const Topology topology = from_toml(std::string(kEstate) +
                                      "[require.r]\nsurvives = { services = ['shop'], any = 1, of = ['tag:front'] }\n");
  const RequireVerdict undecided =
      judge(compile(topology), resolve(topology, topology.requires_all[RequireId(0)]), {.runs = 1});
  EXPECT_FALSE(undecided.decided);
}

TEST(Require, Flows) {
  EXPECT_TRUE(verdict("only_flows = { from = ['internet'], to = ['servers'], allow = ['tcp/443'] }").holds);
  const RequireVerdict more = verdict("only_flows = { from = ['internet'], to = ['servers'], allow = ['tcp/80'] }");
  EXPECT_FALSE(more.holds);
  EXPECT_EQ(to_string(more.flow.ports), "tcp/443");
  EXPECT_TRUE(verdict("never_flows = { from = ['office'], to = ['servers'], ports = ['tcp/22'] }").holds);
  EXPECT_FALSE(verdict("never_flows = { from = ['office'], to = ['servers'] }").holds);
  EXPECT_TRUE(verdict("always_flows = { from = ['office'], to = ['servers'], ports = ['tcp/443'] }").holds);
  EXPECT_FALSE(verdict("always_flows = { from = ['office'], to = ['internet'], ports = ['tcp/443'] }").holds);
}

TEST(Scenario, DifferencesAreNamed) {
  const Topology topology = from_toml(
      std::string(kEstate) +
      "[scenario.s]\ncompromised = ['pc']\noff = ['web']\n"
      "expect = { off = ['web'], at_risk = ['shop'], fails = ['db'], reached = ['db'], unreached = ['web2'] }\n");
  const Graph graph = compile(topology);
  const NamedScenario& named = topology.scenarios[ScenarioId(0)];
  const ScenarioVerdict result =
      judge(graph, resolve(topology, named), resolve_expectations(topology, named), run_baseline(graph));
  EXPECT_FALSE(result.passed);
  ASSERT_EQ(result.differences.size(), 2U);
  EXPECT_EQ(result.differences[0].node, topology.find("db"));
  EXPECT_EQ(result.differences[0].state, State::works);
  EXPECT_EQ(result.differences[1].expected, Expectation::Type::unreached);
}

std::vector<std::string> loops(std::string_view toml) {
  const Topology topology = from_toml(toml);
  std::vector<std::string> found;
  for (const auto& loop : start_loops(compile(topology))) {
    std::string text;
    for (const NodeId n : loop) text += std::string(topology.nodes[n].id) + " ";
    found.push_back(text);
  }
  return found;
}

TEST(StartLoops, AreGroupsThatHoldEachOtherUp) {
  EXPECT_EQ(loops("[system.dns]\nneeds = ['vm']\n[system.vm]\nneeds = ['dns']\n[system.app]\nneeds = ['dns']\n"),
            std::vector<std::string>{"dns vm "});
  EXPECT_TRUE(loops("[system.dns]\nneeds = ['vm']\n[system.vm]\nneeds = [{ on = 'dns', start = false }]\n").empty());
  EXPECT_TRUE(
      loops("[system.dns]\nneeds = [{ any = ['vm', 'console'] }]\n[system.vm]\nneeds = ['dns']\n[system.console]\n")
          .empty());
}

TEST(StartLoops, RunThroughLinksThatNeedWhatTheyCarry) {
  constexpr auto kBackbone =
      "[zone.a]\n[zone.b]\n[system.router]\nzone = 'a'\nneeds = ['dns']\n[system.dns]\nzone = 'b'\n[link.ab]\nbetween "
      "= ['a', 'b']\n"
      "needs = ['router']\n";
  EXPECT_FALSE(loops(kBackbone).empty());
}

TEST(Suspicious, NamesWhatLooksLikeAMistake) {
  const Topology topology = from_toml(
      "[system.exchange]\n[system.exchnage]\n[system.idle]\n[service.mail]\nneeds = ['exchange']\n[service.phone]\n"
      "needs = ['exchange', { on = 'exchnage', assumed = true }]\n[service.lost]\n[customer.people]\nuses = ['mail', "
      "'phone']\n"
      "[[pivot]]\nfrom = ['exchange']\nto = ['tag:none']\n");
  std::vector<std::string_view> slugs;
  for (const Diagnostic& diagnostic : suspicious(topology)) slugs.push_back(info(diagnostic.code).slug);
  const auto has = [&](std::string_view slug) { return std::ranges::find(slugs, slug) != slugs.end(); };
  EXPECT_TRUE(has("unused-service"));
  EXPECT_TRUE(has("supports-nothing"));
  EXPECT_TRUE(has("similar-id"));
  EXPECT_TRUE(has("pivot-never-works"));
  EXPECT_TRUE(has("rests-on-guesses"));
}

TEST(Suspicious, LetsNumberedAndLetteredTwinsBe) {
  const Topology topology = from_toml(
      "[system.server-1]\n[system.server-2]\n[system.feed-a]\n[system.feed-b]\n[service.mail]\n"
      "needs = ['server-1', 'feed-a', 'server-1', 'feed-a', { any = ['server-2', 'feed-b'] }]\n");
  EXPECT_TRUE(suspicious(topology).empty());
}

}  // namespace
}  // namespace firebreak
