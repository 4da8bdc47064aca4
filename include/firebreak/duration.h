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

/// Reads "90s", "15m", "1h30m", "48h", "3d" (units d, h, m, s, each at most once, in this order). Nothing when it is
/// not of this form or longer than kLongestDuration.
[[nodiscard]] std::optional<Seconds> parse_duration(std::string_view text);

/// The canonical text, largest unit first and no unit twice, which `parse_duration` reads back when it is not too long:
/// "1h30m", "2d", "0s"; "never" for kNever.
[[nodiscard]] std::string to_string_duration(Seconds seconds);

}  // namespace firebreak
