#include <gtest/gtest.h>

#include "analyzer/strong_components.h"

namespace firebreak {
namespace {

using Arcs = std::vector<IndexArc>;

TEST(StrongComponents, HoldTogetherWhatGoesRoundInCircles) {
  Arcs arcs{{0, 2}, {2, 4}, {4, 0}, {4, 1}, {1, 3}, {3, 1}};
  const StrongComponents parts = strong_components(6, arcs);
  EXPECT_EQ(parts.count, 3U);
  EXPECT_EQ(parts.of[0], parts.of[2]);
  EXPECT_EQ(parts.of[0], parts.of[4]);
  EXPECT_EQ(parts.of[1], parts.of[3]);
  EXPECT_NE(parts.of[0], parts.of[1]);
  EXPECT_NE(parts.of[5], parts.of[0]) << "a vertex without arcs is a part of its own";
  EXPECT_NE(parts.of[5], parts.of[1]);
}

TEST(StrongComponents, AreNumberedSoThatArcsLeadDown) {
  Arcs arcs{{0, 3}, {3, 1}, {1, 2}, {0, 2}, {4, 3}};
  const StrongComponents parts = strong_components(5, arcs);
  EXPECT_EQ(parts.count, 5U);
  for (const auto& [from, to] : arcs) EXPECT_GT(parts.of[from], parts.of[to]) << from << " -> " << to;
}

TEST(StrongComponents, LeaveTheArcsSortedAndEachOnce) {
  Arcs arcs{{2, 1}, {0, 1}, {2, 1}, {1, 1}, {0, 1}};
  EXPECT_EQ(strong_components(3, arcs).count, 3U) << "an arc to itself joins nothing";
  EXPECT_EQ(arcs, (Arcs{{0, 1}, {1, 1}, {2, 1}}));
}

TEST(StrongComponents, OfNothingAreNone) {
  Arcs arcs;
  EXPECT_EQ(strong_components(0, arcs).count, 0U);
  EXPECT_EQ(strong_components(2, arcs).count, 2U);
}

// No recursion as deep as a chain is long.
TEST(StrongComponents, OfALongCircleAreOne) {
  constexpr std::uint32_t kLength = 500'000;
  Arcs arcs;
  for (std::uint32_t i = 0; i < kLength; ++i) arcs.emplace_back(i, (i + 1) % kLength);
  EXPECT_EQ(strong_components(kLength, arcs).count, 1U);
  arcs.pop_back();
  EXPECT_EQ(strong_components(kLength, arcs).count, kLength);
}

}  // namespace
}  // namespace firebreak
