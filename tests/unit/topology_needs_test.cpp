#include <array>
#include <gtest/gtest.h>
#include <vector>

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

using Type = Need::Type;

/// Faults of a system with these needs; "x", "y" and "z" are systems, "office" is a zone with one of them.
std::string faults_with(const NeedDecls& needs) {
  return faults_of(SystemDecl{.id = {"x"}, .zone = {"office"}}, SystemDecl{.id = {"y"}}, SystemDecl{.id = {"z"}},
                   ZoneDecl{.id = {"office"}}, SystemDecl{.id = {"a"}, .needs = needs});
}

TEST(Needs, AreKeptAsOneFlatListWithTheEndOfEveryItem) {
  NeedDecls needs = needs_on({"x"});
  const NeedDecls any =
      group(Type::any, {{leaf("y")}, group(Type::at_least, {{leaf("x")}, {leaf("y")}, {leaf("z")}}, 2), {leaf("z")}});
  needs.insert(needs.end(), any.begin(), any.end());
  const Topology topology =
      built(ServiceDecl{.id = {"before"}, .needs = needs_on({"x", "y"})}, SystemDecl{.id = {"x"}},
            SystemDecl{.id = {"y"}}, SystemDecl{.id = {"z"}}, SystemDecl{.id = {"a"}, .needs = needs});
  const NeedRange range = topology.needs_of(topology.find("a"));
  ASSERT_EQ(range.begin, 2U);
  ASSERT_EQ(range.end, 10U);
  const auto item = [&](std::uint32_t i) { return topology.needs[range.begin + i]; };
  EXPECT_EQ(item(0).end, range.begin + 1);
  EXPECT_EQ(item(1).type, Type::any);
  EXPECT_EQ(item(1).end, range.end);
  EXPECT_EQ(item(3).type, Type::at_least);
  EXPECT_EQ(item(3).k, 2U);
  EXPECT_EQ(item(3).end, range.begin + 7);
  EXPECT_EQ(item(7).on, topology.find("z"));
  EXPECT_FALSE(item(3).on.valid());
}

TEST(Needs, KeepEverythingThatIsSaidOfThem) {
  NeedDecls needs{leaf("x"), leaf("y")};
  needs[0].soft = true;
  needs[0].fallback = true;
  needs[0].start = false;
  needs[0].assumed = true;
  needs[0].grace = std::string_view("48h");
  needs[0].port = std::string_view("tcp/5432");
  needs[0].from = std::string_view("office");
  const Topology topology = built(SystemDecl{.id = {"x"}, .zone = {"office"}}, SystemDecl{.id = {"y"}},
                                  ZoneDecl{.id = {"office"}}, ServiceDecl{.id = {"s"}, .needs = needs});
  const Need& first = topology.needs[0];
  EXPECT_TRUE(first.soft && first.fallback && first.assumed);
  EXPECT_FALSE(first.start);
  EXPECT_EQ(first.grace, 172800);
  EXPECT_EQ(to_string(topology.ports[first.port]), "tcp/5432");
  EXPECT_EQ(first.from, topology.find("office"));
  const Need& second = topology.needs[1];
  EXPECT_TRUE(second.start);
  EXPECT_FALSE(second.soft || second.fallback || second.assumed || second.port.valid() || second.from.valid());
}

TEST(Needs, ThatShareSomeOfItKeepTheirOwn) {
  const std::vector<std::string_view> froms{"", "office", "x", "later"};
  const std::vector<std::string_view> ports{"", "tcp/1", "tcp/2"};
  const std::vector<std::string_view> graces{"", "1m", "1h"};
  NeedDecls needs;
  for (std::size_t i = 0; i < 200; ++i) {
    const bool group_of_it = i % 5 == 4;
    NeedDecl& need = needs.emplace_back(leaf(i % 2 == 0 ? "x" : "y"));
    if (!froms[i % 4].empty()) need.from = froms[i % 4];
    if (!ports[i % 3].empty()) need.port = ports[i % 3];
    if (!graces[i / 3 % 3].empty()) need.grace = graces[i / 3 % 3];
    need.soft = i % 7 == 0;
    if (!group_of_it) continue;
    NeedDecls inner = group(Type::at_least, {{leaf("x")}, {leaf("y")}}, 1 + static_cast<std::int64_t>(i) % 2);
    inner[0].grace = std::string_view("1h");
    needs.insert(needs.end(), inner.begin(), inner.end());
  }
  const Topology topology =
      built(SystemDecl{.id = {"x"}, .zone = {"office"}}, SystemDecl{.id = {"y"}}, ZoneDecl{.id = {"office"}},
            ServiceDecl{.id = {"s"}, .needs = needs}, SystemDecl{.id = {"later"}, .managed_by = needs_on({"x"})});
  ASSERT_EQ(topology.needs.size(), needs.size() + 1);
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const Need item = topology.needs[at++];
    EXPECT_EQ(item.type, Type::leaf);
    EXPECT_EQ(item.on, topology.find(i % 2 == 0 ? "x" : "y"));
    EXPECT_EQ(item.from, topology.find(froms[i % 4]));
    EXPECT_EQ(item.port.valid() ? to_string(topology.ports[item.port]) : "", ports[i % 3]);
    EXPECT_EQ(item.grace, (std::array{0U, 60U, 3600U}.at(i / 3 % 3)));
    EXPECT_EQ(item.soft, i % 7 == 0);
    EXPECT_EQ(item.end, at);
    if (i % 5 != 4) continue;
    const Need around = topology.needs[at];
    EXPECT_EQ(around.type, Type::at_least);
    EXPECT_EQ(around.k, 1 + i % 2);
    EXPECT_EQ(around.grace, 3600U);
    EXPECT_FALSE(around.on.valid() || around.from.valid() || around.port.valid());
    EXPECT_EQ(around.end, at + 3);
    at = around.end;
  }
}

TEST(Needs, PointAtTheWordThatNamesWhatIsNeeded) {
  NeedDecls needs{leaf("x"), leaf("x")};
  needs[0].at = line(3, 10);
  needs[0].on.at = line(3, 17);
  needs[1].at = line(4, 10);
  const Topology topology = built(SystemDecl{.id = {"x"}}, ServiceDecl{.id = {"s"}, .needs = needs});
  EXPECT_EQ(topology.needs[0].at, line(3, 17));
  EXPECT_EQ(topology.needs[1].at, line(4, 10));
}

TEST(Needs, MayBeOnEverythingThatCanFail) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"z1"}}, ZoneDecl{.id = {"z2"}},
                      LinkDecl{.id = {"link"}, .between = words({"z1", "z2"})}, SiteDecl{.id = {"site"}},
                      IdentityDecl{.id = {"who"}}, ServiceDecl{.id = {"service"}}, SystemDecl{.id = {"sys"}},
                      SystemDecl{.id = {"a"}, .needs = needs_on({"link", "site", "who", "service", "sys"})}),
            "");
}

TEST(Needs, TrafficStartsInAZoneOrAtASystem) {
  NeedDecls needs{leaf("x")};
  for (const std::string_view from : {"office", "y"}) {
    needs[0].from = from;
    EXPECT_EQ(faults_with(needs), "");
  }
  needs[0].from = Word("a-service", line(1));
  EXPECT_EQ(faults_with(needs), "unknown-id: unknown id 'a-service'\n");
  EXPECT_EQ(
      faults_of(ServiceDecl{.id = {"a-service"}}, SystemDecl{.id = {"x"}}, ServiceDecl{.id = {"s"}, .needs = needs}),
      "wrong-kind: 'a-service' is a service, but 'from' of a need takes a zone or system\n");
}

TEST(NeedFaults, Threshold) {
  for (const std::int64_t k : {-1LL, 0LL, 3LL, 5'000'000'000LL}) {
    EXPECT_EQ(
        faults_with(group(Type::at_least, {{leaf("x")}, {leaf("y")}}, k)),
        "bad-threshold: system 'a': 'at_least' is " + std::to_string(k) + " of 2 members (it must be from 1 to 2)\n");
  }
  EXPECT_EQ(faults_with(group(Type::at_least, {{leaf("x")}}, 2)),
            "bad-threshold: system 'a': 'at_least' is 2 of 1 members (it must be 1)\n");
  EXPECT_EQ(faults_with(group(Type::at_least, {{leaf("x")}, {leaf("y")}}, 2)), "");
}

TEST(NeedFaults, EmptyGroup) {
  EXPECT_EQ(faults_with(group(Type::any, {})), "empty-group: system 'a': the group 'any' has no members\n");
  EXPECT_EQ(faults_with(group(Type::all, {{leaf("x")}, group(Type::at_least, {}, 1)})),
            "empty-group: system 'a': the group 'at_least' has no members\n");
}

TEST(NeedFaults, GroupsCarryNoTargetPortOrSource) {
  NeedDecls needs = group(Type::all, {{leaf("x")}});
  needs[0].at = line(1);
  needs[0].on = std::string_view("y");
  needs[0].port = Word("https", line(2));
  needs[0].from = Word("office", line(3));
  EXPECT_EQ(faults_with(needs),
            "conflicting-keys: 'on' cannot stand together with 'all' (it belongs to a need on one thing: give it to "
            "the members)\n"
            "conflicting-keys: 'port' cannot stand together with 'all' (it belongs to a need on one thing: give it to "
            "the members)\n"
            "conflicting-keys: 'from' cannot stand together with 'all' (it belongs to a need on one thing: give it to "
            "the members)\n");
  needs = group(Type::any, {{leaf("x")}});
  needs[0].grace = std::string_view("1h");
  needs[0].soft = true;
  EXPECT_EQ(faults_with(needs), "") << "everything else may be said of groups too";
}

TEST(NeedFaults, MissingTarget) {
  NeedDecls needs{NeedDecl{.at = line(1)}};
  EXPECT_EQ(
      faults_with(needs),
      "missing-key: a need says nothing of what is needed (give it 'on', 'all', 'any', or 'at_least' and 'of')\n");
}

TEST(NeedFaults, Values) {
  NeedDecls needs{leaf("x")};
  needs[0].grace = Word("never", line(1));
  needs[0].port = Word("http/80", line(2));
  EXPECT_EQ(faults_with(needs),
            "bad-duration: 'grace' is 'never', no duration (write it like '90s', '15m', '1h30m', '48h' or '3d', at "
            "most '36500d')\n"
            "bad-port: 'http/80' is no port (write it like 'tcp/443', 'tcp/1000-2000', 'udp/53', 'icmp', 'any', or a "
            "usual name such as 'https')\n");
}

TEST(NeedFaults, NestingHasALimit) {
  NeedDecls needs{leaf("x")};
  for (std::uint32_t depth = 0; depth < kMaxNeedDepth; ++depth) needs = group(Type::any, {needs});
  EXPECT_EQ(faults_with(needs), "");
  needs = group(Type::any, {needs, needs});
  EXPECT_EQ(faults_with(needs),
            "too-large: system 'a': needs are nested more than 256 groups deep (give the inner ones to a service of "
            "their own)\n");
}

TEST(NeedFaults, HugeNestingNeedsNoStack) {
  NeedDecls needs(300'001);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    needs[i].type = Type::all;
    needs[i].size = static_cast<std::uint32_t>(needs.size() - i);
  }
  needs.back() = leaf("x");
  EXPECT_EQ(faults_with(needs).find("too-large: "), 0U);
}

TEST(NeedFaults, SizesThatDoNotNestAreReported) {
  NeedDecls zero{leaf("x")};
  zero[0].size = 0;
  NeedDecls leaf_with_members{leaf("x"), leaf("y")};
  leaf_with_members[0].size = 2;
  NeedDecls too_long = group(Type::any, {{leaf("x")}});
  too_long[0].size = 3;
  NeedDecls beyond_parent = group(Type::any, {group(Type::all, {{leaf("x")}})});
  beyond_parent.push_back(leaf("y"));
  beyond_parent[1].size = 3;
  NeedDecls enormous = group(Type::any, {{leaf("x")}});
  enormous[0].size = 0xFFFFFFFF;
  for (const NeedDecls& needs : {zero, leaf_with_members, too_long, beyond_parent, enormous}) {
    EXPECT_EQ(faults_with(needs).find("bad-number: system 'a': item "), 0U);
  }
}

}  // namespace
}  // namespace firebreak
