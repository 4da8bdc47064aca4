#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "firebreak/contain.h"
#include "firebreak/load.h"

namespace firebreak {
namespace {

struct Case {
  explicit Case(const std::string& toml) : loaded(load_texts({{"t.toml", toml}})), graph(compile(*loaded.topology)) {
    options.rules = rule_blocks(*loaded.topology);
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (graph.critical[n]) options.protect.push_back(n);
    }
  }

  NodeId operator[](const char* id) const { return loaded.topology->find(id); }

  Containment contain_from(const char* id) const {
    Scenario scenario;
    scenario.compromised = {(*this)[id]};
    return contain(graph, scenario, options);
  }

  Loaded loaded;
  Graph graph;
  ContainOptions options;
};

using Type = Action::Type;

// The link stands as long as two of its three routers do, so two of them have to go.
constexpr const char* kRouters = R"([zone.a]
[zone.b]
[system.pc]
zone = "a"
[system.r1]
[system.r2]
[system.r3]
cost = 5
[system.vault]
zone = "b"
critical = true
[link.ab]
between = ["a", "b"]
needs = [{ at_least = 2, of = ["r1", "r2", "r3"] }]
)";

TEST(Contain, TakesDownALinkWithWhatItNeeds) {
  Case c(kRouters);
  c.options.without = {Type::isolate_zone, Type::block_zones, Type::isolate_system};
  c.options.cannot = {c["pc"], c["vault"]};
  const Containment answer = c.contain_from("pc");
  ASSERT_TRUE(answer.plan);
  EXPECT_TRUE(answer.proven);
  EXPECT_EQ(answer.plan->actions,
            (std::vector<Action>{{Type::switch_off, c["r1"], {}, {}}, {Type::switch_off, c["r2"], {}, {}}}));
  EXPECT_EQ(answer.plan->cost, 2);
  EXPECT_EQ(answer.bound.cost, 2);
  EXPECT_EQ(answer.bound.actions, 2U);
}

// With one router down already, one more is enough.
TEST(Contain, CountsWhatIsOffAlready) {
  Case c(kRouters);
  c.options.without = {Type::isolate_zone, Type::block_zones, Type::isolate_system};
  c.options.cannot = {c["pc"], c["vault"]};
  Scenario scenario;
  scenario.compromised = {c["pc"]};
  scenario.off = {c["r3"]};
  const Containment answer = contain(c.graph, scenario, c.options);
  ASSERT_TRUE(answer.plan);
  EXPECT_EQ(answer.plan->actions.size(), 1U);
}

TEST(Contain, UnplugsRatherThanSwitchesOff) {
  Case c(
      "[zone.a]\n[system.host]\nzone = \"a\"\n[system.pc]\nzone = \"a\"\nruns_on = \"host\"\n[system.vault]\nzone = "
      "\"a\"\ncritical = true\n");
  c.options.cannot = {c["vault"], c["host"], c["a"]};
  const Containment answer = c.contain_from("pc");
  ASSERT_TRUE(answer.plan);
  EXPECT_EQ(answer.plan->actions, (std::vector<Action>{{Type::isolate_system, c["pc"], {}, {}}}));
}

// A server that falls because its network is cut off takes a second link with it. That one is no reason for the cut.
TEST(Contain, SeesWhichOfTwoLinksCutsANeedOff) {
  Case c(
      "[zone.a]\n[zone.b]\n[zone.c]\n[system.router]\n[system.pc]\nzone = \"c\"\n[system.server]\nzone = \"a\"\n"
      "needs = [\"pc\"]\ncritical = true\n[service.mail]\nneeds = [\"ab\"]\n"
      "[link.bc]\nbetween = [\"b\", \"c\"]\nneeds = [\"router\"]\n"
      "[link.ab]\nbetween = [\"b\", \"a\"]\nneeds = [\"server\"]\n");
  c.options.cannot = {c["pc"], c["server"], c["a"], c["b"], c["c"]};
  const Containment answer = c.contain_from("pc");
  ASSERT_TRUE(answer.plan);
  EXPECT_TRUE(answer.proven);
  EXPECT_EQ(answer.plan->actions, (std::vector<Action>{{Type::isolate_system, c["router"], {}, {}}}));
  EXPECT_EQ(answer.plan->weight_lost, 1);
  EXPECT_EQ(answer.bound.weight_lost, 1);
}

// Of two plans that are equally good, the one that takes away less.
TEST(Contain, BlocksARuleRatherThanAllBetweenTwoZones) {
  Case c(
      "[zone.a]\n[zone.b]\n[system.pc]\nzone = \"a\"\n[system.vault]\nzone = \"b\"\ncritical = true\n"
      "[policy.fw]\n[[policy.fw.rule]]\nallow = [\"tcp/22\"]\nfrom = [\"a\"]\nto = [\"b\"]\n");
  c.options.cannot = {c["pc"], c["vault"]};
  const Containment answer = c.contain_from("pc");
  ASSERT_TRUE(answer.plan);
  ASSERT_EQ(answer.plan->actions.size(), 1U);
  EXPECT_EQ(answer.plan->actions.front().type, Type::block_rule);
}

// Twenty jump hosts can be used for the same password, and twelve doors stand open to the same vault.
TEST(Contain, LearnsStepsThatAreAlikeAtOnce) {
  std::string text = "[zone.a]\n[zone.b]\n[system.pc]\nzone = \"a\"\n[system.vault]\nzone = \"b\"\ncritical = true\n";
  std::string from;
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("[system.jump{0}]\nzone = \"a\"\ncost = 3\n[service.v{0}]\nneeds = [\"jump{0}\"]\n", i);
    from += fmt::format("{}\"jump{}\"", i == 0 ? "" : ", ", i);
  }
  text += "[policy.fw]\n[[pivot]]\nto = [\"vault\"]\nfrom = [" + from + "]\n";
  Case c(text);
  c.options.cannot = {c["pc"], c["vault"], c["a"], c["b"]};
  for (const ContainOptions::Learn learn : {ContainOptions::Learn::as_met, ContainOptions::Learn::at_once}) {
    c.options.learn = learn;
    const Containment answer = c.contain_from("pc");
    ASSERT_TRUE(answer.plan);
    EXPECT_TRUE(answer.proven);
    EXPECT_EQ(answer.plan->weight_lost, 20);
    EXPECT_EQ(answer.plan->cost, 60);
  }
}

TEST(Contain, SaysWhenNothingHelps) {
  Case c("[zone.a]\n[system.pc]\nzone = \"a\"\n[system.vault]\nzone = \"a\"\ncritical = true\n");
  c.options.cannot = {c["pc"], c["vault"], c["a"]};
  const Containment answer = c.contain_from("pc");
  EXPECT_FALSE(answer.plan);
  EXPECT_TRUE(answer.proven);
  const Containment late = c.contain_from("vault");
  EXPECT_FALSE(late.plan);
  EXPECT_EQ(late.lost_already, std::vector<NodeId>{c["vault"]});
}

// What runs out of time still has a plan, and says what it could not prove.
TEST(Contain, AnswersWhenPatienceRunsOut) {
  std::string text = "[zone.a]\n[zone.b]\n[system.pc]\nzone = \"a\"\n";
  for (int i = 0; i < 6; ++i) {
    text += fmt::format("[system.s{0}]\nzone = \"b\"\ncritical = true\n[service.v{0}]\nneeds = [\"s{0}\"]\n", i);
  }
  Case c(text);
  c.options.cannot = {c["pc"]};
  c.options.without = {Type::isolate_zone, Type::block_zones};
  c.options.patience = [] { return false; };
  const Containment answer = c.contain_from("pc");
  ASSERT_TRUE(answer.plan);
  EXPECT_FALSE(answer.proven);
  EXPECT_EQ(answer.plan->weight_lost, 6);
  EXPECT_LT(answer.bound.weight_lost, 6);
}

TEST(Frontier, GoesFromNothingLostToNothingReached) {
  Case c(
      "[zone.a]\n[system.pc]\nzone = \"a\"\n[system.web]\nzone = \"a\"\n[system.db]\nzone = \"a\"\n"
      "[service.desk]\nneeds = [\"pc\"]\nweight = 2\n[service.shop]\nneeds = [\"web\"]\nweight = 1\n");
  c.options.without = {Type::isolate_zone};
  Scenario scenario;
  scenario.compromised = {c["pc"]};
  const Frontier found = frontier(c.graph, scenario, c.options);
  ASSERT_EQ(found.plans.size(), 2U);
  EXPECT_EQ(found.plans[0].weight_lost, 0);
  EXPECT_EQ(found.plans[0].reached, 2U);
  EXPECT_EQ(found.plans[1].weight_lost, 1);
  EXPECT_EQ(found.plans[1].reached, 1U);
  EXPECT_TRUE(found.complete);
}

TEST(Frontier, EndsWithWhatWasCompromised) {
  const Case c("[zone.a]\n[system.pc]\nzone = \"a\"\n");
  Scenario scenario;
  scenario.compromised = {c["pc"]};
  const Frontier found = frontier(c.graph, scenario, c.options);
  ASSERT_EQ(found.plans.size(), 1U);
  EXPECT_TRUE(found.plans[0].actions.empty());
}

/// Servers behind a PC, each with a service of this weight and with so many others that it leads to, which nothing is
/// done to: to lose the service is to spare them all.
Case branches(const std::vector<std::pair<int, int>>& weights_and_sizes) {
  std::string toml = "[zone.office]\n[zone.away]\n[system.pc]\nzone = \"office\"\n";
  for (std::size_t i = 0; i < weights_and_sizes.size(); ++i) {
    const auto [weight, size] = weights_and_sizes[i];
    toml += fmt::format(
        "[system.s{0}]\n[service.v{0}]\nneeds = [\"s{0}\"]\nweight = {1}\n[[pivot]]\nfrom = [\"pc\"]\nto = [\"s{0}\"]\n"
        "via = \"x\"\n",
        i, weight);
    for (int k = 1; k < size; ++k) {
      toml += fmt::format("[system.s{0}-{1}]\n[[pivot]]\nfrom = [\"s{0}\"]\nto = [\"s{0}-{1}\"]\n", i, k);
    }
  }
  Case c(toml);
  c.options.without = {Type::isolate_zone, Type::isolate_system, Type::block_zones};
  for (const System& system : c.loaded.topology->systems) {
    const std::string_view id = c.loaded.topology->nodes[system.node].id;
    if (id == "pc" || id.find('-') != std::string::npos) c.options.cannot.push_back(system.node);
  }
  return c;
}

Frontier frontier_from_pc(const Case& c, const Patience& patience = {}) {
  Scenario scenario;
  scenario.compromised = {c["pc"]};
  ContainOptions options = c.options;
  options.patience = patience;
  return frontier(c.graph, scenario, options);
}

// So many of so many are to go, which is hard for clauses alone: 2^60 sets, and a plan for each number.
TEST(Frontier, IsFoundWhereManyCouldBeSpared) {
  std::vector<std::pair<int, int>> branch;
  for (int i = 0; i < 60; ++i) branch.emplace_back(10 + (i * 37) % 61, 1);
  const Frontier found = frontier_from_pc(branches(branch));
  EXPECT_TRUE(found.complete);
  ASSERT_EQ(found.plans.size(), 61U);
  std::ranges::sort(branch);
  double lost = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_EQ(found.plans[i].weight_lost, lost);
    EXPECT_EQ(found.plans[i].reached, 61 - i);
    lost += branch[i].first;
  }
}

// Not all of them are best by some price for each that is reached.
TEST(Frontier, FindsWhatLiesBetween) {
  const Frontier found = frontier_from_pc(branches({{10, 10}, {11, 9}, {3, 1}}));
  std::vector<std::pair<double, std::uint32_t>> points;
  for (const Plan& plan : found.plans) points.emplace_back(plan.weight_lost, plan.reached);
  EXPECT_EQ(points,
            (std::vector<std::pair<double, std::uint32_t>>{{0, 21}, {3, 20}, {10, 11}, {13, 10}, {21, 2}, {24, 1}}));
  EXPECT_TRUE(found.complete);
}

TEST(Frontier, SaysBehindWhichPlansOthersMayBe) {
  const Case c = branches({{10, 10}, {11, 9}, {3, 1}, {7, 5}, {8, 6}});
  const Frontier whole = frontier_from_pc(c);
  ASSERT_TRUE(whole.complete);
  EXPECT_EQ(std::ranges::count(whole.open, true), 0);
  bool saw_open = false;
  for (int times = 1; times < 400; ++times) {
    int left = times;
    const Frontier part = frontier_from_pc(c, [&] { return left-- > 0; });
    ASSERT_EQ(part.open.size(), part.plans.size());
    EXPECT_EQ(part.complete, !part.plans.empty() && std::ranges::count(part.open, true) == 0);
    EXPECT_FALSE(part.complete && part.plans.size() != whole.plans.size());
    // What is not said to be open has its neighbours of the whole.
    for (std::size_t i = 0; i < part.plans.size(); ++i) {
      const auto at = std::ranges::find(whole.plans, part.plans[i].weight_lost, &Plan::weight_lost);
      ASSERT_NE(at, whole.plans.end());
      EXPECT_EQ(at->reached, part.plans[i].reached);
      saw_open |= part.open[i] && i + 1 < part.plans.size();
      if (part.open[i]) continue;
      const double next = i + 1 < part.plans.size() ? part.plans[i + 1].weight_lost : -1;
      EXPECT_EQ(next, at + 1 != whole.plans.end() ? (at + 1)->weight_lost : -1);
    }
  }
  EXPECT_TRUE(saw_open);
}

}  // namespace
}  // namespace firebreak
