#include <gtest/gtest.h>

#include "firebreak/scenario.h"

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

Topology sample(const ScenarioDecl& scenario = {.id = {"drill"}}) {
  return built(
      ZoneDecl{.id = {"internal"}}, ZoneDecl{.id = {"servers"}, .parent = {"internal"}}, ZoneDecl{.id = {"office"}},
      ZoneDecl{.id = {"internet"}}, SiteDecl{.id = {"room"}, .parent = {"city"}}, SiteDecl{.id = {"city"}},
      SystemDecl{.id = {"dc1"},
                 .zone = {"servers"},
                 .site = {"room"},
                 .address = words({"10.2.0.10"}),
                 .tags = words({"tier0"})},
      SystemDecl{.id = {"esx"}, .zone = {"internal"}, .site = {"city"}}, SystemDecl{.id = {"pc"}, .zone = {"office"}},
      IdentityDecl{.id = {"root"}, .tags = words({"tier0"})}, ServiceDecl{.id = {"mail"}},
      CustomerDecl{.id = {"staff"}}, LinkDecl{.id = {"wan"}, .between = words({"office", "internet"})}, scenario);
}

std::string names(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) text += (text.empty() ? "" : " ") + std::string(topology.nodes[node].id);
  return text;
}

std::string described(const Topology& topology, const Scenario& s) {
  std::string text = names(topology, s.compromised) + " / " + names(topology, s.off) + " / " +
                     names(topology, s.isolated_systems) + " / " + names(topology, s.isolated_zones);
  const auto describe_place = [&](const PlaceSet& set) { return set.everything ? "*" : names(topology, set.nodes); };
  for (const auto& [sign, rules] : {std::pair{" -", &s.block}, std::pair{" +", &s.allow}}) {
    for (const FlowRule& rule : *rules) {
      text += sign +
              ("[" + describe_place(rule.from) + " > " + describe_place(rule.to) + " > " + to_string(rule.ports) + "]");
    }
  }
  return text;
}

/// The scenario these words mean, and what is said of them.
std::string resolved(const ScenarioWords& words) {
  const Topology topology = sample();
  std::vector<Diagnostic> faults;
  const Scenario scenario = resolve(topology, words, faults);
  const std::string said = listed(faults);
  return described(topology, scenario) + (said.empty() ? "" : "\n" + said);
}

TEST(Scenarios, CompromiseMeansSystemsAndIdentities) {
  EXPECT_EQ(resolved({.compromised = {"root", "pc", "tag:tier0"}}), "dc1 pc root /  /  / ");
  EXPECT_EQ(resolved({.compromised = {"internal"}}), "dc1 esx /  /  / ");
  EXPECT_EQ(resolved({.compromised = {"city"}}), "dc1 esx /  /  / ");
  EXPECT_EQ(resolved({.compromised = {"*"}}), "dc1 esx pc /  /  / ");
}

TEST(Scenarios, OffMeansTheNodeItselfButEachSystemOfAZone) {
  EXPECT_EQ(resolved({.off = {"city", "mail", "staff", "wan", "root", "dc1"}}),
            " / city dc1 root mail staff wan /  / ");
  EXPECT_EQ(resolved({.off = {"internal"}}), " / dc1 esx /  / ");
  EXPECT_EQ(resolved({.off = {"tag:tier0", "tag:tier0"}}), " / dc1 root /  / ");
  EXPECT_EQ(resolved({.off = {"*"}}), " / dc1 esx pc /  / ");
  EXPECT_EQ(resolved({.off = {"10.0.0.0/8"}}), " / dc1 /  / ");
}

TEST(Scenarios, IsolateMeansSystemsAndTheBordersOfZones) {
  EXPECT_EQ(resolved({.isolate = {"internal", "office", "pc"}}), " /  / pc / internal office");
  EXPECT_EQ(resolved({.isolate = {"tag:tier0"}}), " /  / dc1 / ");
  EXPECT_EQ(resolved({.isolate = {"*"}}), " /  / dc1 esx pc / ");
  EXPECT_EQ(resolved({.isolate = {"internet"}}), " /  /  / internet");
}

TEST(Scenarios, IsolatingWhatHasNoBorderChangesNothingAndSaysSo) {
  EXPECT_EQ(resolved({.isolate = {"city", "wan", "mail", "root"}}),
            " /  /  / \n"
            "no-effect: isolating 'city', a site, changes nothing (name its systems or a zone)\n"
            "no-effect: isolating 'wan', a link, changes nothing (name systems or a zone)\n"
            "no-effect: isolating 'mail', a service, changes nothing (name systems or a zone)\n"
            "no-effect: isolating 'root', an identity, changes nothing (name systems or a zone)\n");
}

TEST(Scenarios, FlowsMeanPlacesAndPorts) {
  EXPECT_EQ(resolved({.block = {"office -> servers smb", "* -> dc1"}, .allow = {"pc,esx -> * https, icmp"}}),
            " /  /  /  -[office pc > servers dc1 > tcp/445] -[* > dc1 > any] +[esx pc > * > tcp/443, icmp]");
}

TEST(Scenarios, FaultyWordsAreLeftOutAndTheRestKept) {
  EXPECT_EQ(
      resolved({.compromised = {"pc", "cp", "mail"},
                .off = {"dc1", "nope"},
                .isolate = {"staff", "office"},
                .block = {"office servers", "office -> srvers", "pc -> dc1 tcp/99999", "root -> pc", "pc -> esx"}}),
      "pc / dc1 /  / office -[pc > esx > any]\n"
      "unknown-id: unknown id 'cp'\n"
      "wrong-kind: 'mail' is a service, but 'compromised' takes a zone, site, system or identity\n"
      "unknown-id: unknown id 'nope'\n"
      "wrong-kind: 'staff' is a customer, but 'isolate' takes a zone, site, system, identity, service or link\n"
      "bad-flow: 'office servers' is no flow: neither a comma nor '->' stands between 'office' and 'servers' "
      "(write it like 'office -> servers' or 'office -> servers tcp/445')\n"
      "unknown-id: unknown id 'srvers' (did you mean 'servers'?)\n"
      "bad-port: 'tcp/99999' is no port (write it like 'tcp/443', 'tcp/1000-2000', 'udp/53', 'icmp', 'any', or a usual "
      "name "
      "such as 'https')\n"
      "wrong-kind: 'root' is an identity, but a flow takes a zone, site or system\n");
}

TEST(Scenarios, SelectorsThatMeanNothingAreWarnedOf) {
  EXPECT_EQ(resolved({.compromised = {"internet"},
                      .off = {"tag:tier", "10.7.0.0/16"},
                      .isolate = {"kind:vm"},
                      .block = {"internet -> tag:x"}}),
            " /  /  /  -[internet >  > any]\n"
            "selects-nothing: 'internet' selects no system or identity\n"
            "selects-nothing: 'tag:tier' selects no system or identity (did you mean 'tag:tier0'?)\n"
            "selects-nothing: '10.7.0.0/16' selects no system or identity\n"
            "selects-nothing: 'kind:vm' selects no system\n"
            "selects-nothing: 'tag:x' selects no zone or system\n");
}

TEST(Scenarios, FaultsAreAppended) {
  const Topology topology = sample();
  std::vector<Diagnostic> faults{diagnose(Code::usage, {}, "before")};
  (void)resolve(topology, ScenarioWords{.off = {"x1"}}, faults);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].message, "before");
  EXPECT_FALSE(faults[1].at.file.valid());
}

TEST(Scenarios, NamedOnesMeanTheSameAsTheirWords) {
  const ScenarioDecl named{.id = {"drill"},
                           .compromised = words({"tag:tier0", "city"}),
                           .off = words({"room", "office", "mail"}),
                           .isolate = words({"internal", "pc", "tag:tier0"}),
                           .block = words({"office -> servers smb"}),
                           .allow = words({"* -> * icmp"})};
  const Topology topology = sample(named);
  const Scenario scenario = resolve(topology, topology.scenarios[topology.find_scenario("drill")]);
  std::vector<Diagnostic> faults;
  const Scenario same = resolve(topology,
                                ScenarioWords{.compromised = {"tag:tier0", "city"},
                                              .off = {"room", "office", "mail"},
                                              .isolate = {"internal", "pc", "tag:tier0"},
                                              .block = {"office -> servers smb"},
                                              .allow = {"* -> * icmp"}},
                                faults);
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(described(topology, scenario), described(topology, same));
  EXPECT_EQ(described(topology, scenario),
            "dc1 esx root / room pc mail / dc1 pc / internal -[office pc > servers dc1 > tcp/445] +[* > * > icmp]");
}

TEST(Scenarios, JoinIntoAllOfBoth) {
  const Topology topology = sample();
  std::vector<Diagnostic> faults;
  const Scenario a =
      resolve(topology, ScenarioWords{.compromised = {"pc"}, .off = {"mail", "dc1"}, .block = {"pc -> dc1"}}, faults);
  const Scenario b = resolve(
      topology,
      ScenarioWords{.compromised = {"dc1", "pc"}, .off = {"dc1"}, .isolate = {"esx", "office"}, .block = {"pc -> esx"}},
      faults);
  EXPECT_EQ(described(topology, join(a, b)), "dc1 pc / dc1 mail / esx / office -[pc > dc1 > any] -[pc > esx > any]");
  EXPECT_FALSE(Scenario{}.has_actions());
  EXPECT_TRUE(join({}, b).has_actions());
}

TEST(Scenarios, CanonicalFlowsReadBackAsTheSame) {
  const Topology topology = sample({.id = {"drill"}, .block = words({"office ,internet ->  servers  smb,dns"})});
  const NamedScenario& named = topology.scenarios[topology.find_scenario("drill")];
  EXPECT_EQ(named.block[0].text, "office,internet -> servers tcp/53,tcp/445,udp/53");
  std::vector<Diagnostic> faults;
  const Scenario again = resolve(topology, ScenarioWords{.block = {std::string(named.block[0].text)}}, faults);
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(described(topology, again), described(topology, resolve(topology, named)));
}

}  // namespace
}  // namespace firebreak
