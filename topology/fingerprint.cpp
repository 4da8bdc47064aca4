// Words of eight bytes go to four sums in turn, so that the multiplications of neighbours do not wait for each other.

#include "topology/fingerprint.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace firebreak {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t mixed(std::uint64_t state, std::uint64_t word) {
  state = (state ^ word) * 0x9E3779B97F4A7C15U;
  return state ^ (state >> 32U);
}

/// The same on every machine: the first byte is the lowest.
std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, text.data() + at, kWord);
  } else {
    for (std::size_t i = 0; i < kWord; ++i) {
      word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at + i])) << (8 * i);
    }
  }
  return word;
}

}  // namespace

std::uint64_t fingerprint(std::string_view text) {
  std::array<std::uint64_t, 4> sums{1, 2, 3, 4};
  std::size_t at = 0;
  for (; text.size() - at >= sums.size() * kWord; at += sums.size() * kWord) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = mixed(sums[i], word_at(text, at + i * kWord));
  }
  std::uint64_t all = text.size();
  for (const std::uint64_t sum : sums) all = mixed(all, sum);
  for (; at < text.size(); ++at) all = mixed(all, static_cast<unsigned char>(text[at]));
  return all;
}

std::uint64_t fingerprint_behind(std::uint64_t before, std::string_view text) {
  return mixed(before, fingerprint(text));
}

}  // namespace firebreak
