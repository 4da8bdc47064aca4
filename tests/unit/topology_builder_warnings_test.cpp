// What is right and still odd.
#include <gtest/gtest.h>

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

TEST(BuilderWarnings, AddressOutsideZone) {
  EXPECT_EQ(
      faults_of(ZoneDecl{.id = {"z"}, .cidr = words({"10.2.0.0/16", "10.2.3.0/24", "10.9.0.0/24"})},
                SystemDecl{.id = {"a"}, .zone = {"z"}, .address = {{"10.2.200.1"}, {"10.9.1.1", line(1)}, {"fd00::1"}}},
                SystemDecl{.id = {"b"}, .zone = {"z"}, .address = {{"10.1.255.255", line(2)}, {"10.9.0.77"}}},
                SystemDecl{.id = {"c"}, .address = words({"1.1.1.1"})}),
      "address-outside-zone: 10.9.1.1 lies outside the prefixes of its zone 'z'\n"
      "address-outside-zone: 10.1.255.255 lies outside the prefixes of its zone 'z'\n");
}

TEST(BuilderWarnings, NeedsItself) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .needs = needs_on({"a"})}),
            "needs-itself: system 'a': 'a' needs itself\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .managed_by = needs_on({"a"})}), "");
}

TEST(BuilderWarnings, SelectsNothingHintsAtTheWord) {
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .kind = {"server"}, .tags = words({"tier0"})},
                      ServiceDecl{.id = {"s"}, .tags = words({"tier9"})},
                      ScenarioDecl{.id = {"s1"},
                                   .off = {{"tag:tier", line(1)},
                                           {"kind:sever", line(2)},
                                           {"tag:tier9", line(3)},
                                           {"192.168.0.0/16", line(4)}}}),
            "selects-nothing: 'tag:tier' selects no system or identity (did you mean 'tag:tier0'?)\n"
            "selects-nothing: 'kind:sever' selects no system or identity (did you mean 'kind:server'?)\n"
            "selects-nothing: 'tag:tier9' selects no system or identity (did you mean 'tag:tier9'?)\n"
            "selects-nothing: '192.168.0.0/16' selects no system or identity\n");
}

TEST(BuilderWarnings, SelectsNothingDependsOnThePlace) {
  const auto with = [](const auto& decl) {
    TopologyBuilder builder;
    builder.add(ZoneDecl{.id = {"empty"}, .cidr = words({"10.1.0.0/16", "10.2.0.0/16"})});
    builder.add(ZoneDecl{.id = {"full"}});
    builder.add(SiteDecl{.id = {"room"}});
    builder.add(SiteDecl{.id = {"city"}});
    builder.add(SystemDecl{.id = {"a"}, .zone = {"full"}, .site = {"room"}});
    builder.add(IdentityDecl{.id = {"i"}, .tags = words({"admin"})});
    builder.add(ServiceDecl{.id = {"s"}});
    builder.add(LinkDecl{.id = {"l"}, .between = words({"empty", "full"})});
    builder.add(decl);
    return faults_of(builder);
  };
  const auto rule = [](std::string_view from) {
    return PolicyDecl{.id = {"p"}, .rules = {{.allow = words({"any"}), .from = words({from})}}};
  };
  EXPECT_EQ(with(rule("empty")), "") << "a zone stands for hosts that are not modelled";
  EXPECT_EQ(with(rule("10.0.0.0/8")), "") << "and so does a prefix that covers all of its own";
  EXPECT_EQ(with(rule("10.1.0.0/16")), "selects-nothing: rule: '10.1.0.0/16' selects no zone or system\n");
  EXPECT_EQ(with(rule("room")), "");
  EXPECT_EQ(with(rule("city")), "selects-nothing: rule: 'city' selects no zone or system\n");
  EXPECT_EQ(with(rule("tag:admin")),
            "selects-nothing: rule: 'tag:admin' selects no zone or system (did you mean 'tag:admin'?)\n");
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .compromised = words({"tag:admin"})}), "");
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .compromised = words({"empty"})}),
            "selects-nothing: scenario 'x': 'empty' selects no system or identity\n");
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .off = words({"city"})}), "") << "a site that is off means itself";
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .off = words({"empty"})}),
            "selects-nothing: scenario 'x': 'empty' selects no system or identity\n");
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .isolate = words({"empty"})}), "") << "an isolated zone means its border";
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .isolate = words({"tag:admin"})}),
            "selects-nothing: scenario 'x': 'tag:admin' selects no system (did you mean 'tag:admin'?)\n");
  EXPECT_EQ(with(ScenarioDecl{.id = {"x"}, .block = words({"empty -> city"})}),
            "selects-nothing: scenario 'x': 'city' selects no zone or system\n");
  EXPECT_EQ(with(RequireDecl{
                .id = {"x"}, .type = Require::Type::never_reaches, .from = words({"empty"}), .to = words({"a"})}),
            "selects-nothing: require 'x': 'empty' selects no system or identity\n");
  EXPECT_EQ(
      with(RequireDecl{.id = {"x"}, .type = Require::Type::never_flows, .from = words({"empty"}), .to = words({"a"})}),
      "");
}

TEST(BuilderWarnings, NoEffect) {
  TopologyBuilder builder;
  builder.add(SiteDecl{.id = {"room"}});
  builder.add(ServiceDecl{.id = {"mail"}});
  builder.add(ScenarioDecl{.id = {"s"}, .isolate = {{"room", line(1)}, {"mail", line(2)}}});
  EXPECT_EQ(faults_of(builder),
            "no-effect: isolating 'room', a site, changes nothing (name its systems or a zone)\n"
            "no-effect: isolating 'mail', a service, changes nothing (name systems or a zone)\n");
}

TEST(BuilderWarnings, EmptyZone) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"z", line(1)}}),
            "empty-zone: the zone 'z' holds no system and nothing speaks of it\n");
  const ZoneDecl zone{.id = {"z"}, .cidr = words({"10.2.0.0/16"})};
  EXPECT_EQ(faults_of(zone, SystemDecl{.id = {"a"}, .zone = {"z"}}), "");
  EXPECT_EQ(faults_of(zone, ZoneDecl{.id = {"inner"}, .parent = {"z"}}, SystemDecl{.id = {"a"}, .zone = {"inner"}}),
            "");
  EXPECT_EQ(faults_of(zone, PolicyDecl{.id = {"p"}, .rules = {{.allow = Words{}, .to = words({"z"})}}}), "");
  EXPECT_EQ(faults_of(zone, PolicyDecl{.id = {"p"}, .rules = {{.allow = Words{}, .to = words({"10.0.0.0/8"})}}}), "");
  NeedDecls needs = needs_on({"a"});
  needs[0].from = std::string_view("z");
  EXPECT_EQ(faults_of(zone, SystemDecl{.id = {"a"}}, ServiceDecl{.id = {"s"}, .needs = needs}), "");
  EXPECT_EQ(
      faults_of(zone, PolicyDecl{.id = {"p"}, .rules = {{.allow = Words{}, .to = words({"*"})}}}).find("empty-zone: "),
      0U);
}

TEST(BuilderWarnings, OfWhatIsMissingWaitForTheErrors) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"z"}}, SystemDecl{.id = {"a"}, .start = {"x", line(1)}}).find("empty-zone"),
            std::string::npos);
}

}  // namespace
}  // namespace firebreak
