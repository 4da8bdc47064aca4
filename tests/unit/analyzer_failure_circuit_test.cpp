#include <algorithm>
#include <gtest/gtest.h>

#include "analyzer/failure_circuit.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using solver::Circuit;
using solver::GateId;

/// Which sets of losses make one node fail.
class Question {
 public:
  Question(std::string_view toml, std::string_view target, const std::vector<std::string_view>& losses)
      : topology_(support::from_toml(toml)), graph_(compile(topology_)) {
    for (const std::string_view id : losses) losses_.push_back(topology_.find(id));
    const std::vector<NodeId> targets{topology_.find(target)};
    circuit_ = failure_circuit(graph_, {}, losses_, targets);
  }

  [[nodiscard]] bool complete() const { return circuit_.complete; }

  /// Whether it fails when the losses with these numbers are off.
  [[nodiscard]] bool fails(const std::vector<std::size_t>& lost) const {
    const Circuit& circuit = circuit_.circuit;
    IdVector<GateId, bool> holds(circuit.size(), false);
    holds[Circuit::always()] = true;
    for (const GateId g : ids<GateId>(circuit.size())) {
      const Circuit::Gate& gate = circuit[g];
      if (gate.input.valid()) holds[g] = std::ranges::find(lost, gate.input.index()) != lost.end();
      if (gate.threshold == 0) continue;
      std::uint32_t count = 0;
      for (const GateId member : circuit.members(g)) count += holds[member] ? 1U : 0U;
      holds[g] = count >= gate.threshold;
    }
    return holds[circuit_.fails.front()];
  }

 private:
  const Topology topology_;
  const Graph graph_;
  std::vector<NodeId> losses_;
  FailureCircuit circuit_;
};

TEST(FailureCircuit, FollowsNeedsAndGroups) {
  const Question question(
      "[zone.z]\n[system.a]\nzone = 'z'\n[system.b]\nzone = 'z'\n[system.c]\nzone = 'z'\n"
      "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n",
      "s", {"a", "b", "c"});
  EXPECT_FALSE(question.fails({0}));
  EXPECT_TRUE(question.fails({0, 2}));
}

TEST(FailureCircuit, LetsACircleStandUntilSomethingOutsideIsLost) {
  const Question question(
      "[zone.z]\n[system.power]\nzone = 'z'\n[system.a]\nzone = 'z'\nneeds = ['b']\n"
      "[system.b]\nzone = 'z'\nneeds = [{ any = ['a', 'power'] }, 'c']\n[system.c]\nzone = 'z'\nneeds = ['a']\n",
      "a", {"power", "c"});
  EXPECT_TRUE(question.complete());
  EXPECT_FALSE(question.fails({}));
  EXPECT_FALSE(question.fails({0}));
  EXPECT_TRUE(question.fails({1}));
}

TEST(FailureCircuit, KnowsWaysRound) {
  const Question question(
      "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = 'c'\n"
      "[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n[link.ac]\nbetween = ['a', 'c']\n",
      "x", {"ab", "bc", "ac"});
  EXPECT_FALSE(question.fails({2}));
  EXPECT_FALSE(question.fails({0, 1}));
  EXPECT_TRUE(question.fails({0, 2}));
  EXPECT_TRUE(question.fails({1, 2}));
}

TEST(FailureCircuit, LetsNoTwoLinksVouchForEachOther) {
  // Each link needs a router that is reached over the other.
  const Question question(
      "[zone.a]\n[zone.b]\n[zone.hub]\n[system.x]\nzone = 'a'\nneeds = ['y']\n[system.y]\nzone = 'b'\n"
      "[system.power]\nzone = 'hub'\n[link.one]\nbetween = ['a', 'b']\nneeds = ['r1']\n"
      "[link.two]\nbetween = ['a', 'b']\nneeds = ['r2']\n[system.r1]\nzone = 'b'\nneeds = ['power']\n"
      "[system.r2]\nzone = 'b'\nneeds = ['power']\n[link.up]\nbetween = ['b', 'hub']\n",
      "x", {"power", "up", "one"});
  EXPECT_FALSE(question.fails({2}));
  EXPECT_TRUE(question.fails({0}));
  EXPECT_TRUE(question.fails({1}));
}

}  // namespace
}  // namespace firebreak
