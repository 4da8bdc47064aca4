#include <gtest/gtest.h>

#include "firebreak/explain.h"

#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

constexpr auto kEstate =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.pc]\nzone = 'a'\n[system.web]\nzone = 'b'\nexposes = "
    "['tcp/443']\n[system.vault]\nzone = 'c'\n"
    "effort = 'never'\n[system.r1]\n[system.r2]\n"
    "[link.ab]\nbetween = ['a', 'b']\nneeds = ['r1']\n[link.bc]\nbetween = ['b', 'c']\nneeds = ['r2']\n"
    "[policy.fw]\n[[policy.fw.rule]]\nname = 'R1'\nallow = ['tcp/443', 'tcp/22']\nfrom = ['a']\nto = ['b']\n";

class Explained {
 public:
  explicit Explained(const ScenarioWords& words = {})
      : topology_(from_toml(kEstate)), graph_(compile(topology_)), actions_(scenario(topology_, words)) {}

  [[nodiscard]] FlowExplanation flow(std::string_view from, std::string_view to, std::string_view port) const {
    return explain_flow(graph_, actions_, topology_.find(from), topology_.find(to), *parse_ports(port));
  }
  [[nodiscard]] NodeId id(std::string_view name) const { return topology_.find(name); }

 private:
  Topology topology_;
  Graph graph_;
  Scenario actions_;
};

TEST(ExplainFlow, NamesTheDecidingRule) {
  const FlowExplanation allowed = Explained().flow("pc", "web", "https");
  EXPECT_TRUE(allowed.possible);
  ASSERT_EQ(allowed.judgement.verdicts.size(), 1U);
  EXPECT_EQ(allowed.judgement.verdicts[0].rule, RuleId(0));
  EXPECT_EQ(allowed.connection.path.size(), 1U);
  const FlowExplanation denied = Explained().flow("pc", "web", "smb");
  EXPECT_FALSE(denied.permitted);
  EXPECT_FALSE(denied.judgement.verdicts[0].rule.valid()) << "the default decides";
  EXPECT_FALSE(Explained().flow("pc", "web", "tcp/22").target_exposes);
}

TEST(ExplainFlow, NamesWhatStandsInBetween) {
  const Explained cut({.off = {"r1"}});
  EXPECT_EQ(cut.flow("pc", "web", "https").connection.broken, std::vector<NodeId>{cut.id("ab")});
  const Explained unplugged({.isolate = {"web"}});
  EXPECT_EQ(unplugged.flow("pc", "web", "https").isolated, unplugged.id("web"));
  const Explained bordered({.isolate = {"b"}});
  EXPECT_EQ(bordered.flow("pc", "web", "https").border, bordered.id("b"));
  const Explained off({.off = {"pc"}});
  EXPECT_EQ(off.flow("pc", "web", "https").dark, off.id("pc"));
  const Explained blocked({.block = {"a -> web tcp/443"}});
  EXPECT_EQ(blocked.flow("pc", "web", "https").judgement.block, 0U);
  EXPECT_TRUE(Explained().flow("pc", "vault", "https").hardened);
}

TEST(ExplainTakeover, GivesBothWays) {
  const Topology topology = from_toml(kEstate);
  const Graph graph = compile(topology);
  const TakeoverExplanation taken = explain_takeover(graph, {}, topology.find("pc"), topology.find("web"));
  EXPECT_TRUE(taken.reached);
  EXPECT_EQ(taken.shortest.size(), 2U);
  EXPECT_FALSE(explain_takeover(graph, {}, topology.find("pc"), topology.find("vault")).reached);
}

std::vector<std::vector<std::size_t>> fixes(std::string_view toml, const ScenarioWords& words, std::string_view id,
                                            bool* complete = nullptr, std::uint64_t runs = 20'000) {
  const Topology topology = from_toml(toml);
  const StateExplanation why = explain_state(compile(topology), scenario(topology, words), topology.find(id), runs);
  if (complete != nullptr) *complete = why.complete;
  std::vector<std::vector<std::size_t>> sets;
  for (const auto& fix : why.fixes) {
    std::vector<std::size_t> set;
    for (const Undo& undo : fix) set.push_back(undo.index + 100 * static_cast<std::size_t>(undo.type));
    sets.push_back(set);
  }
  return sets;
}

using Sets = std::vector<std::vector<std::size_t>>;

TEST(ExplainState, FindsTheSmallestSetsToBringBack) {
  constexpr auto kPairs =
      "[system.a]\n[system.b]\n[system.c]\n[system.d]\n[service.app]\nneeds = [{ any = ['a', 'b'] }, 'c']\n";
  EXPECT_EQ(fixes(kPairs, {.off = {"a", "b", "c", "d"}}, "app"), (Sets{{0, 2}, {1, 2}}));
  EXPECT_EQ(fixes(kPairs, {.off = {"a", "b"}}, "app"), (Sets{{0}, {1}}));
  EXPECT_TRUE(fixes(kPairs, {.off = {"d"}}, "app").empty()) << "what works needs no fix";
}

TEST(ExplainState, UndoesIsolationAndBlocksToo) {
  constexpr auto kZones = "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = 'b'\n";
  EXPECT_EQ(fixes(kZones, {.isolate = {"y", "b"}}, "x"), (Sets{{100, 200}}));
  EXPECT_EQ(fixes(kZones, {.block = {"x -> y"}}, "x"), (Sets{{300}}));
}

TEST(ExplainState, SaysWhenItGaveUp) {
  constexpr auto kPairs = "[system.a]\n[system.b]\n[system.c]\n[service.app]\nneeds = [{ any = ['a', 'b'] }, 'c']\n";
  bool complete = true;
  const Sets found = fixes(kPairs, {.off = {"a", "b", "c"}}, "app", &complete, 2);
  EXPECT_FALSE(complete);
  EXPECT_EQ(found.size(), 1U) << "one way that mends it is always shown";
}

}  // namespace
}  // namespace firebreak
