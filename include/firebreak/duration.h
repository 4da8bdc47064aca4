#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace firebreak {

/// Whole seconds since the actions of a scenario, or a length of time.
using Seconds = std::int64_t;

/// Later than any time: what never happens.
inline constexpr Seconds kNever = std::numeric_limits<Seconds>::max();

/// The longest duration a topology may state: 36,500 days. Sums of such durations along any chain stay exact.
inline constexpr Seconds kLongestDuration = 36500LL * 86400;

/// A duration that a topology states, or kNever, in four bytes: reads as Seconds.
class StatedTime {
 public:
  constexpr StatedTime() = default;
  /// From 0 to kLongestDuration, or kNever.
  constexpr explicit StatedTime(Seconds seconds)
      : value_(seconds == kNever ? kStatedNever : static_cast<std::uint32_t>(seconds)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): it is a number of seconds
  constexpr operator Seconds() const { return value_ == kStatedNever ? kNever : Seconds{value_}; }

 private:
  static constexpr std::uint32_t kStatedNever = std::numeric_limits<std::uint32_t>::max();
  static_assert(kLongestDuration < kStatedNever);
  std::uint32_t value_ = 0;
};

/// Reads "90s", "15m", "1h30m", "48h", "3d" (units d, h, m, s, each at most once, in this order). Nothing when it is
/// not of this form or longer than kLongestDuration.
[[nodiscard]] std::optional<Seconds> parse_duration(std::string_view text);

/// The canonical text, largest unit first and no unit twice, which `parse_duration` reads back when it is not too long:
/// "1h30m", "2d", "0s"; "never" for kNever.
[[nodiscard]] std::string to_string_duration(Seconds seconds);

}  // namespace firebreak
