#include <gtest/gtest.h>

#include "analyzer/cascade.h"

namespace firebreak {
namespace {

TEST(Agenda, GivesMomentsInOrderAndItemsAsPutIn) {
  Agenda<int> agenda;
  agenda.put(5, 1);
  agenda.put(2, 2);
  agenda.put(5, 3);
  EXPECT_EQ(agenda.next(), 2);
  EXPECT_EQ(agenda.take(), (std::vector<int>{2}));
  agenda.put(3, 4);
  EXPECT_EQ(agenda.take(), (std::vector<int>{4}));
  EXPECT_EQ(agenda.next(), 5);
  EXPECT_EQ(agenda.take(), (std::vector<int>{1, 3}));
  EXPECT_TRUE(agenda.empty());
}

TEST(Agenda, TakesTheSameMomentTwice) {
  Agenda<int> agenda;
  agenda.put(7, 1);
  EXPECT_EQ(agenda.take(), (std::vector<int>{1}));
  agenda.put(7, 2);
  EXPECT_EQ(agenda.take(), (std::vector<int>{2}));
}

IdVector<VertexId, std::uint32_t> thresholds(std::initializer_list<std::uint32_t> values) {
  IdVector<VertexId, std::uint32_t> result;
  for (const std::uint32_t value : values) result.push_back(value);
  return result;
}

TEST(Cascade, FlipsWhenTheThresholdIsMet) {
  Cascade cascade(thresholds({0, 2}));
  const VertexId never(0);
  const VertexId second(1);
  cascade.count(never);
  EXPECT_FALSE(cascade.flipped(never)) << "a threshold of 0 is never met by inputs";
  cascade.count(second);
  EXPECT_FALSE(cascade.flipped(second));
  cascade.count(second);
  EXPECT_TRUE(cascade.flipped(second));
  cascade.count(second);
  EXPECT_EQ(cascade.next(), second);
  EXPECT_FALSE(cascade.next().valid()) << "a vertex is taken once";
}

TEST(Cascade, FlipsAtTheMomentTheLastInputDid) {
  Cascade cascade(thresholds({2, 1}));
  cascade.later(10, 0);
  cascade.later(4, 1);
  cascade.later(20, 0);
  while (true) {
    const std::vector<std::uint32_t> due = cascade.advance();
    if (due.empty()) break;
    for (const std::uint32_t v : due) cascade.count(VertexId(v));
    while (cascade.next().valid()) {
    }
  }
  const Moments<VertexId> times = cascade.take();
  EXPECT_TRUE(std::ranges::equal(times.order(), std::vector{VertexId(1), VertexId(0)}));
  EXPECT_EQ(times[VertexId(0)], 20);
  EXPECT_EQ(times[VertexId(1)], 4);
}

}  // namespace
}  // namespace firebreak
