#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "topology/builder/name_queue.h"
#include "topology/builder/name_table.h"

namespace firebreak {
namespace {

/// Names that share their ends, of all sizes around those where a slot holds a name whole and where it counts no more.
std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const std::size_t size : {1U, 2U, 10U, 11U, 12U, 13U, 24U, 254U, 255U, 256U, 300U}) {
    for (int i = 0; i < 50; ++i) {
      const std::string number = fmt::format("{}", i);
      if (number.size() > size) continue;
      result.push_back(number + std::string(size - number.size(), 'x'));
      result.push_back(std::string(size - number.size(), 'y') + number);
    }
  }
  return result;
}

TEST(NameTable, TellsNamesApartByAllOfThem) {
  NameTable table;
  TextPool pool;
  std::vector<std::string> distinct;
  for (const std::string& name : names()) {
    const bool is_new = !table.find(name).has_value();
    const std::uint32_t number = table.intern(name, pool);
    if (is_new) {
      EXPECT_EQ(number, distinct.size());
      distinct.push_back(name);
    }
    EXPECT_EQ(table.text(number), name);
  }
  ASSERT_EQ(table.size(), distinct.size());
  for (std::uint32_t i = 0; i < distinct.size(); ++i) EXPECT_EQ(table.find(distinct[i]), i);
  EXPECT_FALSE(table.find("").has_value());
  EXPECT_FALSE(table.find(std::string(300, 'z')).has_value());
}

TEST(NameQueue, NumbersWhatWaitsInTheOrderItCame) {
  NameIndex index;
  (void)index.intern("b");
  NameQueue queue;
  queue.add(NameQueue::Fills::need, 3, "a", index);
  queue.add(NameQueue::Fills::pivot_selector, 4, "b", index);
  queue.add(NameQueue::Fills::need, 5, "a", index);
  EXPECT_FALSE(queue.full());
  std::string seen;
  const auto see = [&](NameQueue::Fills fills, std::uint32_t i, std::uint32_t number) {
    seen += fmt::format("{}{}={} ", fills == NameQueue::Fills::need ? "n" : "p", i, number);
  };
  queue.look_up(index, see);
  queue.look_up(index, see);
  EXPECT_EQ(seen, "n3=1 p4=0 n5=1 ");
  for (std::size_t i = 0; !queue.full(); ++i) queue.add(NameQueue::Fills::need, i, "c", index);
}

}  // namespace
}  // namespace firebreak
