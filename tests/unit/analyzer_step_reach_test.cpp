#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "firebreak/blast.h"

#include "tests/support/toml.h"

namespace firebreak {
namespace {

/// A client and a server beside it, which with the account behind the client opens the vault.
constexpr const char* kOffice =
    "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.server]\nzone = 'a'\n[system.vault]\nzone = 'b'\n"
    "[identity.admin]\n[policy.p]\n[[pivot]]\nfrom = ['pc']\nto = ['admin']\n"
    "[[pivot]]\nfrom = ['server']\nto = ['vault']\nrequires = ['admin']\n";

struct Asked {
  Topology topology = support::from_toml(kOffice);
  Graph graph = compile(topology);

  /// What is reached, with a bar before each step.
  std::string from(StepReach& reach, const std::vector<std::string>& words) const {
    std::vector<NodeId> starts;
    for (const std::string& word : words) starts.push_back(topology.find(word));
    const std::span<const NodeId> reached = reach.from(starts);
    std::string text;
    std::size_t step = 0;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (; step < reach.steps().size() && reach.steps()[step] == i; ++step) text += "| ";
      text += std::string(topology.nodes[reached[i]].id) + " ";
    }
    return text;
  }
};

TEST(StepReach, TellsWhatIsReachedStepByStep) {
  const Asked asked;
  StepReach reach(asked.graph, {});
  ASSERT_TRUE(reach.known());
  EXPECT_EQ(asked.from(reach, {"pc"}), "| pc | admin server | vault ");
  EXPECT_EQ(asked.from(reach, {"server", "admin"}), "| server admin | pc vault ");
  EXPECT_EQ(asked.from(reach, {"vault"}), "| vault ");
  EXPECT_EQ(asked.from(reach, {}), "");
}

TEST(StepReach, AnswersTheSameHoweverOftenItIsAsked) {
  const Asked asked;
  StepReach reach(asked.graph, {});
  for (int i = 0; i < 600; ++i) {
    ASSERT_EQ(asked.from(reach, {"vault"}), "| vault ");
    ASSERT_EQ(asked.from(reach, {"pc"}), "| pc | admin server | vault ");
  }
}

/// Six zones of twenty systems each, of which each may talk to the next, and those of the last hold an account.
std::string chain_of_zones() {
  std::string text = "[identity.admin]\n[policy.p]\nscope = 'all'\nrule = [";
  for (int zone = 0; zone < 5; ++zone) {
    text += fmt::format("{{ allow = ['any'], from = ['z{}'], to = ['z{}'] }},", zone, zone + 1);
  }
  text += "]\n";
  for (int zone = 0; zone < 6; ++zone) {
    text += fmt::format("[zone.z{}]\n", zone);
    for (int i = 0; i < 20; ++i) text += fmt::format("[system.s{}-{}]\nzone = 'z{}'\n", zone, i, zone);
  }
  return text + "[[pivot]]\nfrom = ['z5']\nto = ['admin']\n";
}

TEST(StepReach, OverRulesBetweenZonesAnswersAsBlastDoes) {
  const Topology topology = support::from_toml(chain_of_zones());
  const Graph graph = compile(topology);
  StepReach reach(graph, {});
  for (int round = 0; round < 3; ++round) {
    for (const System& system : topology.systems) {
      Scenario scenario;
      scenario.compromised = {system.node};
      const Blast spread = blast(graph, scenario);
      const std::span<const NodeId> reached = reach.from(scenario.compromised);
      ASSERT_EQ(reached.size(), spread.order.size());
      std::uint32_t step = 0;
      for (std::size_t i = 0; i < reached.size(); ++i) {
        while (i >= reach.steps()[step + 1]) ++step;
        ASSERT_EQ(spread.step[reached[i]], step) << topology.nodes[reached[i]].id;
      }
    }
  }
}

TEST(StepReach, SaysWhenThereAreTooManyArcs) {
  const Asked asked;
  EXPECT_FALSE(StepReach(asked.graph, {}, 0).known());
}

}  // namespace
}  // namespace firebreak
