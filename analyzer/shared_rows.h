#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/packed.h"

namespace firebreak {

/// Rows of which each is there once, and which of them each of the rows is that were given. Both are empty where more
/// than a quarter of the rows differ: looking a row up would cost more than it saves.
struct SharedRows {
  Packed<std::uint32_t, std::uint32_t> rows;
  std::vector<std::uint32_t> row_of;
};

/// Cost: linear.
[[nodiscard]] SharedRows share_rows(const Packed<std::uint32_t, std::uint32_t>& rows);

}  // namespace firebreak
