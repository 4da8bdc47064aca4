#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "analyzer/containment/step_rows.h"
#include "tests/unit/analyzer_cuts.h"

// How steps are told: who has to be reached, what follows, and which actions stop it.

namespace firebreak {
namespace {

using Texts = std::vector<std::string>;

class Told : public Grounds {
 public:
  using Grounds::Grounds;

  [[nodiscard]] PlanRun run(const std::vector<Action>& actions = {}) const {
    PlanRun run{with_actions(graph, scenario, actions, options.rules), {}, {}};
    run.need = run_need(graph, run.scenario);
    run.spread = blast(graph, run.scenario, run.need);
    return run;
  }

  [[nodiscard]] std::vector<StepRow> rows_to(std::string_view target) {
    const std::vector<NodeId> targets{(*this)[target]};
    return rows.leading_to(targets, run());
  }
  [[nodiscard]] Texts leading_to(std::string_view target) { return texts_of(rows_to(target)); }
  [[nodiscard]] Texts by_pivots(std::size_t most = 1000) { return texts_of(rows.by_pivots(run(), most)); }

  [[nodiscard]] Texts by_flows(std::size_t most = 1000) { return texts_of(rows.by_flows(run(), most)); }

  [[nodiscard]] std::string on_way(std::string_view target) {
    return texts(cuts_on_way(graph, run(), cuts, (*this)[target]));
  }

  /// "pc + key => #1 unless isolate pc", where #1 is the first station told of that is no node.
  [[nodiscard]] Texts texts_of(const std::vector<StepRow>& told) {
    Texts result;
    for (const StepRow& row : told) {
      Texts from;
      for (const StationId s : row.from) from.push_back(name(s));
      std::string text = fmt::format("{} => {}", fmt::join(from, " + "), name(row.to));
      if (!row.cuts.empty()) text += " unless " + texts(row.cuts);
      result.push_back(std::move(text));
    }
    return result;
  }

  StepRows rows{graph, scenario, cuts};

 private:
  [[nodiscard]] std::string name(StationId s) {
    if (rows.is_node(s)) return std::string(id(NodeId(s.index())));
    return fmt::format("#{}", numbers_.try_emplace(s, numbers_.size() + 1).first->second);
  }

  std::map<StationId, std::size_t> numbers_;
};

constexpr std::string_view kPlaces =
    "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.mate]\nzone = 'a'\n[system.vault]\nzone = 'b'\n"
    "[system.nas]\nzone = 'b'\n[identity.admin]\n[identity.key]\n";

std::string with(std::string_view more) {
  return std::string(kPlaces) + std::string(more);
}

TEST(StepRows, TellAFlowWithAllThatAreLikeIt) {
  Told told(kPlaces, {.compromised = {"pc"}});
  EXPECT_EQ(told.leading_to("vault"), (Texts{"#1 => #2 unless a -> b, isolate a, isolate b",
                                             "pc => #1 unless isolate pc", "#2 => vault unless isolate vault",
                                             "mate => #1 unless isolate mate", "#2 => nas unless isolate nas"}));
}

TEST(StepRows, TellNothingTwice) {
  Told told(kPlaces, {.compromised = {"pc"}});
  EXPECT_EQ(told.rows_to("vault").size(), 5U);
  EXPECT_EQ(told.leading_to("vault"), Texts());
  EXPECT_EQ(told.leading_to("nas"), Texts()) << "it was told with the vault";
}

TEST(StepRows, TellNothingOfWhatIsNotReachedOrThereFromTheStart) {
  Told told(kPlaces, {.compromised = {"pc"}});
  EXPECT_EQ(told.leading_to("admin"), Texts());
  EXPECT_EQ(told.leading_to("pc"), Texts());
}

TEST(StepRows, TellOnlyOfThoseWhoCanSendAndBeTakenWhateverIsUnplugged) {
  Told told(
      "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.mate]\nzone = 'a'\n[system.dead]\nzone = 'a'\n"
      "[system.vault]\nzone = 'b'\n[system.wall]\nzone = 'b'\neffort = 'never'\n[system.nas]\nzone = 'b'\n"
      "[system.gone]\nzone = 'b'\n",
      {.compromised = {"pc"}, .off = {"dead"}, .isolate = {"gone"}});
  const PlanRun unplugged = told.run(
      {{Action::Type::isolate_system, told["mate"], {}, {}}, {Action::Type::isolate_system, told["nas"], {}, {}}});
  const std::vector<NodeId> targets{told["vault"]};
  const Texts rows = told.texts_of(told.rows.leading_to(targets, unplugged));
  EXPECT_EQ(rows, (Texts{"#1 => #2 unless a -> b, isolate a, isolate b", "pc => #1 unless isolate pc",
                         "#2 => vault unless isolate vault", "mate => #1 unless isolate mate",
                         "#2 => nas unless isolate nas"}));
}

TEST(StepRows, TellEveryStepOfTheWay) {
  Told told(
      "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\nexposes = []\n[system.jump]\nzone = 'b'\n"
      "[identity.root]\n[system.aside]\nzone = 'b'\n[[pivot]]\nfrom = ['jump']\nto = ['root']\n",
      {.compromised = {"pc"}});
  const Texts rows = told.leading_to("root");
  EXPECT_EQ(rows.front(), "jump => root unless disable root");
  EXPECT_NE(std::ranges::find(rows, "pc => #1 unless isolate pc"), rows.end());
}

TEST(StepRows, TellAGuestByTheLightOfItsHost) {
  Told told("[system.metal]\n[system.vm]\nruns_on = 'metal'\n", {.compromised = {"metal"}});
  EXPECT_EQ(told.leading_to("vm"), Texts{"metal => vm unless off metal, off vm"});
}

TEST(StepRows, TellAPivotOfOneUserInOnePiece) {
  Told told(with("[[pivot]]\nfrom = ['key']\nto = ['admin']\nrequires = ['pc']\n"), {.compromised = {"pc", "key"}});
  EXPECT_EQ(told.leading_to("admin"), Texts{"pc + key => admin unless disable admin, disable key"});
}

TEST(StepRows, TellAPivotOfManyUsersInTwo) {
  Told told(with("[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault', 'nas']\n[policy.none]\n"), {.compromised = {"pc"}});
  EXPECT_EQ(told.leading_to("vault"), (Texts{"pc => #1", "#1 => vault unless isolate b, isolate vault", "mate => #1",
                                             "#1 => nas unless isolate b, isolate nas"}));
}

TEST(StepRows, TellUsersOfAPivotApartByTheirPlace) {
  Told told(with("[[pivot]]\nfrom = ['pc', 'nas', 'key']\nto = ['vault']\n[policy.none]\n"),
            {.compromised = {"pc", "nas", "key"}});
  EXPECT_EQ(told.by_pivots(), (Texts{"pc => #1", "#1 => vault unless isolate b, isolate vault", "nas => #2",
                                     "#2 => vault unless isolate vault", "key => #3 unless disable key",
                                     "#3 => vault unless isolate vault"}))
      << "no border runs within a zone, and none around identities";
}

constexpr auto kPort =
    "port = 'tcp/22'\n[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['a']\nto = ['b']\n";

TEST(StepRows, TellAPivotWithAPortLikeAFlow) {
  Told one(with(std::string("[[pivot]]\nfrom = ['pc']\nto = ['vault']\n") + kPort), {.compromised = {"pc"}});
  EXPECT_EQ(one.by_pivots(),
            Texts{"pc => vault unless a -> b, isolate a, isolate b, isolate pc, isolate vault, rule 0"});
  Told many(with(std::string("[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault']\nrequires = ['key']\n") + kPort),
            {.compromised = {"pc", "key"}});
  EXPECT_EQ(many.by_pivots(),
            (Texts{"pc => #1 unless isolate pc",
                   "key + #1 => vault unless a -> b, disable key, isolate a, isolate b, isolate vault, rule 0",
                   "mate => #1 unless isolate mate"}));
}

TEST(StepRows, ByPivotsLeaveOutWhatCannotBeUsed) {
  const auto rows = [](std::string_view pivot, const ScenarioWords& words) {
    return Told(with(fmt::format("[policy.none]\n[[pivot]]\n{}", pivot)), words).by_pivots().size();
  };
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\n", {.compromised = {"pc"}}), 1U);
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\n", {.compromised = {"nas"}}), 0U) << "nobody uses it";
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\nrequires = ['key']\n", {.compromised = {"pc"}}), 0U);
  EXPECT_EQ(rows("from = ['pc']\nto = ['pc']\n", {.compromised = {"pc"}}), 0U);
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\n", {.compromised = {"pc"}, .off = {"vault"}}), 0U);
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\n", {.compromised = {"pc"}, .isolate = {"vault"}}), 0U);
  EXPECT_EQ(rows("from = ['key']\nto = ['admin']\n", {.compromised = {"key"}, .off = {"key"}}), 0U);
  EXPECT_EQ(rows("from = ['pc']\nto = ['vault']\nport = 'tcp/22'\n", {.compromised = {"pc"}}), 0U) << "no flow";
}

TEST(StepRows, ByPivotsWithAPortNeedAWayForTheFlow) {
  const std::string pivot = std::string("[[pivot]]\nfrom = ['pc']\nto = ['vault']\n") + kPort;
  const auto rows = [&](const std::string& more, const std::vector<std::string>& off,
                        const std::vector<std::string>& isolated) {
    return Told(with(pivot + more), {.compromised = {"pc"}, .off = off, .isolate = isolated}).by_pivots().size();
  };
  const std::string link = "[link.ab]\nbetween = ['a', 'b']\n";
  EXPECT_EQ(rows("", {}, {}), 1U);
  EXPECT_EQ(rows("", {}, {"pc"}), 0U);
  EXPECT_EQ(rows("", {}, {"a"}), 0U);
  EXPECT_EQ(rows(link, {}, {}), 1U);
  EXPECT_EQ(rows(link, {"ab"}, {}), 0U);
}

// Whom a rule names apart is at another place, though in the same zone.
TEST(StepRows, ByPivotsWithAPortTellPlacesApartByTheRules) {
  constexpr auto kRule = "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['pc']\nto = ['vault']\n";
  Told told(with(std::string("[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault', 'nas']\nport = 'tcp/22'\n") + kRule),
            {.compromised = {"pc", "mate"}});
  EXPECT_EQ(told.by_pivots(), (Texts{"pc => #1 unless isolate pc",
                                     "#1 => vault unless a -> b, isolate a, isolate b, isolate vault, rule 0"}));
}

TEST(StepRows, ByPivotsLeaveOutUsersAndTargetsThatTheScenarioRulesOut) {
  const auto rows = [](const std::string& pivot, const ScenarioWords& words) {
    return Told(with(pivot), words).by_pivots();
  };
  const std::string keys = "[identity.old]\n[policy.none]\n[[pivot]]\nfrom = ['key', 'old']\nto = ['admin']\n";
  EXPECT_EQ(rows(keys, {.compromised = {"key"}, .off = {"old"}}),
            (Texts{"key => #1 unless disable key", "#1 => admin unless disable admin"}));
  const std::string ports = std::string("[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault']\n") + kPort;
  EXPECT_EQ(
      rows(ports, {.compromised = {"pc"}, .isolate = {"mate"}}),
      (Texts{"pc => #1 unless isolate pc", "#1 => vault unless a -> b, isolate a, isolate b, isolate vault, rule 0"}));
  const std::string two = "[policy.none]\n[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault', 'nas']\n";
  const Texts vault{"pc => #1", "#1 => vault unless isolate b, isolate vault", "mate => #1"};
  EXPECT_EQ(rows(two, {.compromised = {"pc"}, .off = {"nas"}}), vault);
  EXPECT_EQ(rows(two, {.compromised = {"pc"}, .isolate = {"nas"}}), vault);
}

TEST(StepRows, ByPivotsTakeNobodyByHimself) {
  Told told(with("[policy.none]\n[[pivot]]\nfrom = ['pc', 'nas']\nto = ['pc', 'mate']\n"), {.compromised = {"pc"}});
  EXPECT_EQ(told.by_pivots(), (Texts{"pc => #1", "#1 => mate unless isolate mate"}));
}

// Of several users at one place one is looked at.
TEST(StepRows, ByPivotsLookAtUsersThatAreAlikeOnce) {
  Told told(with("[policy.none]\n[[pivot]]\nfrom = ['pc', 'mate']\nto = ['vault']\n[[pivot]]\nfrom = ['pc']\n"
                 "to = ['nas']\n"),
            {.compromised = {"pc", "mate"}});
  EXPECT_EQ(told.by_pivots(2).back(), "pc => nas unless isolate b, isolate nas");
}

TEST(StepRows, ByFlowsTellEachKindOfPairsOnce) {
  Told told(
      with("[policy.fw]\nscope = 'between-zones'\n[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['a']\nto = ['b']\n"),
      {.compromised = {"pc"}});
  EXPECT_EQ(told.by_flows(), (Texts{"#1 => #2", "mate => #1 unless isolate mate", "#2 => mate unless isolate mate",
                                    "pc => #1 unless isolate pc", "#2 => pc unless isolate pc",
                                    "#1 => #3 unless a -> b, isolate a, isolate b, rule 0",
                                    "#3 => nas unless isolate nas", "#3 => vault unless isolate vault", "#4 => #3",
                                    "nas => #4 unless isolate nas", "vault => #4 unless isolate vault"}))
      << "inside a, from a to b, inside b";
  EXPECT_EQ(told.by_flows(), Texts()) << "what was told is not told again";
}

// A rule that can be blocked on one of two ports leaves the other.
TEST(StepRows, ByFlowsTellOfEachPortThatRulesTellApart) {
  const std::string rules =
      "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/22']\nfrom = ['a']\nto = ['b']\n"
      "[[policy.fw.rule]]\nallow = ['tcp/22-80']\nfrom = ['a']\nto = ['vault']\n";
  Told told(with(rules), {.compromised = {"pc"}});
  const Texts rows = told.by_flows();
  const auto count = [&](std::string_view cuts) {
    return std::ranges::count_if(rows, [&](const std::string& row) { return row.ends_with(cuts); });
  };
  EXPECT_EQ(count("isolate b, rule 0"), 1) << "to nas";
  EXPECT_EQ(count("isolate b, rule 1"), 1) << "to the vault, on tcp/23";
  EXPECT_EQ(count("rule 0, rule 1"), 0) << "tcp/22 is stopped by more, which says less";
}

TEST(StepRows, ByFlowsLeaveOutWhatCannotFlow) {
  const std::string link =
      "[link.ab]\nbetween = ['a', 'b']\n[policy.fw]\nscope = 'all'\n"
      "[[policy.fw.rule]]\nallow = ['any']\nfrom = ['a']\nto = ['b']\n";
  const auto rows = [&](const ScenarioWords& words) { return Told(with(link), words).by_flows().size(); };
  EXPECT_GT(rows({.compromised = {"pc", "vault"}}), 0U);
  EXPECT_EQ(rows({.compromised = {"pc", "vault"}, .off = {"ab"}}), 0U) << "no link";
  EXPECT_EQ(rows({.compromised = {"pc", "vault"}, .isolate = {"b"}}), 0U) << "a border";
  EXPECT_EQ(rows({.compromised = {"key"}}), 0U) << "nobody who sends is reached";
  EXPECT_EQ(rows({.compromised = {"pc"}, .isolate = {"pc"}}), 0U);
}

TEST(StepRows, ByFlowsLookAtNoMorePairsThanAsked) {
  Told told(with(""), {.compromised = {"pc", "vault"}});
  EXPECT_EQ(told.by_flows(1).size(), 5U) << "inside a: a flow, two who send, two who are taken";
}

// A border keeps a pivot without a port from coming in, and lets it out.
TEST(StepRows, ByPivotsStopAtABorderFromOutside) {
  const std::string pivots =
      with("[policy.none]\n[[pivot]]\nfrom = ['pc']\nto = ['vault']\n[[pivot]]\nfrom = ['vault']\nto = ['mate']\n");
  const std::vector<std::string> both{"pc", "vault"};
  EXPECT_EQ(Told(pivots, {.compromised = both}).by_pivots(),
            (Texts{"pc => vault unless isolate b, isolate vault", "vault => mate unless isolate a, isolate mate"}));
  EXPECT_EQ(Told(pivots, {.compromised = both, .isolate = {"b"}}).by_pivots(),
            Texts{"vault => mate unless isolate a, isolate mate"});
}

TEST(StepRows, ByPivotsLookAtNoMorePairsThanAsked) {
  const std::string pivot = with("[policy.none]\n[[pivot]]\nfrom = ['pc']\nto = ['vault', 'nas', 'admin']\n");
  for (std::size_t most = 0; most <= 4; ++most) {
    Told told(pivot, {.compromised = {"pc"}});
    EXPECT_EQ(told.by_pivots(most).size(), std::min<std::size_t>(most, 3));
  }
}

TEST(StepRows, FindAllThatStopsAStep) {
  const auto on_way = [](std::string_view pivot, const std::vector<std::string>& start, std::string_view target) {
    return Told(with(fmt::format("[system.vm]\nruns_on = 'pc'\n[policy.none]\n[[pivot]]\n{}", pivot)),
                {.compromised = start})
        .on_way(target);
  };
  EXPECT_EQ(on_way("from = ['pc']\nto = ['vault']\n", {"pc"}, "vm"), "off pc, off vm");
  EXPECT_EQ(on_way("from = ['pc']\nto = ['vault']\n", {"pc"}, "vault"), "isolate b, isolate vault");
  EXPECT_EQ(on_way("from = ['pc']\nto = ['admin']\nrequires = ['key']\n", {"pc", "key"}, "admin"),
            "disable admin, disable key");
  EXPECT_EQ(on_way("from = ['key']\nto = ['admin']\nrequires = ['mate']\n", {"pc", "key"}, "admin"),
            "disable admin, disable key, isolate mate, isolate pc, off pc")
      << "and what stops the way to what it requires";
}

TEST(StepRows, FindAllThatStopsAWay) {
  Told told(
      with("[[pivot]]\nfrom = ['vault']\nto = ['admin']\nrequires = ['key']\n[[pivot]]\nfrom = ['pc']\nto = ['key']\n"),
      {.compromised = {"pc"}});
  EXPECT_EQ(told.on_way("key"), "disable key");
  EXPECT_EQ(told.on_way("admin"),
            "a -> b, disable admin, disable key, isolate a, isolate b, isolate pc, isolate vault");
  EXPECT_EQ(told.on_way("pc"), "");
  EXPECT_EQ(Told(kPlaces, {.compromised = {"pc"}}).on_way("admin"), "") << "it is not reached";
}

/// What some rows say is reached when one action is taken.
std::set<StationId> reached_by(const std::vector<StepRow>& rows, const Scenario& scenario, CutId done) {
  std::set<StationId> reached;
  for (const NodeId n : scenario.compromised) reached.insert(StepRows::station(n));
  for (bool more = true; more;) {
    more = false;
    for (const StepRow& row : rows) {
      const bool stopped = std::ranges::find(row.cuts, done) != row.cuts.end();
      if (stopped || !std::ranges::all_of(row.from, [&](StationId s) { return reached.contains(s); })) continue;
      more = reached.insert(row.to).second || more;
    }
  }
  return reached;
}

// Links with routers, nested zones, hosts, a site, pivots of all kinds and a need between zones.
constexpr auto kRich =
    "[zone.office]\n[zone.desk]\nparent = 'office'\n[zone.dmz]\n[zone.core]\n[site.hall]\nneeds = ['ups']\n"
    "[system.ups]\nzone = 'dmz'\nneeds = [{ on = 'control', port = 'tcp/161' }]\n[system.control]\nzone = 'core'\n"
    "[system.r1]\n[system.r2]\n[link.one]\nbetween = ['office', 'dmz']\nneeds = [{ any = ['r1', 'r2'] }]\n"
    "[link.two]\nbetween = ['dmz', 'core']\nneeds = ['r2']\n[link.three]\nbetween = ['desk', 'office']\n"
    "[system.pc]\nzone = 'desk'\n[system.mate]\nzone = 'desk'\n[system.web]\nzone = 'dmz'\nexposes = ['tcp/443']\n"
    "[system.esx]\nzone = 'core'\nsite = 'hall'\nexposes = ['tcp/22']\n[system.vm]\nzone = 'core'\nruns_on = 'esx'\n"
    "exposes = []\n[identity.key]\n[identity.root]\n[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/443']\n"
    "to = ['dmz']\n[[policy.fw.rule]]\nallow = ['tcp/22', 'tcp/161']\nfrom = ['dmz']\nto = ['core']\n"
    "[[pivot]]\nfrom = ['web', 'mate']\nto = ['key']\n[[pivot]]\nfrom = ['web']\nto = ['esx']\nport = 'tcp/22'\n"
    "requires = ['key']\n[[pivot]]\nfrom = ['vm', 'esx']\nto = ['root', 'control']\n";

TEST(StepRows, HoldUnderEveryActionThatTheyDoNotName) {
  Told told(kRich, {.compromised = {"pc"}});
  const PlanRun now = told.run();
  ASSERT_EQ(now.spread.order.size(), 9U);
  std::vector<StepRow> rows = told.rows.leading_to(now.spread.order, now);
  const std::vector<StepRow> more = told.rows.by_pivots(now, 1000);
  rows.insert(rows.end(), more.begin(), more.end());
  const std::set<StationId> all = reached_by(rows, told.scenario, {});
  for (const NodeId n : now.spread.order) EXPECT_TRUE(all.contains(StepRows::station(n))) << told.id(n);
  ASSERT_GT(told.cuts.size(), 20U);
  for (const CutId cut : ids<CutId>(told.cuts.size())) {
    const PlanRun after = told.run({told.cuts.action(cut)});
    for (const StationId s : reached_by(rows, told.scenario, cut)) {
      if (!told.rows.is_node(s)) continue;
      const NodeId n(s.index());
      EXPECT_TRUE(after.spread.reached[n]) << told.text(cut) << " keeps from " << told.id(n);
    }
  }
}

}  // namespace
}  // namespace firebreak
