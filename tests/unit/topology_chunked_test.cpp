#include <array>
#include <cstdint>
#include <gtest/gtest.h>
#include <utility>

#include "firebreak/chunked.h"

namespace firebreak {
namespace {

using Item = std::array<std::uint32_t, 1 << 16>;  // 256 KiB, so that a piece holds few

Item item(std::uint32_t value) {
  Item result{};
  result.front() = value;
  result.back() = ~value;
  return result;
}

TEST(Chunked, KeepsItsItemsOverManyPieces) {
  Chunked<Item> list;
  EXPECT_TRUE(list.empty());
  for (std::uint32_t i = 0; i < 70; ++i) list.push_back(item(i));
  ASSERT_EQ(list.size(), 70U);
  for (std::uint32_t i = 0; i < 70; ++i) EXPECT_EQ(list[i], item(i)) << i;
  list[40] = item(7);
  const Chunked<Item> moved = std::move(list);
  std::uint32_t i = 0;
  for (const Item& one : moved) {
    EXPECT_EQ(one.front(), i == 40 ? 7 : i);
    ++i;
  }
  EXPECT_EQ(i, 70U);
}

TEST(Chunked, GrowsAsAVectorDoesWhileItIsSmall) {
  Chunked<int> list;
  for (int i = 0; i < 1000; ++i) {
    list.push_back(i);
    EXPECT_EQ(list[static_cast<std::size_t>(i / 2)], i / 2);
  }
}

}  // namespace
}  // namespace firebreak
