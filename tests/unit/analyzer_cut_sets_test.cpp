#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "firebreak/weak.h"

#include "analyzer/solver/minimal_sets.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;

class Weak {
 public:
  explicit Weak(std::string_view toml, const ScenarioWords& words = {})
      : topology_(from_toml(toml)), graph_(compile(topology_)), actions_(support::scenario(topology_, words)) {}

  [[nodiscard]] CutSets of(std::string_view id, std::size_t list = 20) const {
    CutSetOptions options;
    options.nodes = {topology_.find(id)};
    options.losses = usual_losses(graph_);
    options.list = list;
    return cut_sets(graph_, actions_, options).nodes.front();
  }
  [[nodiscard]] std::string words(const std::vector<CutSet>& sets) const {
    std::vector<std::string> texts;
    for (const CutSet& set : sets) {
      std::vector<std::string_view> ids;
      for (const NodeId n : set.nodes) ids.push_back(topology_.nodes[n].id);
      texts.push_back(fmt::format("{}", fmt::join(ids, "+")));
    }
    return fmt::format("{}", fmt::join(texts, " "));
  }

 private:
  const Topology topology_;
  const Graph graph_;
  const Scenario actions_;
};

constexpr auto kMail =
    "[zone.z]\n[site.hall]\n[system.a]\nzone = 'z'\nsite = 'hall'\ncost = 5\n[system.b]\nzone = 'z'\nsite = 'hall'\n"
    "[system.db]\nzone = 'z'\ncost = 9\n[service.mail]\nneeds = [{ any = ['a', 'b'] }, 'db']\n";

TEST(CutSets, AreListedBySizeThenCost) {
  const Weak weak(kMail);
  const CutSets mail = weak.of("mail");
  EXPECT_EQ(weak.words(mail.smallest), "hall db a+b");
  EXPECT_EQ(to_string(mail.count), "3");
  ASSERT_EQ(mail.by_size.size(), 3U);
  EXPECT_EQ(to_string(mail.by_size[1]), "2");
  EXPECT_EQ(to_string(mail.by_size[2]), "1");
}

TEST(CutSets, NameTheCheapest) {
  const Weak weak(kMail);
  const CutSets mail = weak.of("mail");
  EXPECT_EQ(weak.words(mail.cheapest), "hall");
  EXPECT_EQ(mail.cheapest.front().cost, 1);
}

TEST(CutSets, AreAsManyAsAskedForWhileAllAreCounted) {
  const CutSets mail = Weak(kMail).of("mail", 1);
  EXPECT_EQ(mail.smallest.size(), 1U);
  EXPECT_EQ(to_string(mail.count), "3");
}

TEST(CutSets, ComeOnTopOfWhatTheScenarioDoes) {
  const Weak weak(kMail, {.off = {"a"}});
  EXPECT_EQ(weak.words(weak.of("mail").smallest), "hall b db");
}

TEST(CutSets, OfWhatFailsAlreadyAreTheEmptySet) {
  const CutSets mail = Weak(kMail, {.off = {"db"}}).of("mail");
  EXPECT_EQ(to_string(mail.count), "1");
  ASSERT_EQ(mail.smallest.size(), 1U);
  EXPECT_TRUE(mail.smallest.front().nodes.empty());
}

TEST(CutSets, OfManyPairsAreCountedPast64Bits) {
  std::string toml = "[zone.z]\n";
  std::string members;
  for (int i = 0; i < 70; ++i) {
    toml += fmt::format("[system.a{0}]\nzone = 'z'\n[system.b{0}]\nzone = 'z'\n", i);
    members += fmt::format("{{ all = ['a{0}', 'b{0}'] }}, ", i);
  }
  const CutSets all = Weak(fmt::format("{}[service.s]\nneeds = [{{ any = [{}] }}]\n", toml, members)).of("s", 0);
  EXPECT_EQ(to_string(all.count), "1180591620717411303424");
  EXPECT_EQ(all.by_size.size(), 71U);
}

TEST(CutSets, RankLossesByTheSmallSetsTheyAreIn) {
  const Topology topology = from_toml(kMail);
  const Graph graph = compile(topology);
  const CutSetOptions options{
      .nodes = {topology.find("mail")}, .losses = usual_losses(graph), .list = 0, .cheapest = 0, .shares = true};
  const CutSets mail = cut_sets(graph, {}, options).nodes.front();
  std::vector<std::string> ranked;
  for (const LossShare& share : mail.shares) ranked.emplace_back(topology.nodes[share.loss].id);
  EXPECT_EQ(fmt::format("{}", fmt::join(ranked, " ")), "hall db a b");
  EXPECT_EQ(mail.shares_up_to, CutSets::kAnySize);
}

TEST(CutSets, SayUpToWhereTheyGo) {
  const Topology topology = from_toml(kMail);
  const Graph graph = compile(topology);
  CutSetOptions options{.nodes = {topology.find("mail")}, .losses = usual_losses(graph), .order = 1};
  const CutSetAnswer asked = cut_sets(graph, {}, options);
  EXPECT_TRUE(asked.complete);
  EXPECT_EQ(asked.nodes.front().exact_up_to, 1U);
  EXPECT_EQ(to_string(asked.nodes.front().count), "2");
  options.order = CutSets::kAnySize;
  options.engine = CutSetEngine::exhaustive;
  const CutSetAnswer tried = cut_sets(graph, {}, options);
  EXPECT_FALSE(tried.complete);
  EXPECT_EQ(tried.nodes.front().exact_up_to, 2U);
}

TEST(CutSets, AreListedSoonHoweverManyAreAlike) {
  std::string toml;
  std::string members;
  for (int i = 0; i < 60; ++i) {
    toml += fmt::format("[system.a{0}]\n[system.b{0}]\n", i);
    members += fmt::format("{{ all = ['a{0}', 'b{0}'] }}, ", i);
  }
  const CutSets all = Weak(fmt::format("{}[service.s]\nneeds = [{{ any = [{}] }}]\n", toml, members)).of("s", 1000);
  EXPECT_EQ(all.smallest.size(), 1000U);
}

TEST(SingleLosses, AreListedByWhatTheyWeigh) {
  const Topology topology = from_toml(
      "[system.a]\n[system.b]\n[system.c]\n[service.small]\nneeds = ['a', { on = 'b', soft = true }]\n[service.large]\n"
      "needs = ['b']\nweight = 10\n");
  const Graph graph = compile(topology);
  const std::vector<NodeId> services{topology.find("small"), topology.find("large")};
  const SingleLosses losses = single_losses(graph, {}, usual_losses(graph), services);
  ASSERT_EQ(losses.effects.size(), 2U);
  EXPECT_EQ(losses.effects[0].loss, topology.find("b"));
  EXPECT_EQ(losses.effects[0].fails, std::vector{topology.find("large")});
  EXPECT_EQ(losses.effects[0].degrades, std::vector{topology.find("small")});
  EXPECT_EQ(losses.effects[0].weight_lost, 10);
  EXPECT_EQ(losses.effects[1].loss, topology.find("a"));
}

TEST(MinimalSets, SayThatThereWasNoRoom) {
  solver::Circuit circuit;
  std::vector<solver::GateId> inputs;
  for (std::size_t i = 0; i < 20; ++i) inputs.push_back(circuit.input(solver::InputId(i)));
  const std::vector<solver::GateId> root{circuit.at_least(10, inputs)};
  EXPECT_FALSE(solver::minimal_sets(circuit, root, {.most = 50}).complete);
  EXPECT_TRUE(solver::minimal_sets(circuit, root, {.most = 1000}).complete);
}

}  // namespace
}  // namespace firebreak
