#include <gtest/gtest.h>
#include <numeric>
#include <vector>

#include "analyzer/shared_rows.h"

namespace firebreak {
namespace {

using Rows = Packed<std::uint32_t, std::uint32_t>;
using Lists = std::vector<std::vector<std::uint32_t>>;

Lists lists_of(const Rows& rows) {
  Lists lists;
  for (std::uint32_t row = 0; row < rows.size(); ++row) lists.emplace_back(rows[row].begin(), rows[row].end());
  return lists;
}

TEST(SharedRows, KeepsEachOnceInTheOrderTheyComeFirst) {
  const Lists all = {{1, 2}, {}, {1, 2}, {2, 1}, {1, 2}, {}, {}, {1, 2}, {}, {2, 1}, {}, {}};
  const auto [rows, row_of] = share_rows(packed_lists<std::uint32_t>(all));
  EXPECT_EQ(lists_of(rows), (Lists{{1, 2}, {}, {2, 1}}));
  ASSERT_EQ(row_of.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(lists_of(rows)[row_of[i]], all[i]) << i;
}

TEST(SharedRows, AreNoneOfRowsOfWhichMoreThanAQuarterDiffer) {
  for (const Lists& all : {Lists{}, Lists{{1}}, Lists{{1}, {2}, {1}, {1}}, Lists{{1}, {1}, {1}}}) {
    const SharedRows shared = share_rows(packed_lists<std::uint32_t>(all));
    EXPECT_TRUE(shared.row_of.empty());
    EXPECT_EQ(shared.rows.size(), 0U);
  }
}

TEST(SharedRows, TellsManyRowsApart) {
  Lists all;
  for (std::uint32_t i = 0; i < 40'000; ++i) {
    all.emplace_back(i % 100);
    std::iota(all.back().begin(), all.back().end(), i % 7);
  }
  const auto [rows, row_of] = share_rows(packed_lists<std::uint32_t>(all));
  const Lists distinct = lists_of(rows);
  EXPECT_EQ(distinct.size(), 99 * 7 + 1);
  ASSERT_EQ(row_of.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(distinct[row_of[i]], all[i]) << i;
}

}  // namespace
}  // namespace firebreak
