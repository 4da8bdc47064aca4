// The need law, one idea at a time. That every combination is right is for tests/property, against the oracle.

#include <gtest/gtest.h>

#include "firebreak/impact.h"

#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

class Asked {
 public:
  Asked(std::string_view toml, const ScenarioWords& words, Seconds at = kNever)
      : topology_(from_toml(toml)),
        graph_(compile(topology_)),
        answer_(impact(graph_, scenario(topology_, words), at)) {}

  [[nodiscard]] State state(std::string_view id) const { return answer_.state[topology_.find(id)]; }
  [[nodiscard]] Seconds after(std::string_view id) const { return answer_.after[topology_.find(id)]; }
  [[nodiscard]] bool from_start(std::string_view id) const { return answer_.from_start[topology_.find(id)]; }
  [[nodiscard]] double weight_lost() const { return answer_.weight_lost; }

 private:
  Topology topology_;
  Graph graph_;
  Impact answer_;
};

TEST(NeedLaw, ALossTravelsAlongNeeds) {
  const Asked asked("[system.disk]\n[system.db]\nneeds = ['disk']\n[service.app]\nneeds = ['db']\nusers = 7\n",
                    {.off = {"disk"}});
  EXPECT_EQ(asked.state("disk"), State::off);
  EXPECT_EQ(asked.state("db"), State::fails);
  EXPECT_EQ(asked.state("app"), State::fails);
  EXPECT_EQ(asked.weight_lost(), 7);
}

TEST(NeedLaw, RedundancyStopsALossAndIsThenAtRisk) {
  constexpr auto kPair = "[system.a]\n[system.b]\n[service.app]\nneeds = [{ any = ['a', 'b'] }]\n";
  EXPECT_EQ(Asked(kPair, {}).state("app"), State::works);
  EXPECT_EQ(Asked(kPair, {.off = {"a"}}).state("app"), State::at_risk);
  EXPECT_EQ(Asked(kPair, {.off = {"a", "b"}}).state("app"), State::fails);
}

TEST(NeedLaw, AtLeastCountsMembers) {
  constexpr auto kThree =
      "[system.a]\n[system.b]\n[system.c]\n[service.app]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n";
  EXPECT_EQ(Asked(kThree, {.off = {"a"}}).state("app"), State::at_risk);
  EXPECT_EQ(Asked(kThree, {.off = {"a", "b"}}).state("app"), State::fails);
}

TEST(NeedLaw, SoftAndFallbackOnlyDegrade) {
  constexpr auto kSoft = "[system.a]\n[system.b]\n[service.app]\nneeds = ['a', { on = 'b', soft = true }]\n";
  EXPECT_EQ(Asked(kSoft, {.off = {"b"}}).state("app"), State::degraded);
  constexpr auto kFallback =
      "[system.a]\n[system.b]\n[service.app]\nneeds = [{ any = ['a', { on = 'b', fallback = true }] }]\n";
  EXPECT_EQ(Asked(kFallback, {}).state("app"), State::works);
  EXPECT_EQ(Asked(kFallback, {.off = {"a"}}).state("app"), State::degraded);
  EXPECT_EQ(Asked(kFallback, {.off = {"a", "b"}}).state("app"), State::fails);
}

TEST(NeedLaw, GraceDelaysAndAddsUp) {
  constexpr auto kDiesel =
      "[system.fuel]\n[system.power]\nneeds = [{ on = 'fuel', grace = '48h' }]\n"
      "[system.host]\nneeds = ['power']\n[service.app]\nneeds = [{ on = 'host', grace = '1h' }]\n";
  const Asked end(kDiesel, {.off = {"fuel"}});
  EXPECT_EQ(end.after("host"), 48 * 3600);
  EXPECT_EQ(end.after("app"), 49 * 3600);
  const Asked between(kDiesel, {.off = {"fuel"}}, 48 * 3600);
  EXPECT_EQ(between.state("host"), State::fails);
  EXPECT_EQ(between.state("app"), State::works);
}

TEST(NeedLaw, WhatRunsInACircleKeepsRunningUntilSomethingOutsideIsLost) {
  constexpr auto kCircle = "[system.power]\n[system.a]\nneeds = ['b']\n[system.b]\nneeds = ['a', 'power']\n";
  EXPECT_EQ(Asked(kCircle, {}).state("a"), State::works);
  EXPECT_EQ(Asked(kCircle, {.off = {"power"}}).state("a"), State::fails);
}

TEST(NeedLaw, ASiteTakesItsSystemsAndTheirGuestsDown) {
  constexpr auto kSite =
      "[site.room]\nparent = 'house'\n[site.house]\n[system.host]\nsite = 'room'\n[system.vm]\nruns_on = 'host'\n";
  EXPECT_EQ(Asked(kSite, {.off = {"house"}}).state("vm"), State::fails);
}

TEST(NeedLaw, ConnectionIsLostWithTheLastPath) {
  constexpr auto kRing =
      "[zone.a]\n[zone.b]\n[zone.c]\n[system.r]\n[system.s]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = "
      "'c'\n"
      "[link.ab]\nbetween = ['a', 'b']\nneeds = [{ on = 'r', grace = '1h' }]\n[link.bc]\nbetween = ['b', 'c']\n"
      "[link.ac]\nbetween = ['a', 'c']\nneeds = [{ on = 's', grace = '3h' }]\n";
  EXPECT_EQ(Asked(kRing, {.off = {"r"}}).state("x"), State::works);
  EXPECT_EQ(Asked(kRing, {.off = {"r", "s"}}).after("x"), 3 * 3600);
}

TEST(NeedLaw, TwoRoutersCannotVouchForEachOther) {
  constexpr auto kRouters =
      "[zone.a]\n[zone.b]\n[system.r]\nzone = 'a'\nneeds = ['s']\n[system.s]\nzone = 'b'\nneeds = "
      "['r']\n[system.cable]\n"
      "[link.ab]\nbetween = ['a', 'b']\nneeds = ['cable']\n";
  EXPECT_EQ(Asked(kRouters, {}).state("r"), State::works);
  EXPECT_EQ(Asked(kRouters, {.off = {"cable"}}).state("r"), State::fails);
}

TEST(NeedLaw, IsolationSeversNeedsAcrossTheBorderOnly) {
  constexpr auto kZones =
      "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = 'a'\n[system.z]\nzone = "
      "'b'\nneeds = ['y']\n";
  const Asked asked(kZones, {.isolate = {"a"}});
  EXPECT_EQ(asked.state("x"), State::works);
  EXPECT_EQ(asked.state("z"), State::fails);
}

TEST(NeedLaw, ServersReachedFromAnIsolatedZoneOutsideAreLost) {
  constexpr auto kUsers =
      "[zone.lan]\n[zone.dmz]\n[system.web]\nzone = 'dmz'\n[service.page]\nneeds = [{ on = 'web', from = 'lan' }]\n"
      "[service.public]\nneeds = ['web']\n";
  const Asked asked(kUsers, {.isolate = {"lan"}});
  EXPECT_EQ(asked.state("page"), State::fails);
  EXPECT_EQ(asked.state("public"), State::works);
}

TEST(NeedLaw, ANeedThePolicyDeniesFailsFromTheStart) {
  constexpr auto kDenied =
      "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\nneeds = [{ on = 'y', port = 'tcp/443' }]\n[system.y]\nzone = 'b'\n"
      "[policy.fw]\ndefault = 'deny'\n";
  EXPECT_EQ(Asked(kDenied, {}).state("x"), State::fails);
  EXPECT_TRUE(Asked(kDenied, {}).from_start("x"));
  EXPECT_EQ(Asked(kDenied, {.allow = {"a -> b tcp/443"}}).state("x"), State::works);
  EXPECT_EQ(Asked(kDenied, {.allow = {"a -> b tcp/80"}}).state("x"), State::fails);
}

TEST(NeedLaw, ABlockSeversWhatItMatches) {
  constexpr auto kOpen =
      "[zone.a]\n[system.x]\nzone = 'a'\nneeds = [{ on = 'y', port = 'tcp/443' }]\n[system.y]\nzone = 'a'\n"
      "[system.z]\nzone = 'a'\nneeds = ['y']\n";
  const Asked one_port(kOpen, {.block = {"a -> y tcp/443"}});
  EXPECT_EQ(one_port.state("x"), State::fails);
  EXPECT_EQ(one_port.state("z"), State::works) << "a need without a port is severed only by a block of every port";
  EXPECT_EQ(Asked(kOpen, {.block = {"* -> y"}}).state("z"), State::fails);
}

TEST(NeedLaw, ACustomerLosesAsMuchAsItUses) {
  constexpr auto kCustomer =
      "[system.a]\n[system.b]\n[service.mail]\nneeds = ['a']\n[service.phone]\nneeds = ['b']\n"
      "[customer.people]\nuses = ['mail', 'phone']\n";
  EXPECT_EQ(Asked(kCustomer, {.off = {"a"}}).state("people"), State::degraded);
  EXPECT_EQ(Asked(kCustomer, {.off = {"a", "b"}}).state("people"), State::fails);
}

TEST(Causes, GoBackToTheAction) {
  const Topology topology = from_toml(
      "[site.dc]\n[system.host]\nsite = 'dc'\n[system.vm]\nruns_on = 'host'\n[service.mail]\nneeds = [{ any = ['vm'] "
      "}]\n");
  const Graph graph = compile(topology);
  const Scenario off = scenario(topology, {.off = {"dc"}});
  const NeedRun run = run_need(graph, off);
  const CauseFinder why(graph, off, run);
  std::vector<std::string> ids;
  for (const Cause& cause : why.chain(topology.find("mail"))) {
    if (cause.vertex.index() < graph.node_count) ids.emplace_back(topology.nodes[NodeId(cause.vertex.index())].id);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"vm", "host", "dc"}));
  ASSERT_EQ(why.direct(topology.find("mail")).size(), 1U);
  EXPECT_TRUE(why.direct(topology.find("dc")).empty());
}

/// The ids of the nodes on the responsible chain of a node, and when each was felt.
std::vector<std::pair<std::string, Seconds>> chain_of(const Topology& topology, std::string_view id,
                                                      const ScenarioWords& words) {
  const Graph graph = compile(topology);
  const Scenario actions = scenario(topology, words);
  const NeedRun run = run_need(graph, actions);
  std::vector<std::pair<std::string, Seconds>> found;
  for (const Cause& cause : CauseFinder(graph, actions, run).chain(topology.find(id))) {
    if (cause.vertex.index() < graph.node_count) {
      found.emplace_back(topology.nodes[NodeId(cause.vertex.index())].id, cause.after);
    }
  }
  return found;
}

TEST(Causes, BeginWithTheOneThatDecidedTheMoment) {
  const Topology topology = from_toml(
      "[system.grid]\n[system.ups]\nneeds = [{ on = 'grid', grace = '4h' }]\n"
      "[system.rack]\nneeds = [{ any = ['grid', 'ups'] }]\n"
      "[system.three]\nneeds = [{ at_least = 2, of = ['grid', 'ups', 'rack'] }]\n"
      "[service.now]\nneeds = ['grid']\n[service.later]\nneeds = ['rack']\n"
      "[customer.people]\nuses = ['now', 'later']\n");
  using Links = std::vector<std::pair<std::string, Seconds>>;
  const ScenarioWords off{.off = {"grid"}};
  constexpr Seconds kEmpty = 4 * 3600;
  EXPECT_EQ(chain_of(topology, "rack", off), (Links{{"ups", kEmpty}, {"grid", kEmpty}}));
  EXPECT_EQ(chain_of(topology, "three", off), (Links{{"ups", kEmpty}, {"grid", kEmpty}}));
  EXPECT_EQ(chain_of(topology, "people", off),
            (Links{{"later", kEmpty}, {"rack", kEmpty}, {"ups", kEmpty}, {"grid", kEmpty}}));
}

TEST(Causes, NameAFallbackOnlyWhereNothingElseDecided) {
  const Topology topology =
      from_toml("[system.a]\n[system.b]\n[service.app]\nneeds = [{ any = [{ on = 'b', fallback = true }, 'a'] }]\n");
  EXPECT_EQ(chain_of(topology, "app", {.off = {"a"}}).at(0).first, "a");
}

TEST(Causes, SayWhatSevered) {
  const Topology topology = from_toml(
      "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = 'b'\n[link.l]\nbetween = ['a', "
      "'b']\n");
  const Graph graph = compile(topology);
  const auto loss = [&](const ScenarioWords& words) {
    const Scenario actions = scenario(topology, words);
    const NeedRun run = run_need(graph, actions);
    return CauseFinder(graph, actions, run).chain(topology.find("x")).at(0).loss;
  };
  EXPECT_EQ(loss({.off = {"y"}}), Loss::provider);
  EXPECT_EQ(loss({.isolate = {"y"}}), Loss::isolated);
  EXPECT_EQ(loss({.isolate = {"b"}}), Loss::border);
  EXPECT_EQ(loss({.off = {"l"}}), Loss::disconnected);
  EXPECT_EQ(loss({.block = {"x -> y"}}), Loss::blocked);
}

}  // namespace
}  // namespace firebreak
