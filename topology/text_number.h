#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace firebreak {

/// The first eight characters as a number, the first of them lowest; nothing outside of the text is looked at.
constexpr std::uint64_t number_of(std::string_view text) {
  const std::size_t size = std::min<std::size_t>(text.size(), 8);
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    if (size == 8) {
      std::uint64_t number = 0;
      std::memcpy(&number, text.data(), 8);
      return number;
    }
    if (size >= 4) {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      std::memcpy(&first, text.data(), 4);
      std::memcpy(&last, text.data() + size - 4, 4);
      return first | (std::uint64_t{last} << (8 * (size - 4)));
    }
  }
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  return number;
}

}  // namespace firebreak
