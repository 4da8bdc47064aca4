#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace firebreak {

/// Numbers one behind the other in as few bytes as they take, read in the order they were written.
class Tape {
 public:
  /// A number below 128 takes one byte, one below 16384 two, and so on.
  void put(std::uint64_t number) {
    if (bytes_.size() - end_ < kLongest) bytes_.resize(std::max<std::size_t>(2 * bytes_.size(), kFirst));
    for (; number > kLow; number >>= kBits) bytes_[end_++] = static_cast<std::uint8_t>(number | (kLow + 1));
    bytes_[end_++] = static_cast<std::uint8_t>(number);
  }
  [[nodiscard]] std::uint64_t take() {
    std::uint64_t number = bytes_[at_++];
    if (number <= kLow) return number;
    number &= kLow;
    for (std::uint32_t shift = kBits;; shift += kBits) {
      const std::uint64_t byte = bytes_[at_++];
      number |= (byte & kLow) << shift;
      if (byte <= kLow) return number;
    }
  }
  /// The same for numbers that may be below zero; those near it take little.
  void put_difference(std::int64_t number) {
    put((static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U));
  }
  [[nodiscard]] std::int64_t take_difference() {
    const std::uint64_t number = take();
    return static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1));
  }

  /// Whether all was read.
  [[nodiscard]] bool at_end() const { return at_ == end_; }
  /// Forgets all; the memory stays.
  void clear() { at_ = end_ = 0; }

 private:
  static constexpr std::uint64_t kLow = 0x7F;
  static constexpr std::uint32_t kBits = 7;
  static constexpr std::size_t kLongest = 10;  ///< bytes that a number can take
  static constexpr std::size_t kFirst = 4096;

  std::vector<std::uint8_t> bytes_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace firebreak
