// The spread law, one idea at a time. That every combination is right is for tests/property, against the oracle.

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "firebreak/blast.h"

#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

class Spread {
 public:
  Spread(std::string_view toml, const ScenarioWords& words)
      : topology_(from_toml(toml)), graph_(compile(topology_)), answer_(blast(graph_, scenario(topology_, words))) {}

  [[nodiscard]] bool reached(std::string_view id) const { return answer_.reached[topology_.find(id)]; }
  [[nodiscard]] std::uint32_t step(std::string_view id) const { return answer_.step[topology_.find(id)]; }
  [[nodiscard]] Seconds after(std::string_view id) const { return answer_.after[topology_.find(id)]; }
  [[nodiscard]] StepType how(std::string_view id) const { return answer_.shortest[topology_.find(id)].type; }
  [[nodiscard]] std::string path(std::string_view id, bool fastest = false) const {
    std::string text;
    for (const NodeId n : path_to(answer_, topology_.find(id), fastest))
      text += std::string(topology_.nodes[n].id) + " ";
    return text;
  }

 private:
  Topology topology_;
  Graph graph_;
  Blast answer_;
};

constexpr auto kOffice =
    "[zone.office]\n[zone.servers]\n[system.pc]\nzone = 'office'\n[system.file]\nzone = 'servers'\nexposes = "
    "['tcp/445']\n"
    "[system.web]\nzone = 'servers'\nexposes = ['tcp/443']\n[system.vault]\nzone = 'servers'\nexposes = []\n"
    "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/445']\nfrom = ['office']\nto = ['servers']\n";

TEST(SpreadLaw, FlowsThatPoliciesPermitToExposedPorts) {
  const Spread spread(kOffice, {.compromised = {"pc"}});
  EXPECT_EQ(spread.step("file"), 1U);
  EXPECT_EQ(spread.step("web"), 2U) << "inside the zone no policy judges";
  EXPECT_FALSE(spread.reached("vault")) << "it listens on nothing";
}

TEST(SpreadLaw, BlockAndAllowGoBeforePolicies) {
  EXPECT_FALSE(Spread(kOffice, {.compromised = {"pc"}, .block = {"office -> file tcp/445"}}).reached("file"));
  EXPECT_EQ(Spread(kOffice, {.compromised = {"pc"}, .allow = {"pc -> web tcp/443"}}).step("web"), 1U);
}

TEST(SpreadLaw, UnpluggedAndSwitchedOffSystemsAreNotTaken) {
  EXPECT_FALSE(Spread(kOffice, {.compromised = {"pc"}, .isolate = {"file"}}).reached("file"));
  EXPECT_FALSE(Spread(kOffice, {.compromised = {"pc"}, .off = {"file"}}).reached("file"));
  EXPECT_FALSE(Spread(kOffice, {.compromised = {"pc"}, .isolate = {"servers"}}).reached("file"));
  EXPECT_TRUE(Spread(kOffice, {.compromised = {"pc"}, .off = {"pc"}}).reached("pc")) << "it was taken before";
}

constexpr auto kStolen =
    "[zone.a]\n[zone.b]\n[identity.admin]\n[identity.token]\n[system.jump]\nzone = 'a'\n[system.dc]\nzone = "
    "'b'\nexposes = []\n"
    "[[pivot]]\nfrom = ['jump']\nto = ['admin']\n[[pivot]]\nfrom = ['jump']\nto = ['dc']\nrequires = ['admin', "
    "'token']\n";

TEST(SpreadLaw, APivotNeedsAllItRequires) {
  EXPECT_FALSE(Spread(kStolen, {.compromised = {"jump"}}).reached("dc"));
  const Spread spread(kStolen, {.compromised = {"jump", "token"}});
  EXPECT_EQ(spread.step("dc"), 2U) << "it counts from the last requirement";
  EXPECT_EQ(spread.how("dc"), StepType::pivot);
  EXPECT_FALSE(Spread(kStolen, {.compromised = {"jump", "token"}, .off = {"admin"}}).reached("dc"));
}

TEST(SpreadLaw, LeakedCredentialsOutliveTheUnpluggedMachine) {
  EXPECT_TRUE(Spread(kStolen, {.compromised = {"jump"}, .isolate = {"jump"}}).reached("admin"));
  EXPECT_TRUE(Spread(kStolen, {.compromised = {"jump"}, .off = {"jump"}}).reached("admin"));
  EXPECT_FALSE(Spread(kStolen, {.compromised = {"jump", "token"}, .isolate = {"b"}}).reached("dc"))
      << "a border stops a pivot that comes in from a system outside";
  EXPECT_TRUE(Spread(kStolen, {.compromised = {"jump", "token"}, .isolate = {"a"}}).reached("dc"))
      << "and none that goes out";
}

TEST(SpreadLaw, HostsTakeTheirGuests) {
  constexpr auto kHosts = "[system.esx]\n[system.vm]\nruns_on = 'esx'\n";
  EXPECT_EQ(Spread(kHosts, {.compromised = {"esx"}}).how("vm"), StepType::hosting);
  EXPECT_TRUE(Spread(kHosts, {.compromised = {"esx"}, .isolate = {"vm"}}).reached("vm"));
  EXPECT_FALSE(Spread(kHosts, {.compromised = {"esx"}, .off = {"vm"}}).reached("vm"));
}

TEST(SpreadLaw, FewestStepsAndEarliestArrivalAreTwoAnswers) {
  constexpr auto kEffort =
      "[system.start]\n[system.hard]\n[system.easy]\n[system.goal]\n"
      "[[pivot]]\nfrom = ['start']\nto = ['goal']\neffort = '10h'\n"
      "[[pivot]]\nfrom = ['start']\nto = ['easy']\neffort = '1h'\n[[pivot]]\nfrom = ['easy']\nto = ['goal']\neffort = "
      "'1h'\n";
  const Spread spread(kEffort, {.compromised = {"start"}});
  EXPECT_EQ(spread.step("goal"), 1U);
  EXPECT_EQ(spread.after("goal"), 2 * 3600);
  EXPECT_EQ(spread.path("goal"), "start goal ");
  EXPECT_EQ(spread.path("goal", true), "start easy goal ");
}

TEST(SpreadLaw, HardenedSystemsAreNotTakenByFlows) {
  constexpr auto kHard = "[zone.a]\n[system.pc]\nzone = 'a'\n[system.vault]\nzone = 'a'\neffort = 'never'\n";
  EXPECT_FALSE(Spread(kHard, {.compromised = {"pc"}}).reached("vault"));
}

TEST(Exposure, NamesFromWhereATargetCanBeReached) {
  const Topology topology = from_toml(kOffice);
  const Graph graph = compile(topology);
  const Exposure exposed = exposure(graph, {}, {topology.find("web")});
  std::vector<std::pair<std::string, std::uint32_t>> sources;
  for (const auto& source : exposed.sources) {
    sources.emplace_back(std::string(topology.nodes[source.node].id), source.step);
  }
  EXPECT_EQ(sources, (std::vector<std::pair<std::string, std::uint32_t>>{{"file", 1}, {"vault", 1}, {"pc", 2}}));
}

TEST(Exposure, BlastSizesAreThoseOfSingleBlasts) {
  const Topology topology = from_toml(kOffice);
  const Graph graph = compile(topology);
  const IdVector<NodeId, std::uint32_t> sizes = blast_sizes(graph, {});
  EXPECT_EQ(sizes[topology.find("pc")], 3U);
  EXPECT_EQ(sizes[topology.find("vault")], 3U);
  EXPECT_EQ(sizes[topology.find("web")], 2U);
  EXPECT_EQ(sizes[topology.find("office")], 0U) << "a zone is not compromised itself";
}

TEST(Exposure, ZonesReachWhatAllInThemDo) {
  const Topology topology = from_toml(std::string(kOffice) +
                                      "[zone.empty]\n[zone.all]\n[zone.wing]\nparent = 'all'\n"
                                      "[system.alone]\nzone = 'wing'\nexposes = []\n[identity.key]\n[identity.door]\n"
                                      "[[pivot]]\nfrom = ['alone']\nto = ['key']\n");
  const Graph graph = compile(topology);
  const BlastRanks ranks = blast_ranks(graph, {});
  EXPECT_EQ(ranks.of_zone[topology.find("empty")], 0U);
  EXPECT_EQ(ranks.of_zone[topology.find("wing")], ranks.of_node[topology.find("alone")]);
  EXPECT_EQ(ranks.of_zone[topology.find("all")], ranks.of_zone[topology.find("wing")]) << "zones under it count";
  EXPECT_EQ(ranks.of_zone[topology.find("alone")], 0U) << "no zone";
  EXPECT_TRUE(std::ranges::equal(ranks.of_node, blast_sizes(graph, {})));
}

TEST(Exposure, PivotsThatRequireMuchFireOneAfterTheOther) {
  // Each is taken with the two before it, the last leads back to the first; more than are looked at in one pass.
  constexpr std::size_t kLength = 300;
  std::string toml = "[identity.i0]\n[identity.i1]\n[identity.apart]\n[[pivot]]\nfrom = ['i0']\nto = ['i1']\n";
  for (std::size_t i = 2; i < kLength; ++i) {
    toml += fmt::format("[identity.i{}]\n[[pivot]]\nfrom = ['i{}']\nrequires = ['i{}']\nto = ['i{}']\n", i, i - 1,
                        i - 2, i);
  }
  toml += fmt::format("[[pivot]]\nfrom = ['i{}']\nrequires = ['i{}', 'i{}']\nto = ['i0']\n", kLength - 1, kLength - 5,
                      kLength - 2);
  toml += "[[pivot]]\nfrom = ['i5']\nrequires = ['apart']\nto = ['i0']\n";
  const Topology topology = from_toml(toml);
  const Graph graph = compile(topology);
  const IdVector<NodeId, std::uint32_t> sizes = blast_sizes(graph, {});
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    Scenario start;
    start.compromised = {n};
    EXPECT_EQ(sizes[n], blast(graph, start).order.size()) << topology.nodes[n].id;
  }
  EXPECT_EQ(sizes[topology.find("i0")], kLength);
  EXPECT_EQ(sizes[topology.find("apart")], 1U);
}

/// A chain longer than what is counted in one pass: each takes over the next.
std::string chain(std::size_t length) {
  std::string toml = "[zone.a]\n[zone.b]\nparent = 'a'\n";
  for (std::size_t i = 0; i < length; ++i) {
    toml += "[system.s" + std::to_string(i) + "]\nexposes = []\nzone = '" + (i < length / 2 ? "a" : "b") + "'\n";
    if (i > 0) toml += "[[pivot]]\nfrom = ['s" + std::to_string(i - 1) + "']\nto = ['s" + std::to_string(i) + "']\n";
  }
  return toml;
}

TEST(Exposure, MoreThanOnePassIsCountedInAnyDivision) {
  constexpr std::size_t kLength = 700;
  const Topology topology = from_toml(chain(kLength));
  const Graph graph = compile(topology);
  const std::vector<NodeId> targets{topology.find("s699"), topology.find("s300")};
  for (const std::size_t shards : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
    BlastRanks ranks{IdVector<NodeId, std::uint32_t>(graph.node_count),
                     IdVector<NodeId, std::uint32_t>(graph.node_count)};
    StepCounts steps(targets.size());
    for (std::size_t shard = 0; shard < shards; ++shard) {
      const RankOptions share{.division = {.shard = shard, .shards = shards, .parts = 2}};
      add_shard(ranks, blast_ranks(graph, {}, share));
      add_shard(steps, exposure_by_steps(graph, {}, targets, share));
    }
    for (std::size_t i = 0; i < kLength; ++i) {
      EXPECT_EQ(ranks.of_node[topology.find("s" + std::to_string(i))], kLength - i) << shards << " shards";
    }
    EXPECT_EQ(ranks.of_zone[topology.find("a")], kLength);
    EXPECT_EQ(ranks.of_zone[topology.find("b")], kLength / 2);
    EXPECT_EQ(steps[0], std::vector<std::uint64_t>(kLength - 1, 1)) << "one from each number of steps";
    EXPECT_EQ(steps[1], std::vector<std::uint64_t>(300, 1));
  }
}

TEST(Losing, WhatIsReachedTakesServicesDown) {
  const Topology topology = from_toml(std::string(kOffice) + "[service.shares]\nneeds = ['file']\n");
  const Graph graph = compile(topology);
  const Scenario start = scenario(topology, {.compromised = {"pc"}});
  const Impact lost = impact_of_losing_reached(graph, start, blast(graph, start), run_baseline(graph));
  EXPECT_EQ(lost.state[topology.find("shares")], State::fails);
}

}  // namespace
}  // namespace firebreak
