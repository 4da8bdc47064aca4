#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/packed.h"

namespace firebreak {

/// Rows of numbers, of which each is there once.
class DistinctRows {
 public:
  using Rows = Packed<std::uint32_t, std::uint32_t>;

  /// The number of a row: that of an equal one, or a new one, the next. Cost: linear in the row.
  std::uint32_t number(std::span<const std::uint32_t> row) {
    const std::uint64_t hash = hash_of(row);
    std::size_t slot = hash & (slots_.size() - 1);
    for (; slots_[slot] != kFree; slot = (slot + 1) & (slots_.size() - 1)) {
      const std::uint32_t known = slots_[slot];
      if (hashes_[known] == hash && std::ranges::equal(rows_[known], row)) return known;
    }
    const auto added = static_cast<std::uint32_t>(rows_.size());
    slots_[slot] = added;
    hashes_.push_back(hash);
    rows_.add_row(row);
    if (rows_.size() * 2 > slots_.size()) grow();
    return added;
  }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t number) const { return rows_[number]; }
  [[nodiscard]] Rows take() { return std::move(rows_); }

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};

  [[nodiscard]] static std::uint64_t hash_of(std::span<const std::uint32_t> row) {
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = row.size() * kSpread;
    for (const std::uint32_t item : row) hash = ((hash ^ item) * kSpread) ^ (hash >> 29U);
    return hash ^ (hash >> 32U);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, kFree);
    for (std::uint32_t i = 0; i < hashes_.size(); ++i) {
      std::size_t slot = hashes_[i] & (slots_.size() - 1);
      while (slots_[slot] != kFree) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = i;
    }
  }

  Rows rows_;
  std::vector<std::uint64_t> hashes_;                                         ///< by row
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64, kFree);  ///< half of them free at least
};

}  // namespace firebreak
