// What no name may stand for, and how all faults of a run come out together.
#include <gtest/gtest.h>

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

TEST(BuilderNames, UnknownIdHintsAtWhatFits) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"servers"}}, SystemDecl{.id = {"server"}},
                      SystemDecl{.id = {"a"}, .zone = {"servrs", line(1)}}),
            "unknown-id: unknown zone 'servrs' (did you mean 'servers'?)\n");
  EXPECT_EQ(faults_of(ServiceDecl{.id = {"servers"}}, SystemDecl{.id = {"a"}, .zone = {"servrs", line(1)}}),
            "unknown-id: unknown zone 'servrs' (the nearest id is 'servers', a service)\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .zone = {"nowhere", line(1)}}), "unknown-id: unknown zone 'nowhere'\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"exchange"}}, ServiceDecl{.id = {"mail"}, .needs = needs_on({"exchagne"})}),
            "unknown-id: service 'mail': unknown id 'exchagne' (did you mean 'exchange'?)\n");
  EXPECT_EQ(faults_of(SystemDecl{.id = {"a"}, .zone = {"", line(1)}}), "unknown-id: unknown zone ''\n");
}

TEST(BuilderNames, UnknownIdInEveryPlace) {
  const auto unknown = [](const auto& decl) { return faults_of(ZoneDecl{.id = {"zzz"}}, decl).find("unknown-id: "); };
  const Words bad = {{"x", line(1)}};
  NeedDecls needs = needs_on({"zzz"});
  EXPECT_EQ(unknown(ZoneDecl{.id = {"a"}, .parent = bad[0]}), 0U);
  EXPECT_EQ(unknown(SiteDecl{.id = {"a"}, .parent = bad[0]}), 0U);
  EXPECT_EQ(unknown(SystemDecl{.id = {"a"}, .site = bad[0]}), 0U);
  EXPECT_EQ(unknown(SystemDecl{.id = {"a"}, .runs_on = bad[0]}), 0U);
  EXPECT_EQ(unknown(SystemDecl{.id = {"a"}, .managed_by = needs_on({"x"})}), 0U);
  EXPECT_EQ(unknown(CustomerDecl{.id = {"a"}, .uses = bad}), 0U);
  EXPECT_EQ(unknown(LinkDecl{.id = {"a"}, .between = {bad[0], {"zzz"}}}), 0U);
  EXPECT_EQ(unknown(PolicyDecl{.id = {"a"}, .rules = {{.allow = Words{}, .from = bad}}}), 0U);
  EXPECT_EQ(unknown(PivotDecl{.from = bad, .to = words({"zzz"})}), 0U);
  EXPECT_EQ(unknown(PivotDecl{.from = words({"zzz"}), .to = words({"zzz"}), .requires_all = bad}), 0U);
  EXPECT_EQ(unknown(ScenarioDecl{.id = {"a"}, .compromised = bad}), 0U);
  EXPECT_EQ(unknown(ScenarioDecl{.id = {"a"}, .isolate = bad}), 0U);
  EXPECT_EQ(unknown(ScenarioDecl{.id = {"a"}, .block = words({"x -> zzz"})}), 0U);
  EXPECT_EQ(unknown(ScenarioDecl{.id = {"a"}, .expect = {{Expectation::Type::works, bad}}}), 0U);
  EXPECT_EQ(unknown(RequireDecl{.id = {"a"}, .type = Require::Type::never_flows, .from = bad, .to = words({"zzz"})}),
            0U);
}

TEST(BuilderNames, WrongKindSaysWhatItIsAndWhatIsWanted) {
  TopologyBuilder builder;
  builder.add(ServiceDecl{.id = {"mail", line(1)}});
  builder.add(SystemDecl{.id = {"a", line(2)}, .zone = {"mail", line(3)}});
  const auto result = builder.finish();
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].message, "'mail' is a service, but 'zone' takes a zone");
  ASSERT_EQ(result.diagnostics[0].related.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].related[0].at, line(1));
}

TEST(BuilderNames, WrongKindInEveryPlace) {
  const auto wrong = [](const auto& decl) {
    TopologyBuilder builder;
    builder.add(ZoneDecl{.id = {"z"}});
    builder.add(SiteDecl{.id = {"site"}});
    builder.add(SystemDecl{.id = {"sys"}, .zone = {"z"}, .site = {"site"}});
    builder.add(IdentityDecl{.id = {"who"}});
    builder.add(ServiceDecl{.id = {"mail"}});
    builder.add(CustomerDecl{.id = {"cust"}});
    builder.add(PolicyDecl{.id = {"fw"}});
    builder.add(decl);
    const std::string faults = faults_of(builder);
    return faults.starts_with("wrong-kind: ") && faults.find('\n') == faults.size() - 1 ? "" : "got: " + faults;
  };
  const auto rule = [](std::string_view from) {
    return PolicyDecl{.id = {"p"}, .rules = {{.allow = Words{}, .from = words({from})}}};
  };
  const auto need = [](std::string_view on) { return SystemDecl{.id = {"b"}, .needs = needs_on({on})}; };
  EXPECT_EQ(wrong(need("z")), "");
  EXPECT_EQ(wrong(need("cust")), "");
  EXPECT_EQ(wrong(need("fw")), "");
  EXPECT_EQ(wrong(CustomerDecl{.id = {"c"}, .uses = words({"who"})}), "");
  EXPECT_EQ(wrong(SystemDecl{.id = {"b"}, .runs_on = {"site"}}), "");
  EXPECT_EQ(wrong(SystemDecl{.id = {"b"}, .site = {"z"}}), "");
  EXPECT_EQ(wrong(LinkDecl{.id = {"l"}, .between = words({"z", "sys"})}), "");
  EXPECT_EQ(wrong(rule("mail")), "");
  EXPECT_EQ(wrong(rule("who")), "");
  EXPECT_EQ(wrong(PivotDecl{.from = words({"mail"}), .to = words({"sys"})}), "");
  EXPECT_EQ(wrong(ScenarioDecl{.id = {"s"}, .compromised = words({"mail"})}), "");
  EXPECT_EQ(wrong(ScenarioDecl{.id = {"s"}, .off = words({"fw"})}), "");
  EXPECT_EQ(wrong(ScenarioDecl{.id = {"s"}, .isolate = words({"cust"})}), "");
  EXPECT_EQ(wrong(ScenarioDecl{.id = {"s"}, .allow = words({"who -> z"})}), "");
  EXPECT_EQ(wrong(ScenarioDecl{.id = {"s"}, .expect = {{Expectation::Type::reached, words({"mail"})}}}), "");
  EXPECT_EQ(wrong(RequireDecl{.id = {"r"},
                              .type = Require::Type::only_flows,
                              .from = words({"who"}),
                              .to = words({"*"}),
                              .ports = Words{}}),
            "");
  EXPECT_EQ(wrong(RequireDecl{
                .id = {"r"}, .type = Require::Type::survives, .services = words({"sys"}), .of = words({"sys"})}),
            "");
  EXPECT_EQ(wrong(RequireDecl{
                .id = {"r"}, .type = Require::Type::survives, .services = words({"mail"}), .of = words({"cust"})}),
            "");
}

TEST(BuilderNames, OffAndExpectTakeEveryNode) {
  TopologyBuilder builder;
  builder.add(ZoneDecl{.id = {"z"}});
  builder.add(ZoneDecl{.id = {"y"}});
  builder.add(SiteDecl{.id = {"site"}});
  builder.add(SystemDecl{.id = {"sys"}, .zone = {"z"}});
  builder.add(IdentityDecl{.id = {"who"}});
  builder.add(ServiceDecl{.id = {"mail"}});
  builder.add(CustomerDecl{.id = {"cust"}});
  builder.add(LinkDecl{.id = {"link"}, .between = words({"z", "y"})});
  const Words all = words({"z", "site", "sys", "who", "mail", "cust", "link"});
  builder.add(ScenarioDecl{.id = {"s"}, .off = all, .expect = {{Expectation::Type::off, all}}});
  EXPECT_EQ(faults_of(builder), "");
}

TEST(BuilderNames, ParentCycle) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"a", line(1)}, .parent = {"b", line(2)}},
                      ZoneDecl{.id = {"b", line(3)}, .parent = {"c", line(4)}},
                      ZoneDecl{.id = {"c", line(5)}, .parent = {"a", line(6)}},
                      ZoneDecl{.id = {"d", line(7)}, .parent = {"a", line(8)}}),
            "parent-cycle: zone 'a' is in itself: 'a' in 'b' in 'c' in 'a'\n");
  EXPECT_EQ(faults_of(SiteDecl{.id = {"a"}, .parent = {"a", line(1)}}),
            "parent-cycle: site 'a' is in itself: 'a' in 'a'\n");
  EXPECT_EQ(
      faults_of(SystemDecl{.id = {"x"}, .runs_on = {"b", line(1)}}, SystemDecl{.id = {"a"}, .runs_on = {"b", line(2)}},
                SystemDecl{.id = {"b"}, .runs_on = {"a", line(3)}}, SystemDecl{.id = {"c"}, .runs_on = {"c", line(4)}}),
      "parent-cycle: system 'a' is on itself: 'a' on 'b' on 'a'\n"
      "parent-cycle: system 'c' is on itself: 'c' on 'c'\n");
}

TEST(BuilderNames, PoliciesThatReplaceOthers) {
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"new"}, .replaces = words({"old"})}, PolicyDecl{.id = {"old"}}), "");
  EXPECT_EQ(
      faults_of(ZoneDecl{.id = {"office"}}, PolicyDecl{.id = {"firewall"}, .replaces = words({"firewal", "office"})}),
      "unknown-id: policy 'firewall': nothing has the id 'firewal' (did you mean 'firewall'?)\n"
      "wrong-kind: policy 'firewall': 'replaces' names 'office', which is no policy\n");
  EXPECT_EQ(faults_of(PolicyDecl{.id = {"a", line(1)}, .replaces = {{"b", line(2)}}},
                      PolicyDecl{.id = {"b", line(3)}, .replaces = {{"a", line(4)}}},
                      PolicyDecl{.id = {"c", line(5)}, .replaces = {{"a", line(6)}}}, PolicyDecl{.id = {"d"}}),
            "parent-cycle: the policy 'a' replaces itself, or one that is replaced in a circle\n"
            "parent-cycle: the policy 'b' replaces itself, or one that is replaced in a circle\n"
            "parent-cycle: the policy 'c' replaces itself, or one that is replaced in a circle\n");
}

TEST(BuilderNames, ParentCycleOfManyIsFoundWithoutRecursionAndCut) {
  TopologyBuilder builder;
  constexpr int kLength = 200'000;
  for (int i = 0; i < kLength; ++i) {
    const std::string id = "s" + std::to_string(i);
    const std::string host = "s" + std::to_string((i + 1) % kLength);
    builder.add(SystemDecl{.id = {id}, .runs_on = {host}});
  }
  EXPECT_EQ(faults_of(builder),
            "parent-cycle: system 's0': system 's0' is on itself: 's0' on 's1' on 's2' on 's3' on 's4' on 's5' on ..., "
            "200000 in all\n");
}

TEST(BuilderNames, LinkToItself) {
  EXPECT_EQ(faults_of(ZoneDecl{.id = {"z"}}, LinkDecl{.id = {"l"}, .between = {{"z", line(1)}, {"z", line(2)}}}),
            "link-to-itself: the link 'l' lies between 'z' and itself\n");
}

TEST(BuilderNames, AreAllFoundInOneRunSortedByPlace) {
  TopologyBuilder builder;
  builder.report(diagnose(Code::unknown_key, line(4), "unknown key 'x'"));
  builder.add(SystemDecl{.id = {"a", line(9)}, .zone = {"nope", line(10)}, .start = {"x", line(11)}});
  builder.add(SystemDecl{.id = {"a", line(1)}, .needs = {}, .cost = {{-1.0, line(2)}}});
  const auto result = builder.finish();
  EXPECT_FALSE(result.topology.has_value());
  std::vector<std::uint32_t> lines;
  for (const Diagnostic& diagnostic : result.diagnostics) lines.push_back(diagnostic.at.line);
  EXPECT_EQ(lines, (std::vector<std::uint32_t>{1, 2, 4, 10, 11}));
}

TEST(BuilderNames, UnknownIdsAreNoNewsWhenAFileWasLost) {
  TopologyBuilder builder;
  builder.report(diagnose(Code::syntax, line(1), "no value"));
  builder.add(SystemDecl{.id = {"a"}, .zone = {"nope", line(10)}, .needs = needs_on({"b"})});
  builder.add(ScenarioDecl{.id = {"s"}, .off = words({"c"})});
  EXPECT_EQ(faults_of(builder), "syntax: no value\n");
}

TEST(BuilderNames, ReportedWarningsDoNotStopATopology) {
  TopologyBuilder builder;
  builder.report(diagnose(Code::no_effect, line(1), "something"));
  EXPECT_EQ(faults_of(builder), "no-effect: something\n");
}

TEST(BuilderNames, ManyUnknownIdsAmongManyIdsStayQuick) {
  TopologyBuilder builder;
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = "system-number-" + std::to_string(i);
    const std::string unknown = "sistem-nummer-" + std::to_string(i * 7);
    builder.add(SystemDecl{.id = {id}, .needs = needs_on({unknown})});
  }
  const auto result = builder.finish();
  ASSERT_EQ(result.diagnostics.size(), 20'000U);
  EXPECT_FALSE(result.diagnostics.front().hint.empty());
  EXPECT_TRUE(result.diagnostics.back().hint.empty());
}

}  // namespace
}  // namespace firebreak
