#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "analyzer/flow_ends.h"
#include "tests/support/toml.h"

// Systems by what tells them apart as those that send and as those that are sent to, and the flows between these.

namespace firebreak {
namespace {

class Ends {
 public:
  explicit Ends(std::string_view toml, const ScenarioWords& words = {}, const NamingRules& naming = {})
      : topology(support::from_toml(toml)),
        graph(compile(topology)),
        scenario(support::scenario(topology, words)),
        ends(graph, scenario, naming) {}
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;

  [[nodiscard]] NodeId operator[](std::string_view id) const { return topology.find(id); }
  [[nodiscard]] bool send_alike(std::string_view a, std::string_view b) const {
    return ends.source((*this)[a]) == ends.source((*this)[b]);
  }
  [[nodiscard]] bool are_sent_alike(std::string_view a, std::string_view b) const {
    return ends.target((*this)[a]) == ends.target((*this)[b]);
  }

  /// "a -> b" from all systems to all, of each kind the first.
  [[nodiscard]] std::vector<std::string> flows(std::size_t most = 100) const {
    IdVector<SourceId, NodeId> from;
    IdVector<TargetId, NodeId> to;
    for (std::size_t i = 0; i < ends.source_count(); ++i) from.push_back(ends.members(SourceId(i)).front());
    for (std::size_t i = 0; i < ends.target_count(); ++i) to.push_back(ends.members(TargetId(i)).front());
    std::vector<std::string> all;
    ends.visit_flows(from, to, [&](NodeId a, NodeId b, const PortSet& ports) {
      all.push_back(fmt::format("{} -> {} {}", topology.nodes[a].id, topology.nodes[b].id, to_string(ports)));
      return --most > 0;
    });
    std::ranges::sort(all);
    return all;
  }

  const Topology topology;
  const Graph graph;
  const Scenario scenario;
  const FlowEnds ends;
};

constexpr auto kZones =
    "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.mate]\nzone = 'a'\n[system.vault]\nzone = 'b'\n"
    "exposes = ['tcp/443']\n[system.nas]\nzone = 'b'\n[system.loose]\n[identity.key]\n[policy.fw]\n"
    "scope = 'between-zones'\n";

std::string with(std::string_view rules) {
  return std::string(kZones) + std::string(rules);
}

TEST(FlowEnds, AreToldApartByZonesAndByWhatTheyListenOn) {
  const Ends ends(kZones);
  EXPECT_TRUE(ends.send_alike("pc", "mate"));
  EXPECT_FALSE(ends.send_alike("pc", "nas"));
  EXPECT_TRUE(ends.send_alike("vault", "nas"));
  EXPECT_TRUE(ends.are_sent_alike("pc", "mate"));
  EXPECT_FALSE(ends.are_sent_alike("vault", "nas"));
  EXPECT_FALSE(ends.ends.source(ends["loose"]).valid()) << "in no zone";
  EXPECT_FALSE(ends.ends.target(ends["key"]).valid()) << "no system";
  EXPECT_EQ(ends.ends.members(ends.ends.source(ends["pc"])).size(), 2U);
}

TEST(FlowEnds, AreToldApartByRulesOnTheSideThatTheseName) {
  const Ends ends(with("[[policy.fw.rule]]\nallow = ['any']\nfrom = ['pc']\nto = ['nas']\n"));
  EXPECT_FALSE(ends.send_alike("pc", "mate"));
  EXPECT_TRUE(ends.are_sent_alike("pc", "mate"));
}

TEST(FlowEnds, AreToldApartByBlocksOfAScenarioAndByRulesThatAreListed) {
  const Ends blocked(kZones, {.block = {"pc -> b"}});
  EXPECT_FALSE(blocked.send_alike("pc", "mate"));
  EXPECT_TRUE(blocked.are_sent_alike("pc", "mate"));
  const Ends plain(with("[[policy.fw.rule]]\nallow = ['any']\nfrom = ['b']\nto = ['mate']\n"));
  NamingRules naming;
  for (const FlowClassId c : ids<FlowClassId>(plain.graph.flow.classes.size())) {
    if (c == plain.graph.flow.class_of[plain["mate"]]) naming.senders.items.push_back(7);
    naming.senders.end_row();
    naming.receivers.end_row();
  }
  EXPECT_TRUE(plain.send_alike("pc", "mate"));
  const FlowEnds listed(plain.graph, plain.scenario, naming);
  EXPECT_NE(listed.source(plain["pc"]), listed.source(plain["mate"]));
}

TEST(FlowEnds, VisitWhatIsPermittedOnPortsThatAreListenedOn) {
  const Ends ends(with("[[policy.fw.rule]]\nallow = ['tcp/22', 'tcp/443']\nfrom = ['a']\nto = ['b']\n"));
  EXPECT_EQ(ends.flows(), (std::vector<std::string>{"pc -> nas tcp/22, tcp/443", "pc -> pc any", "pc -> vault tcp/443",
                                                    "vault -> nas any", "vault -> vault tcp/443"}));
}

TEST(FlowEnds, VisitEveryPairWhereAllIsPermittedButOne) {
  const Ends ends(with("default = 'allow'\n[[policy.fw.rule]]\ndeny = ['any']\nfrom = ['a']\nto = ['vault']\n"));
  EXPECT_EQ(ends.flows(), (std::vector<std::string>{"pc -> nas any", "pc -> pc any", "vault -> nas any",
                                                    "vault -> pc any", "vault -> vault tcp/443"}));
}

TEST(FlowEnds, EndTheVisitWhenAsked) {
  const Ends ends(with("default = 'allow'\n"));
  EXPECT_EQ(ends.flows().size(), 6U);
  for (std::size_t most = 1; most <= 6; ++most) EXPECT_EQ(ends.flows(most).size(), most);
}

}  // namespace
}  // namespace firebreak
