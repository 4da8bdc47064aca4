#pragma once

#include <cstdint>

#include "firebreak/natural.h"

namespace firebreak::solver {

/// a += b * c. Whether the number holds that.
[[nodiscard]] inline bool add_product(std::uint64_t& a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t product = 0;
  return !__builtin_mul_overflow(b, c, &product) && !__builtin_add_overflow(a, product, &a);
}
[[nodiscard]] inline bool add_product(Natural& a, const Natural& b, const Natural& c) {
  a += b * c;
  return true;
}

}  // namespace firebreak::solver
