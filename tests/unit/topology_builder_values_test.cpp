// What no value of a declaration may be, one code after the other.
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

TEST(BuilderValues, DuplicateIdShowsBothPlaces) {
  TopologyBuilder builder;
  builder.add(ZoneDecl{.id = {"x", line(1)}});
  builder.add(SystemDecl{.id = {"x", line(5)}});
  builder.add(PolicyDecl{.id = {"p", line(7)}});
  builder.add(ScenarioDecl{.id = {"p", line(8)}});
  builder.add(RequireDecl{
      .id = {"p", line(9)}, .type = Require::Type::never_reaches, .from = words({"*"}), .to = words({"*"})});
  const auto result = builder.finish();
  EXPECT_FALSE(result.topology.has_value());
  ASSERT_EQ(result.diagnostics.size(), 3U) << listed(result.diagnostics);
  const Diagnostic& first = result.diagnostics[0];
  EXPECT_EQ(first.code, Code::duplicate_id);
  EXPECT_EQ(first.at, line(5));
  EXPECT_EQ(first.message, "'x' is already a zone");
  ASSERT_EQ(first.related.size(), 1U);
  EXPECT_EQ(first.related[0].at, line(1));
  EXPECT_EQ(result.diagnostics[1].message, "'p' is already a policy");
  EXPECT_EQ(result.diagnostics[2].at, line(9));
}

TEST(BuilderValues, BadId) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a b"}}),
            "bad-id: system 'a b': the id 'a b' holds white space "
            "(an id is 1 to 255 bytes without white space, commas and control characters)\n");
  for (const std::string_view id : {"", "*", "->", "tag:x", "kind:x", "10.0.0.1", "a,b", "a\x1b", "\xff"}) {
    EXPECT_EQ(faults_of(SystemDecl{.id = {id, line(1)}}).find("bad-id: "), 0U) << id;
    EXPECT_EQ(faults_of(PolicyDecl{.id = {id, line(1)}}).find("bad-id: "), 0U) << id;
  }
  EXPECT_EQ(faults_of(IdentityDecl{}), "bad-id: an identity has no id\n");
}

TEST(BuilderValues, ABadIdIsStillKnown) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"a b", line(1)}}, SystemDecl{.id = {"s", line(2)}, .zone = {"a b", line(3)}}),
            "bad-id: the id 'a b' holds white space (an id is 1 to 255 bytes without white space, commas and control "
            "characters)\n");
}

TEST(BuilderValues, BadText) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .name = "\xff"}), "bad-text: system 'a': 'name' is not valid UTF-8\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .contact = {.phone = std::string_view("1\0", 2)}}),
            "bad-text: system 'a': 'phone' holds a NUL character\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .name = "\x1b[31m\u202e\n"}), "") << "names are data";
}

TEST(BuilderValues, BadDuration) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .start = {"5 min", line(1)}}),
            "bad-duration: 'start' is '5 min', no duration "
            "(write it like '90s', '15m', '1h30m', '48h' or '3d', at most '36500d')\n");
  EXPECT_NE(faults_of(SystemDecl{.id = {"a"}, .effort = {"x", line(1)}}).find("or 'never'"), std::string::npos);
  for (const std::string_view word : {"never", "1", "40000d"}) {
    EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .rebuild = {word, line(1)}}).find("bad-duration: 'rebuild'"), 0U);
    EXPECT_EQ(faults_of(ServiceDecl{.id = {"a"}, .rto = {word, line(1)}}).find("bad-duration: 'rto'"), 0U);
  }
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .start = {"", line(1)}}).find("bad-duration: 'start' is ''"), 0U);
}

TEST(BuilderValues, BadNumber) {
  for (const double number : {-1.0, 2e15, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .cost = {{number, line(1)}}}).find("bad-number: 'cost' is "), 0U);
    EXPECT_EQ(faults_of(CustomerDecl{.id = {"a"}, .users = {{number, line(1)}}}).find("bad-number: 'users' is "), 0U);
    EXPECT_EQ(faults_of(ServiceDecl{.id = {"a"}, .weight = {{number, line(1)}}}).find("bad-number: 'weight' is "), 0U);
  }
  EXPECT_EQ(faults_of(ServiceDecl{.id = {"a"}, .users = 0.0, .weight = 1e15}), "");
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"a"}}, ZoneDecl{.id = {"b"}}, ZoneDecl{.id = {"c"}},
                      LinkDecl{.id = {"l"}, .between = words({"a", "b", "c"})}),
            "bad-number: link 'l': 'between' names 3 zones, not two\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}}, RequireDecl{.id = {"r", line(1)},
                                                           .type = Require::Type::reaches_at_most,
                                                           .from = words({"a"}),
                                                           .any = {0, line(2)},
                                                           .count = {-1, line(3)}}),
            "bad-number: 'any' is 0, no whole number from 1 to 4294967295\n"
            "bad-number: 'count' is -1, no whole number from 0 to 4294967295\n");
}

TEST(BuilderValues, BadPort) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .exposes = words({"tcp/443", "htps"})}),
            "bad-port: system 'a': 'htps' is no port (did you mean 'https'?)\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}}, ScenarioDecl{.id = {"s"}, .block = words({"a -> a tcp/x"})})
                .find("bad-port: scenario 's': 'tcp/x'"),
            0U);
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}}, PivotDecl{.from = words({"a"}), .to = words({"a"}), .port = {"none"}})
                .find("bad-port: pivot: 'none' is no port"),
            0U);
}

TEST(BuilderValues, BadCidr) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"z"}, .cidr = {{"10.2.0.5/16", line(1)}}}),
            "bad-cidr: '10.2.0.5/16' has bits set behind its length (did you mean '10.2.0.0/16'?)\n");
  EXPECT_EQ(
      faults_of(ZoneDecl{.id = {"z"}, .cidr = {{"10.2", line(1)}}}).find("bad-cidr: '10.2' is no address or prefix"),
      0U);
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .address = {{"10.2.0.0/16", line(1)}}})
                .find("bad-cidr: '10.2.0.0/16' is a prefix, no address"),
            0U);
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .address = {{"10.2.0.010", line(1)}}})
                .find("bad-cidr: '10.2.0.010' is no address"),
            0U);
  EXPECT_EQ(faults_of(ScenarioDecl{.id = {"s"}, .off = {{"10.1.2.300", line(1)}, {"10.1.2.3/8", line(2)}}}),
            "bad-cidr: '10.1.2.300' is no address or prefix (write it like '10.2.0.0/16', '10.2.0.10' or 'fd00::/8')\n"
            "bad-cidr: '10.1.2.3/8' has bits set behind its length (did you mean '10.0.0.0/8'?)\n");
}

TEST(BuilderValues, BadFlow) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}}, ScenarioDecl{.id = {"s"}, .allow = {{"a a tcp/1", line(1)}}}),
            "bad-flow: 'a a tcp/1' is no flow: neither a comma nor '->' stands between 'a' and 'a' "
            "(write it like 'office -> servers' or 'office -> servers tcp/445')\n");
}

TEST(BuilderValues, BadWord) {
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"p"}, .scope = {"between-zone", line(1)}}),
            "bad-word: 'scope' is 'between-zone' (did you mean 'between-zones'?)\n");
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"p"}, .otherwise = {"refuse", line(1)}}),
            "bad-word: 'default' is 'refuse' (it takes 'deny' or 'allow')\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .kind = {"domain controller", line(1)}})
                .find("bad-word: the kind 'domain controller' holds white space"),
            0U);
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .tags = words({""})}), "bad-word: system 'a': a tag is empty\n");
  EXPECT_EQ(faults_of(ScenarioDecl{.id = {"s"}, .off = {{"tag:", line(1)}}}),
            "bad-word: the word of 'tag:' is empty\n");
}

TEST(BuilderValues, MissingKey) {
  EXPECT_EQ(faults_of(LinkDecl{.id = {"l", line(1)}}).find("missing-key: a link does not say what it lies between"),
            0U);
  EXPECT_EQ(faults_of(PivotDecl{.at = line(1)}),
            "missing-key: a pivot has no 'from'\nmissing-key: a pivot has no 'to'\n");
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"p"}, .rules = {{.at = line(1)}}}),
            "missing-key: a rule says neither 'allow' nor 'deny' nor 'pass'\n");
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"p"}, .rules = {{.deny = Words{}, .to = Words{}, .at = line(1)}}}),
            "missing-key: 'to' of a rule is empty (leave it out to mean everything)\n");
  EXPECT_EQ(faults_of(RequireDecl{.id = {"r", line(1)}}).find("missing-key: a require says nothing"), 0U);
  using Type = Require::Type;
  const auto missing = [](Type type) { return faults_of(RequireDecl{.id = {"r", line(1)}, .type = type}); };
  EXPECT_EQ(missing(Type::never_reaches),
            "missing-key: 'never_reaches' has no 'from'\nmissing-key: 'never_reaches' has no 'to'\n");
  EXPECT_EQ(missing(Type::reaches_at_most),
            "missing-key: 'reaches_at_most' has no 'from'\nmissing-key: 'reaches_at_most' has no 'count'\n");
  EXPECT_EQ(missing(Type::survives),
            "missing-key: 'survives' has no 'services'\nmissing-key: 'survives' has no 'of'\n");
  EXPECT_EQ(missing(Type::only_flows),
            "missing-key: 'only_flows' has no 'from'\nmissing-key: 'only_flows' has no 'to'\nmissing-key: 'only_flows' "
            "has no 'allow'\n");
  EXPECT_EQ(missing(Type::always_flows),
            "missing-key: 'always_flows' has no 'from'\nmissing-key: 'always_flows' has no 'to'\n");
}

TEST(BuilderValues, ConflictingKeys) {
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"p"}, .rules = {{.allow = Words{}, .pass = Words{}, .at = line(1)}}}),
            "conflicting-keys: a rule has both 'allow' and 'pass' (make it two rules)\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}}, RequireDecl{.id = {"r", line(1)},
                                                           .type = Require::Type::never_reaches,
                                                           .from = words({"a"}),
                                                           .to = words({"a"}),
                                                           .services = words({"a"}),
                                                           .ports = Words{},
                                                           .count = 1}),
            "conflicting-keys: 'never_reaches' takes no 'ports'\nconflicting-keys: 'never_reaches' takes no 'count'\n"
            "conflicting-keys: 'never_reaches' takes no 'services'\nwrong-kind: require 'r': 'a' is a system, but "
            "'services' takes a service\n");
}

}  // namespace
}  // namespace firebreak
