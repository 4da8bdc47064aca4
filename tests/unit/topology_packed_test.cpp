#include <gtest/gtest.h>

#include "firebreak/packed.h"

namespace firebreak {
namespace {

using RowId = Id<struct RowTag>;
using ItemId = Id<struct ItemTag>;
using Pairs = std::vector<std::pair<RowId, ItemId>>;

std::vector<std::vector<std::size_t>> rows_of(const Packed<RowId, ItemId>& packed) {
  std::vector<std::vector<std::size_t>> rows;
  for (const RowId row : ids<RowId>(packed.size())) {
    rows.emplace_back();
    for (const ItemId item : packed[row]) rows.back().push_back(item.index());
  }
  return rows;
}

using Rows = std::vector<std::vector<std::size_t>>;

TEST(Packed, RowsAreAddedInAnyOfTwoWays) {
  Packed<RowId, ItemId> packed;
  EXPECT_EQ(packed.size(), 0U);
  packed.items.emplace_back(7);
  packed.end_row();
  packed.add_row(std::vector<ItemId>{});
  packed.add_row(std::vector{ItemId(2), ItemId(1)});
  EXPECT_EQ(rows_of(packed), (Rows{{7}, {}, {2, 1}}));
  EXPECT_EQ(rows_of(packed_lists<RowId>(std::vector<std::vector<ItemId>>{{ItemId(7)}, {}, {ItemId(2), ItemId(1)}})),
            rows_of(packed));
}

TEST(Packed, PairsKeepTheirOrderInsideARow) {
  const Pairs pairs{{RowId(2), ItemId(5)}, {RowId(0), ItemId(9)}, {RowId(2), ItemId(3)}};
  EXPECT_EQ(rows_of(packed_pairs(4, pairs)), (Rows{{9}, {}, {5, 3}, {}}));
  EXPECT_EQ(rows_of(packed_pairs(0, Pairs{})), Rows());
}

TEST(Packed, ThingsStandByWhatIsSaidToBeTheirRow) {
  struct Thing {
    std::size_t half;
    RowId row;
  };
  const std::vector<Thing> things{{1, RowId(1)}, {2, RowId(0)}, {3, RowId(1)}};
  const auto doubled = [](const Thing& thing) { return ItemId(thing.half * 2); };
  EXPECT_EQ(rows_of(packed_by<RowId>(2, things, &Thing::row, doubled)), (Rows{{4}, {2, 6}}));
}

TEST(Packed, InvertedTellsWhichRowsHoldAnItem) {
  const Pairs pairs{{RowId(0), ItemId(1)}, {RowId(1), ItemId(0)}, {RowId(1), ItemId(1)}};
  const Packed<ItemId, RowId> inverse = inverted<ItemId>(packed_pairs(2, pairs), 3);
  ASSERT_EQ(inverse.size(), 3U);
  EXPECT_EQ(inverse[ItemId(0)].size(), 1U);
  ASSERT_EQ(inverse[ItemId(1)].size(), 2U);
  EXPECT_EQ(inverse[ItemId(1)].front(), RowId(0));
  EXPECT_TRUE(inverse[ItemId(2)].empty());
}

TEST(Packed, WhatHasNoValueIsInNoGroup) {
  IdVector<ItemId, RowId> row_of(4);
  row_of[ItemId(0)] = RowId(1);
  row_of[ItemId(2)] = RowId(0);
  row_of[ItemId(3)] = RowId(1);
  EXPECT_EQ(rows_of(grouped(row_of, 2)), (Rows{{2}, {0, 3}}));
}

TEST(Packed, PlainNumbersNumberRowsToo) {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs{{1, 0}, {0, 1}, {1, 2}};
  const Packed<std::uint32_t, std::uint32_t> next = packed_pairs(3, arcs);
  EXPECT_EQ(next[1].size(), 2U);
  EXPECT_EQ(next[1].back(), 2U);
  EXPECT_TRUE(next[2].empty());
}

}  // namespace
}  // namespace firebreak
