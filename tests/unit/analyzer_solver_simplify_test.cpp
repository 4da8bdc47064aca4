#include <gtest/gtest.h>

#include "analyzer/solver/simplify.h"

namespace firebreak::solver {
namespace {

/// Inputs a to e.
struct Inputs {
  Circuit circuit;
  GateId a = circuit.input(InputId(0));
  GateId b = circuit.input(InputId(1));
  GateId c = circuit.input(InputId(2));
  GateId d = circuit.input(InputId(3));
  GateId e = circuit.input(InputId(4));
};

std::size_t members(const Rewritten& rewritten, std::size_t root = 0) {
  return rewritten.circuit.members(rewritten.roots[root]).size();
}

TEST(Simplify, PutsGatesOfOneKindTogether) {
  Inputs in;
  const std::vector<GateId> roots{in.circuit.any({in.a, in.circuit.any({in.b, in.circuit.any({in.c, in.d})})})};
  EXPECT_EQ(members(widened(in.circuit, roots)), 4U);
}

TEST(Simplify, LeavesGatesThatOthersUseToo) {
  Inputs in;
  const GateId shared = in.circuit.any({in.a, in.b});
  const std::vector<GateId> roots{in.circuit.any({shared, in.c}), in.circuit.all({shared, in.d})};
  EXPECT_EQ(members(widened(in.circuit, roots)), 2U);
}

TEST(Simplify, TakesOutBelowAnyOfWhatItIsMadeOf) {
  Inputs in;
  const GateId below = in.circuit.all({in.b, in.circuit.any({in.a, in.c})});
  const std::vector<GateId> roots{in.circuit.any({in.a, below})};
  const Rewritten result = absorbed(in.circuit, roots);
  Inputs expected;
  EXPECT_EQ(cone(result.circuit, result.roots).size(),
            cone(expected.circuit,
                 std::vector{expected.circuit.any({expected.a, expected.circuit.all({expected.b, expected.c})})})
                .size());
}

TEST(Simplify, TakesOutBelowAllOfWhatItIsMadeOf) {
  Inputs in;
  const GateId below = in.circuit.any({in.b, in.circuit.all({in.a, in.c})});
  const std::vector<GateId> roots{in.circuit.all({in.a, below})};
  const Rewritten result = absorbed(in.circuit, roots);
  EXPECT_EQ(cone(result.circuit, result.roots).size(), 5U);  // three inputs, two gates
}

TEST(Simplify, TakesNothingOutOfWhatIsAlsoAskedElsewhere) {
  Inputs in;
  const GateId below = in.circuit.all({in.a, in.b});
  const std::vector<GateId> roots{in.circuit.any({in.a, below}), in.circuit.any({below, in.c})};
  const Rewritten result = absorbed(in.circuit, roots);
  EXPECT_EQ(members(result, 1), 2U);
  EXPECT_EQ(members(result, 0), 2U);
}

TEST(Simplify, JoinsWhatAlwaysStandsTogether) {
  Inputs in;
  const std::vector<GateId> roots{
      in.circuit.all({in.circuit.any({in.a, in.b, in.c}), in.circuit.any({in.a, in.b, in.d})})};
  const Rewritten result = with_joined_twins(in.circuit, roots);
  for (const GateId g : result.circuit.members(result.roots[0])) EXPECT_EQ(result.circuit.members(g).size(), 2U);
}

TEST(Simplify, JoinsNothingThatStandsInGatesOfDifferentKinds) {
  Inputs in;
  const std::vector<GateId> roots{
      in.circuit.any({in.circuit.all({in.a, in.b, in.c}), in.circuit.all({in.d, in.circuit.any({in.a, in.b, in.e})})})};
  const Rewritten result = with_joined_twins(in.circuit, roots);
  EXPECT_EQ(cone(result.circuit, result.roots).size(), cone(in.circuit, roots).size());
}

}  // namespace
}  // namespace firebreak::solver
