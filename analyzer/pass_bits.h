#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace firebreak {

/// A bit for each of the questions that are answered in one pass. As many as are best at 100,000 nodes: more no longer
/// fit into the cache.
struct PassBits {
  static constexpr std::size_t kWords = 4;
  static constexpr std::size_t kCount = kWords * 64;

  std::array<std::uint64_t, kWords> words{};

  [[nodiscard]] static PassBits all() {
    PassBits bits;
    bits.words.fill(~std::uint64_t{0});
    return bits;
  }
  [[nodiscard]] bool any() const { return (words[0] | words[1] | words[2] | words[3]) != 0; }
  [[nodiscard]] bool has(std::size_t i) const { return (words[i / 64] >> (i % 64) & 1U) != 0; }
  /// The lowest bit that is set; there must be one.
  [[nodiscard]] std::size_t first() const {
    std::size_t w = 0;
    while (words[w] == 0) ++w;
    return w * 64 + static_cast<std::size_t>(std::countr_zero(words[w]));
  }
  void set(std::size_t i) { words[i / 64] |= std::uint64_t{1} << (i % 64); }
  void add(const PassBits& more) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] |= more.words[w];
  }
  void flip(const PassBits& those) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] ^= those.words[w];
  }
  void keep(const PassBits& those) {
    for (std::size_t w = 0; w < kWords; ++w) words[w] &= those.words[w];
  }
  [[nodiscard]] PassBits without(const PassBits& those) const {
    PassBits rest;
    for (std::size_t w = 0; w < kWords; ++w) rest.words[w] = words[w] & ~those.words[w];
    return rest;
  }
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t w = 0; w < kWords; ++w) {
      for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
        visit(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
      }
    }
  }

  friend auto operator<=>(const PassBits&, const PassBits&) = default;
};

/// How many passes it takes to ask about so many things.
[[nodiscard]] constexpr std::size_t passes_for(std::size_t things) {
  return (things + PassBits::kCount - 1) / PassBits::kCount;
}

/// The things of one pass.
template <class Thing>
[[nodiscard]] std::span<const Thing> of_pass(std::span<const Thing> things, std::size_t pass) {
  const std::size_t begin = pass * PassBits::kCount;
  return things.subspan(begin, std::min(PassBits::kCount, things.size() - begin));
}
template <class Thing>
[[nodiscard]] std::span<const Thing> of_pass(const std::vector<Thing>& things, std::size_t pass) {
  return of_pass(std::span(things), pass);
}

}  // namespace firebreak
