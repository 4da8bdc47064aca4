#include <gtest/gtest.h>
#include <map>

#include "analyzer/containment/need_rows.h"
#include "tests/unit/analyzer_cuts.h"

// What fails when actions are taken, as clauses: asked of the solver with some actions assumed.

namespace firebreak {
namespace {

using solver::Literal;
using Type = Action::Type;

class Felt : public Grounds {
 public:
  using Grounds::Grounds;

  /// Says what follows from an action, once.
  Literal act(CutId cut) {
    EXPECT_TRUE(cut.valid());
    const auto [at, fresh] = actions_.try_emplace(cut);
    if (fresh) {
      at->second = Literal(sat.add_variable());
      rows.add(cut, at->second);
    }
    return at->second;
  }
  Literal off(std::string_view id) { return act(cuts.switch_off((*this)[id])); }
  Literal isolate(std::string_view id) { return act(cuts.isolate((*this)[id])); }
  Literal block(std::string_view from, std::string_view to) {
    return act(cuts.block_zones((*this)[from], (*this)[to]));
  }

  /// "fails", "degraded" or "works": a service by the clauses, when these actions and no others are taken.
  [[nodiscard]] std::string_view state(std::string_view service, const std::vector<Literal>& taken) {
    std::vector<Literal> assumed;
    for (const auto& [cut, action] : actions_) {
      assumed.push_back(std::ranges::find(taken, action) != taken.end() ? action : ~action);
    }
    EXPECT_EQ(sat.solve(assumed), solver::Verdict::satisfiable);
    const NodeId n = (*this)[service];
    if (rows.fails(n).valid() && sat.holds(rows.fails(n))) return "fails";
    return rows.degrades(n).valid() && sat.holds(rows.degrades(n)) ? "degraded" : "works";
  }

  /// What the law says of actions, told to the clauses after they were asked. Whether it was new.
  [[nodiscard]] bool explain(const std::vector<CutId>& taken, std::string_view service) {
    std::vector<Literal> literals;
    std::vector<Action> done;
    for (const CutId cut : taken) {
      literals.push_back(act(cut));
      done.push_back(cuts.action(cut));
    }
    std::ignore = state(service, literals);
    const Scenario after = with_actions(graph, scenario, done, options.rules);
    return rows.explain(after, run_need(graph, after));
  }

  std::map<NodeId, int> felt;  ///< how often each service was told of
  solver::SatSolver sat;

 private:
  std::map<CutId, Literal> actions_;
  const NeedRun base_ = run_need(graph, scenario);

 public:
  NeedRows rows{graph, base_, cuts, sat, [this](NodeId service, Literal fails, Literal degraded) {
                  ++felt[service];
                  EXPECT_EQ(fails, rows.fails(service));
                  EXPECT_EQ(degraded, rows.degrades(service));
                }};
};

/// Systems that stand in no zone, of which switching off is all that can be done, and what needs them.
std::string systems(std::string_view ids, std::string_view more) {
  std::string toml;
  for (const char c : ids) toml += fmt::format("[system.{}]\n", c);
  return toml + std::string(more);
}
const Barred kOnlyOff{.without = {Type::isolate_system}};

TEST(NeedRows, FollowAChainToItsService) {
  Felt felt("[system.db]\n[system.app]\nneeds = ['db']\n[service.shop]\nneeds = ['app']\n[service.other]\n", {},
            kOnlyOff);
  const Literal db = felt.off("db");
  EXPECT_EQ(felt.state("shop", {db}), "fails");
  EXPECT_EQ(felt.state("shop", {}), "works");
  EXPECT_FALSE(felt.rows.fails(felt["other"]).valid()) << "nothing can make it fail";
  EXPECT_EQ(felt.felt, (std::map<NodeId, int>{{felt["shop"], 1}}));
}

TEST(NeedRows, CountWhatAGroupStands) {
  Felt felt(systems("abc", "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n"), {}, kOnlyOff);
  const Literal a = felt.off("a");
  const Literal b = felt.off("b");
  const Literal c = felt.off("c");
  for (const Literal one : {a, b, c}) EXPECT_EQ(felt.state("s", {one}), "works");
  EXPECT_EQ(felt.state("s", {a, b}), "fails");
  EXPECT_EQ(felt.state("s", {a, c}), "fails");
  EXPECT_EQ(felt.state("s", {b, c}), "fails");
}

TEST(NeedRows, CountFromWhatIsLostAlready) {
  const std::string toml = systems("abc", "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n");
  Felt one(toml, {.off = {"a"}}, kOnlyOff);
  const Literal b = one.off("b");
  EXPECT_EQ(one.state("s", {b}), "fails");
  Felt two(toml, {.off = {"a", "b"}}, kOnlyOff);
  (void)two.off("c");
  EXPECT_FALSE(two.rows.fails(two["s"]).valid()) << "it fails without any action";
  EXPECT_TRUE(two.felt.empty());
}

TEST(NeedRows, LeaveOutWhatTheScenarioSwitchesOff) {
  Felt felt(systems("a", "[service.s]\nneeds = ['a']\n[service.t]\nneeds = ['a']\n"), {.off = {"s"}}, kOnlyOff);
  (void)felt.off("a");
  EXPECT_FALSE(felt.rows.fails(felt["s"]).valid());
  EXPECT_EQ(felt.felt, (std::map<NodeId, int>{{felt["t"], 1}}));
}

TEST(NeedRows, TellDegradedFromFailed) {
  Felt felt(
      systems(
          "abcd",
          "[service.s]\nneeds = ['a', { on = 'b', soft = true }, { any = ['c', { on = 'd', fallback = true }] }]\n"),
      {}, kOnlyOff);
  const Literal a = felt.off("a");
  const Literal b = felt.off("b");
  const Literal c = felt.off("c");
  const Literal d = felt.off("d");
  EXPECT_EQ(felt.state("s", {a}), "fails");
  EXPECT_EQ(felt.state("s", {b}), "degraded");
  EXPECT_EQ(felt.state("s", {c}), "degraded") << "only the fallback is left";
  EXPECT_EQ(felt.state("s", {d}), "works");
  EXPECT_EQ(felt.state("s", {c, d}), "fails");
  EXPECT_EQ(felt.felt[felt["s"]], 1);
}

TEST(NeedRows, SayThatWhatFailsIsDegraded) {
  Felt felt(systems("a", "[service.s]\nneeds = ['a']\n"), {}, kOnlyOff);
  const Literal a = felt.off("a");
  EXPECT_EQ(felt.state("s", {a}), "fails");
  EXPECT_TRUE(felt.sat.holds(felt.rows.degrades(felt["s"])));
}

// That s can fail is known before there is an action that makes it fail.
TEST(NeedRows, FollowAServiceThatWasOnlyDegradedBefore) {
  Felt felt(systems("ab", "[service.s]\nneeds = ['a', { on = 'b', soft = true }]\n[service.t]\nneeds = ['s']\n"), {},
            kOnlyOff);
  const Literal b = felt.off("b");
  EXPECT_EQ(felt.state("t", {b}), "degraded");
  const Literal a = felt.off("a");
  EXPECT_EQ(felt.state("t", {a}), "fails");
}

TEST(NeedRows, LeaveACircleStanding) {
  Felt felt(
      "[system.a]\nneeds = ['b']\n[system.b]\nneeds = [{ any = ['a', 'c'] }]\n[system.c]\n[service.s]\nneeds = ['b']\n",
      {}, kOnlyOff);
  const Literal a = felt.off("a");
  const Literal c = felt.off("c");
  EXPECT_EQ(felt.state("s", {}), "works");
  EXPECT_EQ(felt.state("s", {c}), "works") << "a and b hold each other up";
  EXPECT_EQ(felt.state("s", {a}), "works");
  EXPECT_EQ(felt.state("s", {a, c}), "fails");
}

TEST(NeedRows, TakeDownWhatSharesASite) {
  Felt felt(
      "[system.ups]\n[site.hall]\nneeds = ['ups']\n[system.a]\nsite = 'hall'\n[system.b]\nsite = 'hall'\n"
      "[service.s]\nneeds = [{ any = ['a', 'b'] }]\n",
      {}, kOnlyOff);
  const Literal ups = felt.off("ups");
  const Literal a = felt.off("a");
  EXPECT_EQ(felt.state("s", {ups}), "fails");
  EXPECT_EQ(felt.state("s", {a}), "works");
}

constexpr auto kTwoZones =
    "[zone.a]\n[zone.b]\n[system.app]\nzone = 'a'\nneeds = [{ on = 'db', port = 'tcp/1433' }]\n"
    "[system.db]\nzone = 'b'\n[system.local]\nzone = 'a'\n[service.shop]\nneeds = ['app']\n"
    "[service.intern]\nneeds = ['local']\n";

TEST(NeedRows, SeverNeedsByIsolationAndBlocks) {
  Felt felt(std::string(kTwoZones) +
            "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/1433']\nfrom = ['a']\nto = ['b']\n");
  const std::vector<Literal> actions{felt.isolate("db"), felt.isolate("app"),  felt.isolate("a"),
                                     felt.isolate("b"),  felt.block("a", "b"), felt.act(felt.cuts.block_rule(0))};
  for (const Literal action : actions) EXPECT_EQ(felt.state("shop", {action}), "fails");
  EXPECT_EQ(felt.state("shop", {felt.block("b", "a")}), "works") << "the need goes the other way";
  EXPECT_EQ(felt.state("shop", {}), "works");
  EXPECT_EQ(felt.state("intern", {actions[0]}), "works");
}

// Nothing severs what a site needs, but its feed needs a system too.
TEST(NeedRows, SeverTheNeedsOfWhatIsIsolated) {
  Felt felt(
      "[zone.z]\n[system.feed]\nzone = 'z'\nneeds = ['control']\n[system.control]\nzone = 'z'\n[site.hall]\n"
      "needs = ['feed']\n[system.a]\nsite = 'hall'\n[service.s]\nneeds = ['a']\n");
  const Literal feed = felt.isolate("feed");
  EXPECT_EQ(felt.state("s", {feed}), "fails");
}

// Whether the border is that of the zone around.
TEST(NeedRows, SeverNeedsOverTheBorderOfAZoneAround) {
  Felt felt("[zone.plant]\n" + std::string(kTwoZones) +
            "[zone.cell]\nparent = 'plant'\n[system.plc]\nzone = 'cell'\n"
            "needs = ['local']\n[service.line]\nneeds = ['plc']\n");
  const Literal plant = felt.isolate("plant");
  EXPECT_EQ(felt.state("line", {plant}), "fails");
  EXPECT_EQ(felt.state("shop", {plant}), "works");
}

constexpr auto kLinks =
    "[system.r1]\n[system.r2]\n[system.r3]\n[link.one]\nbetween = ['a', 'b']\nneeds = ['r1']\n"
    "[link.two]\nbetween = ['a', 'b']\nneeds = ['r2']\n";

TEST(NeedRows, SayLostConnectionsWhenTheLawHasMetThem) {
  Felt felt(std::string(kTwoZones) + kLinks);
  const CutId first = felt.cuts.switch_off(felt["r1"]);
  const CutId second = felt.cuts.switch_off(felt["r2"]);
  EXPECT_FALSE(felt.explain({first}, "shop")) << "the other link is enough";
  const std::vector<Literal> both{felt.act(first), felt.act(second)};
  EXPECT_EQ(felt.state("shop", both), "works") << "nothing says otherwise yet";
  EXPECT_TRUE(felt.explain({first, second}, "shop"));
  EXPECT_EQ(felt.state("shop", both), "fails");
  EXPECT_EQ(felt.state("shop", {both[0]}), "works");
  EXPECT_EQ(felt.state("intern", both), "works");
  EXPECT_FALSE(felt.explain({first, second}, "shop")) << "it has been said";
}

// A link that goes down before them has another beside it: it is no reason.
TEST(NeedRows, SayLostConnectionsByTheLinksThatPart) {
  Felt felt(std::string(kTwoZones) +
            "[zone.c]\n[system.r1]\n[system.r2]\n[system.r3]\n[link.inner]\nbetween = ['a', 'c']\nneeds = ['r1']\n"
            "[link.beside]\nbetween = ['a', 'c']\n[link.one]\nbetween = ['a', 'b']\nneeds = ['r2']\n"
            "[link.two]\nbetween = ['a', 'b']\nneeds = ['r3']\n");
  std::vector<CutId> cuts;
  std::vector<Literal> actions;
  for (const char* router : {"r1", "r2", "r3"}) {
    cuts.push_back(felt.cuts.switch_off(felt[router]));
    actions.push_back(felt.act(cuts.back()));
  }
  EXPECT_TRUE(felt.explain(cuts, "shop"));
  EXPECT_EQ(felt.state("shop", {actions[1], actions[2]}), "fails");
  EXPECT_EQ(felt.state("shop", {actions[0], actions[1]}), "works");
}

// The server falls because the link to what it needs does, and takes the other one with it.
TEST(NeedRows, SayLostConnectionsByTheLinksThatFellFirst) {
  Felt felt(
      "[zone.a]\n[zone.b]\n[zone.c]\n[system.router]\n[system.pc]\nzone = 'c'\n[system.server]\nzone = 'a'\n"
      "needs = ['pc']\n[service.mail]\nneeds = ['ab']\n[link.ab]\nbetween = ['b', 'a']\nneeds = ['server']\n"
      "[link.bc]\nbetween = ['b', 'c']\nneeds = ['router']\n");
  const CutId router = felt.cuts.switch_off(felt["router"]);
  EXPECT_TRUE(felt.explain({router}, "mail"));
  EXPECT_EQ(felt.state("mail", {felt.act(router)}), "fails");
  EXPECT_EQ(felt.state("mail", {}), "works");
}

// A link that is down already is no reason.
TEST(NeedRows, SayLostConnectionsWithoutLinksThatAreDownAlready) {
  Felt felt(std::string(kTwoZones) + kLinks, {.off = {"r1"}});
  const CutId second = felt.cuts.switch_off(felt["r2"]);
  EXPECT_TRUE(felt.explain({second}, "shop"));
  EXPECT_EQ(felt.state("shop", {felt.act(second)}), "fails");
}

// More ways to lose eight of sixteen than are written down.
TEST(NeedRows, SayManyLossesTogetherWhenTheLawHasMetThem) {
  std::string toml;
  std::string members;
  for (int i = 0; i < 16; ++i) {
    toml += fmt::format("[system.s{}]\n", i);
    members += fmt::format("'s{}', ", i);
  }
  Felt felt(fmt::format("{}[service.s]\nneeds = [{{ at_least = 9, of = [{}] }}]\n", toml, members), {}, kOnlyOff);
  std::vector<CutId> cuts;
  std::vector<Literal> actions;
  for (int i = 0; i < 16; ++i) {
    cuts.push_back(felt.cuts.switch_off(felt[fmt::format("s{}", i)]));
    actions.push_back(felt.act(cuts.back()));
  }
  const std::vector<CutId> last(cuts.begin() + 8, cuts.end());
  const std::vector<Literal> eight(actions.begin() + 8, actions.end());
  EXPECT_EQ(felt.state("s", eight), "works") << "nothing says otherwise yet";
  EXPECT_TRUE(felt.explain(last, "s"));
  EXPECT_EQ(felt.state("s", eight), "fails");
  EXPECT_EQ(felt.state("s", {eight.begin() + 1, eight.end()}), "works");
  EXPECT_EQ(felt.state("s", {eight.begin(), eight.end() - 1}), "works");
  EXPECT_FALSE(felt.explain(last, "s")) << "it has been said";
}

TEST(NeedRows, HaveNothingToExplainWhereAllWasSaid) {
  Felt felt(systems("ab", "[service.s]\nneeds = [{ any = ['a', 'b'] }]\n"), {}, kOnlyOff);
  EXPECT_FALSE(felt.explain({felt.cuts.switch_off(felt["a"]), felt.cuts.switch_off(felt["b"])}, "s"));
}

}  // namespace
}  // namespace firebreak
