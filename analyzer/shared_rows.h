#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/packed.h"

namespace firebreak {

/// Keeps equal rows once and tells the row of each that was there. Where that would not leave a quarter of them it does
/// nothing and tells nothing: looking a row up would cost more than it saves. Cost: linear.
[[nodiscard]] std::vector<std::uint32_t> share_rows(Packed<std::uint32_t, std::uint32_t>& rows);

}  // namespace firebreak
