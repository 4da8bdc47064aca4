#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/moments.h"

namespace firebreak {
namespace {

const VertexId a(0);
const VertexId b(1);
const VertexId c(2);
const VertexId d(3);

Moments<VertexId> lost_in_this_order(const std::vector<std::pair<VertexId, Seconds>>& losses) {
  Moments<VertexId> moments(4);
  for (const auto& [v, when] : losses) moments.put(v, when);
  return moments;
}

TEST(Moments, KnowWhenAndInWhichOrder) {
  const Moments<VertexId> moments = lost_in_this_order({{c, 0}, {a, 0}, {d, 7}});
  EXPECT_EQ(moments.size(), 4U);
  EXPECT_EQ(moments[c], 0);
  EXPECT_EQ(moments[d], 7);
  EXPECT_EQ(moments[b], kNever);
  EXPECT_TRUE(moments.has(a));
  EXPECT_FALSE(moments.has(b));
  EXPECT_TRUE(moments.before(c, a)) << "of the same moment, and the first of the two";
  EXPECT_FALSE(moments.before(a, c));
  EXPECT_TRUE(moments.before(d, b)) << "what is not lost comes after all that is";
  EXPECT_FALSE(moments.before(b, d));
  EXPECT_FALSE(moments.before(a, a));
  EXPECT_TRUE(std::ranges::equal(moments.order(), std::vector{c, a, d}));
}

TEST(Moments, ForgetALoss) {
  Moments<VertexId> moments = lost_in_this_order({{c, 0}, {a, 3}, {d, 7}});
  moments.erase(a);
  EXPECT_EQ(moments[a], kNever);
  EXPECT_EQ(moments[d], 7);
  EXPECT_TRUE(moments.before(c, d));
  EXPECT_TRUE(std::ranges::equal(moments.order(), std::vector{c, d}));
  moments.put(a, 9);
  EXPECT_EQ(moments[a], 9);
  EXPECT_TRUE(moments.before(d, a));
}

TEST(Moments, AreAllMovedToTheStart) {
  Moments<VertexId> moments = lost_in_this_order({{c, 2}, {a, 3}});
  moments.move_to_start();
  EXPECT_EQ(moments[c], 0);
  EXPECT_EQ(moments[a], 0);
  EXPECT_EQ(moments[b], kNever);
  EXPECT_TRUE(moments.before(c, a));
}

}  // namespace
}  // namespace firebreak
