#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

TEST(Builder, BuildsNothingFromNothing) {
  TopologyBuilder builder;
  const Topology topology = built(builder);
  EXPECT_TRUE(topology.nodes.empty());
  ASSERT_EQ(topology.ports.size(), 1U);
  EXPECT_TRUE(topology.ports[PortSetId(std::size_t{0})].is_any());
}

TEST(Builder, ResolvesNamesInWhateverOrderTheyAreDefined) {
  const Topology topology = built(
      SystemDecl{.id = {"dc1"}, .zone = {"servers"}, .site = {"room"}, .runs_on = {"esx"}, .needs = needs_on({"dns"})},
      CustomerDecl{.id = {"all"}, .uses = words({"mail", "dc1"})},
      ServiceDecl{.id = {"mail"}, .needs = needs_on({"dc1"})}, SystemDecl{.id = {"dns"}}, SystemDecl{.id = {"esx"}},
      SiteDecl{.id = {"room"}, .parent = {"city"}}, SiteDecl{.id = {"city"}},
      ZoneDecl{.id = {"servers"}, .parent = {"internal"}}, ZoneDecl{.id = {"internal"}}, ZoneDecl{.id = {"office"}},
      LinkDecl{.id = {"wan"}, .between = words({"servers", "office"}), .needs = needs_on({"dns"})});
  const System& dc1 = topology.system(topology.find("dc1"));
  EXPECT_EQ(topology.nodes[dc1.zone].id, "servers");
  EXPECT_EQ(topology.nodes[dc1.site].id, "room");
  EXPECT_EQ(topology.nodes[dc1.runs_on].id, "esx");
  EXPECT_EQ(topology.needs[dc1.needs.begin].on, topology.find("dns"));
  EXPECT_EQ(topology.zone(dc1.zone).parent, topology.find("internal"));
  EXPECT_EQ(topology.site(dc1.site).parent, topology.find("city"));
  const Link& wan = topology.link(topology.find("wan"));
  EXPECT_EQ(wan.a, topology.find("servers"));
  EXPECT_EQ(wan.b, topology.find("office"));
  const Customer& all = topology.customer(topology.find("all"));
  ASSERT_EQ(all.uses.size(), 2U);
  EXPECT_EQ(all.uses[1].value, topology.find("dc1"));
  EXPECT_EQ(topology.nodes[NodeId(std::size_t{0})].id, "dc1") << "nodes are in source order";
  EXPECT_EQ(topology.needs_of(wan.node).end - topology.needs_of(wan.node).begin, 1U);
  EXPECT_TRUE(topology.needs_of(all.node).empty());
}

TEST(Builder, TakesValuesAndDefaults) {
  const Topology topology =
      built(SystemDecl{.id = {"a"},
                       .name = "Alpha",
                       .address = words({"10.2.0.10", "fd00::1"}),
                       .kind = {"vm"},
                       .tags = words({"tier0", "windows"}),
                       .exposes = words({"tcp/443", "https", "udp/53"}),
                       .managed_by = needs_on({"b"}),
                       .critical = true,
                       .effort = {"never"},
                       .start = {"15m"},
                       .rebuild = {"4h"},
                       .cost = 2.5,
                       .contact = {.owner = "Windows team", .phone = "0142", .isolate_how = "port 7"}},
            SystemDecl{.id = {"b"}, .exposes = Words{}}, SystemDecl{.id = {"c"}},
            ServiceDecl{.id = {"s"}, .users = 10.0, .rto = {"0s"}}, ServiceDecl{.id = {"t"}, .weight = 3.0});
  const System& a = topology.systems[0];
  EXPECT_EQ(topology.label(a.node), "Alpha");
  EXPECT_EQ(to_string(topology.addresses_of(a)[1]), "fd00::1");
  EXPECT_EQ(topology.words[a.kind], "vm");
  EXPECT_EQ(topology.tags_of(a)[1], topology.find_word("windows"));
  EXPECT_EQ(to_string(topology.ports[a.exposes]), "tcp/443, udp/53");
  EXPECT_TRUE(a.has_managed_by);
  EXPECT_EQ(topology.needs[a.managed_by.begin].on, topology.find("b"));
  EXPECT_EQ(a.effort, kNever);
  EXPECT_EQ(a.start, 900);
  EXPECT_EQ(a.rebuild, 14400);
  EXPECT_EQ(a.cost, 2.5);
  EXPECT_EQ(topology.contact(a.node).phone, "0142");
  const System& b = topology.systems[1];
  EXPECT_TRUE(b.exposes.valid() && topology.ports[b.exposes].empty()) << "an empty list listens to nothing";
  EXPECT_FALSE(topology.systems[2].exposes.valid()) << "no list is unknown";
  EXPECT_FALSE(b.kind.valid());
  EXPECT_EQ(b.cost, 1);
  EXPECT_FALSE(b.has_managed_by);
  EXPECT_EQ(topology.services[0].users, 10);
  EXPECT_EQ(topology.services[0].rto, 0);
  EXPECT_FALSE(topology.services[0].weight.has_value());
  EXPECT_FALSE(topology.services[1].rto.has_value());
}

TEST(Builder, KeepsEverySetOfPortsOnce) {
  const Topology topology =
      built(SystemDecl{.id = {"a"}, .exposes = words({"tcp/443"})},
            SystemDecl{.id = {"b"}, .exposes = words({"https"})}, SystemDecl{.id = {"c"}, .exposes = words({"any"})});
  EXPECT_EQ(topology.ports.size(), 2U);
  EXPECT_EQ(topology.systems[0].exposes, topology.systems[1].exposes);
  EXPECT_EQ(topology.systems[2].exposes.index(), 0U);
}

TEST(Builder, KeepsNoViewOfWhatItWasGiven) {
  TopologyBuilder builder;
  {
    std::string id = "dc1";
    std::string name = "Domain controller";
    builder.add(SystemDecl{.id = {id}, .name = name});
    id = "xxx";
    name = std::string(name.size(), 'x');
  }
  const Topology first = built(builder);
  const Topology moved = [&] {
    Topology topology = built(SystemDecl{.id = {"dc2"}});
    return topology;
  }();
  EXPECT_EQ(first.label(first.find("dc1")), "Domain controller");
  EXPECT_TRUE(moved.find("dc2").valid());
}

TEST(Builder, IsEmptyAfterwards) {
  TopologyBuilder builder;
  builder.add(SystemDecl{.id = {"a"}});
  EXPECT_EQ(built(builder).nodes.size(), 1U);
  builder.add(SystemDecl{.id = {"a"}});
  EXPECT_EQ(built(builder).nodes.size(), 1U);
}

TEST(Builder, KeepsFreeFormValues) {
  TopologyBuilder builder;
  MetaValue rack;
  rack.text = "R7";
  MetaValue table;
  table.type = MetaValue::Type::table;
  table.members.emplace_back("rack", rack);
  MetaValue other = table;
  other.members.emplace_back("row", rack);
  other.members[0].second.text = "R8";
  builder.add(SystemDecl{.id = {"a"}, .meta = table});
  builder.add(PolicyDecl{.id = {"fw"}, .meta = table});
  builder.set_name("First");
  builder.set_name("Second");
  builder.set_meta(table);
  builder.set_meta(other);
  const Topology topology = built(builder);
  EXPECT_EQ(topology.name, "First");
  EXPECT_EQ(topology.node_meta.at(topology.find("a")).members[0].second.text, "R7");
  EXPECT_EQ(topology.other_meta.count("policy.fw"), 1U);
  const MetaValue& joined = topology.other_meta.at("topology");
  ASSERT_EQ(joined.members.size(), 2U);
  EXPECT_EQ(joined.members[0].second.text, "R7");
  EXPECT_EQ(joined.members[1].first, "row");
}

TEST(Builder, JudgesRulesByTierThenInFileOrder) {
  const auto rule = [](std::string_view name, std::int64_t tier) {
    return RuleDecl{.name = name, .allow = words({"https"}), .tier = tier};
  };
  const Topology topology = built(PolicyDecl{.id = {"fw"},
                                             .scope = {"all"},
                                             .otherwise = {"allow"},
                                             .rules = {rule("a", 5), rule("b", 0), rule("c", 5), rule("d", -1)}},
                                  PolicyDecl{.id = {"hosts"}});
  const Policy& fw = topology.policies[topology.find_policy("fw")];
  std::string order;
  for (const RuleId id : fw.rules) order += topology.rules[id].name;
  EXPECT_EQ(order, "dbac");
  EXPECT_EQ(topology.rules[RuleId(std::size_t{0})].name, "a");
  EXPECT_TRUE(fw.within_zones);
  EXPECT_EQ(fw.otherwise, RuleAction::allow);
  const Policy& hosts = topology.policies[topology.find_policy("hosts")];
  EXPECT_FALSE(hosts.within_zones);
  EXPECT_EQ(hosts.otherwise, RuleAction::deny);
  EXPECT_FALSE(topology.find("fw").valid());
}

TEST(Builder, ResolvesEveryKindOfSelector) {
  const Topology topology = built(
      ZoneDecl{.id = {"z"}},
      SystemDecl{.id = {"a"}, .zone = {"z"}, .address = words({"10.0.0.1"}), .kind = {"k"}, .tags = words({"t"})},
      PolicyDecl{.id = {"p"},
                 .rules = {{.deny = words({"any"}), .from = words({"*", "z", "a", "tag:t", "kind:k", "10.0.0.0/8"})}}});
  const Selectors& from = topology.rules[RuleId(std::size_t{0})].from;
  ASSERT_EQ(from.size(), 6U);
  EXPECT_EQ(from[0].type, Selector::Type::everything);
  EXPECT_EQ(from[1].node, topology.find("z"));
  EXPECT_EQ(from[2].node, topology.find("a"));
  EXPECT_EQ(from[3].type, Selector::Type::tag);
  EXPECT_EQ(from[3].word, topology.find_word("t"));
  EXPECT_EQ(from[4].type, Selector::Type::kind);
  EXPECT_EQ(to_string(from[5].cidr), "10.0.0.0/8");
  EXPECT_EQ(from[5].text, "10.0.0.0/8");
  EXPECT_TRUE(topology.rules[RuleId(std::size_t{0})].to.empty());
}

TEST(Builder, SpellsFlowsInOneWay) {
  const Topology topology =
      built(ZoneDecl{.id = {"office"}}, ZoneDecl{.id = {"servers"}}, SystemDecl{.id = {"a"}},
            ScenarioDecl{.id = {"s"},
                         .block = words({"office ,a  ->  servers https, smb", "* -> FD00::/8 any"}),
                         .allow = words({"a -> a icmp"})});
  const NamedScenario& scenario = topology.scenarios[topology.find_scenario("s")];
  EXPECT_EQ(scenario.block[0].text, "office,a -> servers tcp/443,tcp/445");
  EXPECT_EQ(scenario.block[0].from.size(), 2U);
  EXPECT_EQ(to_string(topology.ports[scenario.block[0].ports]), "tcp/443, tcp/445");
  EXPECT_EQ(scenario.block[1].text, "* -> fd00::/8");
  EXPECT_EQ(scenario.block[1].ports.index(), 0U);
  EXPECT_EQ(scenario.allow[0].text, "a -> a icmp");
}

TEST(Builder, TakesEveryKindOfRequire) {
  using Type = Require::Type;
  const Topology topology = built(
      SystemDecl{.id = {"a"}, .tags = words({"vm"})}, SystemDecl{.id = {"b"}}, IdentityDecl{.id = {"root"}},
      ServiceDecl{.id = {"s"}, .tags = words({"gold"})},
      RequireDecl{.id = {"r1"}, .type = Type::never_reaches, .from = words({"a"}), .to = words({"root"})},
      RequireDecl{.id = {"r2"}, .type = Type::reaches_at_most, .from = words({"root"}), .count = 3, .each = true},
      RequireDecl{.id = {"r3"},
                  .type = Type::survives,
                  .services = words({"s", "tag:gold", "*"}),
                  .of = words({"tag:vm"}),
                  .any = 2},
      RequireDecl{.id = {"r4"}, .type = Type::only_flows, .from = words({"a"}), .to = words({"*"}), .ports = Words{}},
      RequireDecl{.id = {"r5"}, .type = Type::never_flows, .from = words({"a"}), .to = words({"b"})},
      RequireDecl{
          .id = {"r6"}, .type = Type::always_flows, .from = words({"a"}), .to = words({"b"}), .ports = words({"dns"})});
  ASSERT_EQ(topology.requires_all.size(), 6U);
  const auto require = [&](std::string_view id) -> const Require& {
    return topology.requires_all[topology.find_require(id)];
  };
  EXPECT_EQ(require("r2").count, 3U);
  EXPECT_TRUE(require("r2").each);
  EXPECT_EQ(require("r3").any, 2U);
  EXPECT_EQ(require("r3").services.size(), 3U);
  EXPECT_TRUE(topology.ports[require("r4").ports].empty());
  EXPECT_TRUE(topology.ports[require("r5").ports].is_any());
  EXPECT_EQ(to_string(topology.ports[require("r6").ports]), "tcp/53, udp/53");
}

TEST(Builder, NumbersPivotsForTheirFreeFormValues) {
  const Topology topology =
      built(SystemDecl{.id = {"a"}}, IdentityDecl{.id = {"i"}}, PivotDecl{.from = words({"a"}), .to = words({"i"})},
            PivotDecl{.from = words({"i"}),
                      .to = words({"a"}),
                      .requires_all = words({"i"}),
                      .port = {"rdp"},
                      .via = "cached password",
                      .effort = {"10m"},
                      .meta = MetaValue{}});
  EXPECT_EQ(topology.other_meta.count("pivot.1"), 1U);
  const Pivot pivot = topology.pivot(PivotId(std::size_t{1}));
  EXPECT_EQ(pivot.effort, 600);
  EXPECT_EQ(pivot.via, "cached password");
  EXPECT_EQ(to_string(topology.ports[pivot.port]), "tcp/3389");
  EXPECT_FALSE(topology.pivot(PivotId(std::size_t{0})).port.valid());
}

}  // namespace
}  // namespace firebreak
