#include <gtest/gtest.h>

#include "analyzer/solver/diagrams.h"
#include "analyzer/solver/set_diagrams.h"

namespace firebreak::solver {
namespace {

constexpr std::size_t kRoom = 1000;

TEST(Diagrams, AreOneForOneFunction) {
  Decisions decisions(kRoom);
  const DiagramId a = decisions.variable(0);
  const DiagramId b = decisions.variable(1);
  const DiagramId c = decisions.variable(2);
  EXPECT_EQ(decisions.either(decisions.both(a, b), decisions.both(a, c)), decisions.both(a, decisions.either(b, c)));
  EXPECT_EQ(decisions.either(a, decisions.both(a, b)), a);
  EXPECT_EQ(decisions.both(a, decisions.either(a, b)), a);
}

TEST(Diagrams, EndInNeverAndAlways) {
  Decisions decisions(kRoom);
  const DiagramId a = decisions.variable(0);
  EXPECT_EQ(decisions.either(a, 0), a);
  EXPECT_EQ(decisions.either(1, a), 1U);
  EXPECT_EQ(decisions.both(a, 1), a);
  EXPECT_EQ(decisions.both(0, a), 0U);
}

TEST(Diagrams, CountHowManyHold) {
  Decisions decisions(kRoom);
  const DiagramId a = decisions.variable(0);
  const DiagramId b = decisions.variable(1);
  const DiagramId c = decisions.variable(2);
  const DiagramId pairs =
      decisions.either(decisions.either(decisions.both(a, b), decisions.both(a, c)), decisions.both(b, c));
  EXPECT_EQ(decisions.at_least(2, {a, b, c}), pairs);
  EXPECT_EQ(decisions.at_least(1, {a, b}), decisions.either(a, b));
  EXPECT_EQ(decisions.at_least(2, {a, b}), decisions.both(a, b));
  EXPECT_EQ(decisions.at_least(2, {a, a, b}), a);
}

TEST(Diagrams, SayWhenThereIsNoMoreRoom) {
  Decisions decisions(5);  // two ends and three nodes
  const DiagramId a = decisions.variable(0);
  const DiagramId b = decisions.variable(1);
  EXPECT_NE(decisions.either(a, b), kNoDiagram);
  EXPECT_EQ(decisions.both(a, b), kNoDiagram);
  EXPECT_EQ(decisions.either(b, a), decisions.either(a, b));
}

TEST(Diagrams, MayHaveManyLevels) {
  constexpr std::uint32_t kLevels = 200'000;
  Decisions decisions(4 * std::size_t{kLevels});
  std::vector<DiagramId> even;
  std::vector<DiagramId> odd;
  for (std::uint32_t level = 0; level < kLevels; ++level) {
    (level % 2 == 0 ? even : odd).push_back(decisions.variable(level));
  }
  const DiagramId some = decisions.at_least(1, even);
  EXPECT_NE(decisions.either(some, decisions.at_least(1, odd)), kNoDiagram);
}

TEST(SetDiagrams, HoldTheMinimalSetsAlone) {
  SetDiagrams sets(kRoom);
  const DiagramId a = sets.variable(0);
  const DiagramId b = sets.variable(1);
  const DiagramId c = sets.variable(2);
  EXPECT_EQ(sets.either(sets.both(a, b), sets.both(a, c)), sets.both(a, sets.either(b, c)));
  EXPECT_EQ(sets.either(a, sets.both(a, b)), a);
  EXPECT_EQ(sets.both(a, sets.either(a, b)), a);
  EXPECT_EQ(sets.both(sets.either(a, b), sets.either(a, c)), sets.either(a, sets.both(b, c)));
  EXPECT_EQ(sets.either(sets.both(b, c), sets.both(a, sets.both(b, c))), sets.both(b, c));
  EXPECT_EQ(sets.at_least(2, {a, a, b}), a);
}

TEST(SetDiagrams, EndInNoneAndTheEmptySet) {
  SetDiagrams sets(kRoom);
  const DiagramId a = sets.variable(0);
  EXPECT_EQ(sets.either(a, 0), a);
  EXPECT_EQ(sets.either(1, a), 1U);
  EXPECT_EQ(sets.both(a, 1), a);
  EXPECT_EQ(sets.both(0, a), 0U);
}

TEST(SetDiagrams, SayWhenThereIsNoMoreRoom) {
  SetDiagrams sets(5);  // two ends and three nodes
  const DiagramId a = sets.variable(0);
  const DiagramId b = sets.variable(1);
  EXPECT_NE(sets.either(a, b), kNoDiagram);
  EXPECT_EQ(sets.both(a, b), kNoDiagram);
  EXPECT_EQ(sets.either(b, a), sets.either(a, b));
}

TEST(SetDiagrams, MayHaveManyLevels) {
  constexpr std::uint32_t kLevels = 200'000;
  SetDiagrams sets(4 * std::size_t{kLevels});
  std::vector<DiagramId> even;
  std::vector<DiagramId> odd;
  for (std::uint32_t level = 0; level < kLevels; ++level) {
    (level % 2 == 0 ? even : odd).push_back(sets.variable(level));
  }
  const DiagramId some = sets.at_least(1, even);
  EXPECT_NE(sets.either(some, sets.at_least(1, odd)), kNoDiagram);
}

}  // namespace
}  // namespace firebreak::solver
