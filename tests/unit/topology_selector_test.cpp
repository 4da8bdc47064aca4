#include <gtest/gtest.h>
#include <random>
#include <string>

#include "firebreak/scenario.h"

#include "topology/flow_words.h"
#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

/// Zones internal > servers > vault, office; sites city > room; systems dc1 (servers, room), box (vault, city), pc
/// (office), loose.
Topology sample() {
  return built(
      ZoneDecl{.id = {"internal"}},
      ZoneDecl{.id = {"servers"}, .parent = {"internal"}, .cidr = words({"10.2.0.0/16", "10.3.0.0/16"})},
      ZoneDecl{.id = {"vault"}, .parent = {"servers"}}, ZoneDecl{.id = {"office"}, .cidr = words({"10.1.0.0/16"})},
      SiteDecl{.id = {"room"}, .parent = {"city"}}, SiteDecl{.id = {"city"}},
      SystemDecl{.id = {"dc1"},
                 .zone = {"servers"},
                 .site = {"room"},
                 .address = words({"10.2.0.10", "10.9.0.1"}),
                 .kind = {"vm"},
                 .tags = words({"tier0", "win"})},
      SystemDecl{.id = {"box"}, .zone = {"vault"}, .site = {"city"}, .kind = {"appliance"}},
      SystemDecl{.id = {"pc"}, .zone = {"office"}, .address = words({"10.1.0.5"}), .tags = words({"win"})},
      SystemDecl{.id = {"loose"}}, IdentityDecl{.id = {"root"}, .kind = {"account"}, .tags = words({"tier0"})},
      ServiceDecl{.id = {"mail"}, .tags = words({"tier0"})}, CustomerDecl{.id = {"staff"}},
      LinkDecl{.id = {"wan"}, .between = words({"servers", "office"})}, PolicyDecl{.id = {"fw"}},
      ScenarioDecl{.id = {"drill"}},
      RequireDecl{.id = {"safe"}, .type = Require::Type::never_reaches, .from = words({"pc"}), .to = words({"dc1"})});
}

std::string names(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) text += (text.empty() ? "" : " ") + std::string(topology.nodes[node].id);
  return text;
}

Selector selector(const Topology& topology, std::string_view word) {
  std::vector<Diagnostic> faults;
  const auto read = resolve_selector(topology, word, faults);
  EXPECT_TRUE(read.has_value()) << listed(faults);
  return read.value_or(Selector{});
}

/// All nodes a selector matches, in source order.
std::string matched(const Topology& topology, std::string_view word) {
  const Selector wanted = selector(topology, word);
  std::vector<NodeId> nodes;
  for (const NodeId node : ids<NodeId>(topology.nodes.size())) {
    if (matches(topology, wanted, node)) nodes.push_back(node);
  }
  return names(topology, nodes);
}

TEST(Selectors, MatchWhatTheyMean) {
  const Topology topology = sample();
  EXPECT_EQ(matched(topology, "*"), "internal servers vault office dc1 box pc loose");
  EXPECT_EQ(matched(topology, "internal"), "internal servers vault dc1 box");
  EXPECT_EQ(matched(topology, "servers"), "servers vault dc1 box");
  EXPECT_EQ(matched(topology, "vault"), "vault box");
  EXPECT_EQ(matched(topology, "city"), "city dc1 box") << "a site within is matched by its own id only";
  EXPECT_EQ(matched(topology, "room"), "room dc1");
  EXPECT_EQ(matched(topology, "dc1"), "dc1");
  EXPECT_EQ(matched(topology, "root"), "root");
  EXPECT_EQ(matched(topology, "mail"), "mail");
  EXPECT_EQ(matched(topology, "tag:tier0"), "dc1 root") << "services are matched by their own id only";
  EXPECT_EQ(matched(topology, "tag:win"), "dc1 pc");
  EXPECT_EQ(matched(topology, "kind:account"), "root");
  EXPECT_EQ(matched(topology, "10.0.0.0/8"), "servers office dc1 pc");
  EXPECT_EQ(matched(topology, "10.2.0.0/16"), "dc1") << "a zone is matched when all of its prefixes are covered";
  EXPECT_EQ(matched(topology, "10.2.0.0/15"), "servers dc1");
  EXPECT_EQ(matched(topology, "10.9.0.1"), "dc1");
  EXPECT_EQ(matched(topology, "fd00::/8"), "");
}

TEST(Selectors, AnUnknownWordMatchesNothingNotWhatHasNoKind) {
  const Topology topology = sample();
  EXPECT_EQ(matched(topology, "kind:nothing"), "");
  EXPECT_EQ(matched(topology, "tag:nothing"), "");
}

TEST(Selectors, SelectSystemsAndIdentitiesOnceInSourceOrder) {
  const Topology topology = sample();
  const auto selected = [&](std::initializer_list<std::string_view> list) {
    Selectors selectors;
    for (const std::string_view word : list) selectors.push_back(selector(topology, word));
    return names(topology, select(topology, selectors));
  };
  EXPECT_EQ(selected({"root", "pc", "servers", "tag:tier0", "dc1"}), "dc1 box pc root");
  EXPECT_EQ(selected({"*"}), "dc1 box pc loose");
  EXPECT_EQ(selected({"city"}), "dc1 box");
  EXPECT_EQ(selected({"mail", "staff", "wan"}), "");
  EXPECT_EQ(selected({}), "");
}

TEST(Selectors, PlacesAreSystemsAndZones) {
  const Topology topology = sample();
  const auto placed = [&](std::initializer_list<std::string_view> list) {
    Selectors selectors;
    for (const std::string_view word : list) selectors.push_back(selector(topology, word));
    return places(topology, selectors);
  };
  EXPECT_EQ(names(topology, placed({"dc1", "servers"}).nodes), "servers vault dc1 box");
  EXPECT_EQ(names(topology, placed({"tag:tier0"}).nodes), "dc1");
  EXPECT_EQ(names(topology, placed({"10.1.0.0/16"}).nodes), "office pc");
  const PlaceSet all = placed({"pc", "*"});
  EXPECT_TRUE(all.everything);
  EXPECT_TRUE(all.contains(topology.find("loose")));
  EXPECT_TRUE(placed({}).everything) << "a rule that names no end means every place";
  const PlaceSet office = placed({"office"});
  EXPECT_TRUE(office.contains(topology.find("pc")) && office.contains(topology.find("office")));
  EXPECT_FALSE(office.contains(topology.find("dc1")));
}

TEST(Selectors, AgreeWithMatchesOnRandomTopologies) {
  std::mt19937 random(7);
  const auto draw = [&](std::size_t bound) { return random() % bound; };
  for (int round = 0; round < 60; ++round) {
    TopologyBuilder builder;
    std::vector<std::string> ids;
    const auto name = [&](char kind, std::size_t i) -> std::string_view {
      return ids.emplace_back(std::string(1, kind) + std::to_string(i));
    };
    ids.reserve(1000);
    const std::size_t zones = 1 + draw(12);
    const std::size_t sites = 1 + draw(6);
    for (std::size_t i = 0; i < zones; ++i) {
      ZoneDecl zone{.id = {name('z', i)}};
      if (i > 0 && draw(3) > 0) zone.parent = name('z', draw(i));
      builder.add(zone);
    }
    for (std::size_t i = 0; i < sites; ++i) {
      SiteDecl site{.id = {name('s', i)}};
      if (i > 0 && draw(3) > 0) site.parent = name('s', draw(i));
      builder.add(site);
    }
    for (std::size_t i = 0; i < 15; ++i) {
      SystemDecl system{.id = {name('h', i)}};
      if (draw(4) > 0) system.zone = name('z', draw(zones));
      if (draw(4) > 0) system.site = name('s', draw(sites));
      if (draw(2) > 0) system.tags = words({"red"});
      builder.add(system);
    }
    const Topology topology = built(builder);
    const std::vector<std::string> sample_words{"*", "tag:red", "z0", "z" + std::to_string(zones - 1), "s0", "h3"};
    for (const std::string& word : sample_words) {
      const Selector wanted = selector(topology, word);
      std::vector<NodeId> selected;
      std::vector<NodeId> placed;
      for (const NodeId node : firebreak::ids<NodeId>(topology.nodes.size())) {
        const NodeKind kind = topology.nodes[node].kind;
        if (!matches(topology, wanted, node)) continue;
        if (kind == NodeKind::system) selected.push_back(node);
        if (kind == NodeKind::system || kind == NodeKind::zone) placed.push_back(node);
      }
      ASSERT_EQ(select(topology, std::vector{wanted}), selected) << word;
      if (word == "*") continue;
      ASSERT_EQ(places(topology, std::vector{wanted}).nodes, placed) << word;
    }
  }
}

TEST(Selectors, SelectInDeepNestingStaysLinear) {
  TopologyBuilder builder;
  constexpr std::size_t kDepth = 30'000;
  for (std::size_t i = 0; i < kDepth; ++i) {
    const std::string id = "z" + std::to_string(i);
    const std::string parent = "z" + std::to_string(i + 1);
    const std::string host = "h" + std::to_string(i);
    ZoneDecl zone{.id = {id}};
    if (i + 1 < kDepth) zone.parent = std::string_view(parent);
    builder.add(zone);
    builder.add(SystemDecl{.id = {host}, .zone = {id}});
  }
  const Topology topology = built(builder);
  EXPECT_EQ(select(topology, std::vector{selector(topology, "z29999")}).size(), kDepth);
  EXPECT_EQ(places(topology, std::vector{selector(topology, "z1")}).nodes.size(), 4U);
}

std::string selector_fault(const Topology& topology, std::string_view word) {
  std::vector<Diagnostic> faults;
  EXPECT_FALSE(resolve_selector(topology, word, faults).has_value());
  return listed(faults);
}

TEST(Selectors, SayWhatIsWrongWithAWord) {
  const Topology topology = sample();
  EXPECT_EQ(selector_fault(topology, "dc2"), "unknown-id: unknown id 'dc2' (did you mean 'dc1'?)\n");
  EXPECT_EQ(selector_fault(topology, "ERVE"), "unknown-id: unknown id 'ERVE' (did you mean 'servers'?)\n");
  EXPECT_EQ(selector_fault(topology, "oom"), "unknown-id: unknown id 'oom' (did you mean 'room'?)\n");
  EXPECT_EQ(selector_fault(topology, "zebra"), "unknown-id: unknown id 'zebra'\n");
  EXPECT_EQ(selector_fault(topology, ""), "unknown-id: unknown id ''\n");
  EXPECT_EQ(selector_fault(topology, "fw").find("wrong-kind: 'fw' is a policy, but this takes a zone, site, "), 0U);
  EXPECT_EQ(selector_fault(topology, "drill").find("wrong-kind: 'drill' is a scenario"), 0U);
  EXPECT_EQ(selector_fault(topology, "safe").find("wrong-kind: 'safe' is a require"), 0U);
  EXPECT_EQ(selector_fault(topology, "10.0.0.1/8").find("bad-cidr: "), 0U);
  EXPECT_EQ(selector_fault(topology, "10.0.0.999").find("bad-cidr: "), 0U);
  EXPECT_EQ(selector_fault(topology, "tag:a b"), "bad-word: the word of 'tag:a b' holds white space\n");
  EXPECT_EQ(selector_fault(topology, "office,pc").find("unknown-id: "), 0U);
}

std::string joined(const std::vector<std::string_view>& list) {
  std::string text;
  for (const std::string_view word : list) text += (text.empty() ? "" : "|") + std::string(word);
  return text;
}

std::string split(std::string_view text) {
  const FlowWords words = split_flow(text);
  return words.fault.empty() ? joined(words.from) + " > " + joined(words.to) + " > " + joined(words.ports)
                             : words.fault;
}

TEST(Flows, AreSplitIntoLists) {
  EXPECT_EQ(split("office -> servers tcp/445"), "office > servers > tcp/445");
  EXPECT_EQ(split("office -> servers"), "office > servers > ");
  EXPECT_EQ(split("  a,b\t->\nc , d   tcp/1,udp/2 "), "a|b > c|d > tcp/1|udp/2");
  EXPECT_EQ(split("a -> b tcp/1, udp/2"), "a > b > tcp/1|udp/2");
  EXPECT_EQ(split("* -> 10.0.0.0/8 any"), "* > 10.0.0.0/8 > any");
  EXPECT_EQ(split("a\u00a0->\u2003b"), "a > b > ");
  EXPECT_EQ(split("a->b -> c"), "a->b > c > ");
}

TEST(Flows, SayWhyTheyAreNone) {
  EXPECT_EQ(split(""), "'->' is missing");
  EXPECT_EQ(split("a"), "'->' is missing");
  EXPECT_EQ(split("a->b"), "'a->b' has no blanks around '->'");
  EXPECT_EQ(split("a b"), "neither a comma nor '->' stands between 'a' and 'b'");
  EXPECT_EQ(split("a b -> c"), "neither a comma nor '->' stands between 'a' and 'b'");
  EXPECT_EQ(split("-> b"), "nothing stands before '->'");
  EXPECT_EQ(split("a ->"), "nothing stands behind '->'");
  EXPECT_EQ(split("a -> b -> c"), "'->' stands there twice");
  EXPECT_EQ(split("a, -> b"), "a comma has no word behind it");
  EXPECT_EQ(split("a -> b,"), "a comma has no word behind it");
  EXPECT_EQ(split(",a -> b"), "a comma has no word before it");
  EXPECT_EQ(split("a,,b -> c"), "a comma has no word before it");
  EXPECT_EQ(split("a -> , b"), "a comma has no word before it");
  EXPECT_EQ(split("a -> b tcp/1 tcp/2"), "'tcp/2' stands behind the ports");
  EXPECT_EQ(split("\xff -> b"), "\xff > b > ");
}

}  // namespace
}  // namespace firebreak
