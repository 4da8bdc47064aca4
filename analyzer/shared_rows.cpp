#include "analyzer/shared_rows.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

namespace firebreak {

namespace {

using Rows = Packed<std::uint32_t, std::uint32_t>;

/// Rows of which each is there once.
class DistinctRows {
 public:
  std::uint32_t number(std::span<const std::uint32_t> row) {
    std::uint64_t hash = row.size() * kSpread;
    for (const std::uint32_t item : row) hash = (hash ^ item) * kSpread + (hash >> 29U);
    // Of rows with the same hash, which are few, each stands behind the one before.
    for (;; ++hash) {
      const auto [known, is_new] = number_of_.try_emplace(hash, static_cast<std::uint32_t>(rows_.size()));
      if (is_new) {
        rows_.add_row(row);
        return known->second;
      }
      if (std::ranges::equal(rows_[known->second], row)) return known->second;
    }
  }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] Rows take() { return std::move(rows_); }

 private:
  static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;

  Rows rows_;
  std::unordered_map<std::uint64_t, std::uint32_t> number_of_;
};

}  // namespace

SharedRows share_rows(const Rows& rows) {
  const std::size_t most = rows.size() / 4;
  DistinctRows distinct;
  std::vector<std::uint32_t> row_of;
  row_of.reserve(rows.size());
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    row_of.push_back(distinct.number(rows[row]));
    if (distinct.size() > most) return {};
  }
  return {distinct.take(), std::move(row_of)};
}

}  // namespace firebreak
