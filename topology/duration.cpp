#include "firebreak/duration.h"

#include <array>
#include <cstddef>

namespace firebreak {
namespace {

struct Unit {
  char letter;
  Seconds seconds;
};
constexpr std::array<Unit, 4> kUnits{{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<Seconds> parse_duration(std::string_view text) {
  Seconds total = 0;
  std::size_t at = 0;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (at < text.size()) {
    if (!is_digit(text[at])) return std::nullopt;
    Seconds count = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      count = count * 10 + (text[at] - '0');
      if (count > kLongestDuration) return std::nullopt;
    }
    if (at == text.size()) return std::nullopt;
    while (next_unit < kUnits.size() && kUnits[next_unit].letter != text[at]) ++next_unit;
    if (next_unit == kUnits.size()) return std::nullopt;
    total += count * kUnits[next_unit].seconds;
    if (total > kLongestDuration) return std::nullopt;
    ++next_unit;
    ++at;
  }
  return total;
}

std::string to_string_duration(Seconds seconds) {
  if (seconds == kNever) return "never";
  if (seconds <= 0) return "0s";
  std::string text;
  for (const Unit& unit : kUnits) {
    if (seconds < unit.seconds) continue;
    text += std::to_string(seconds / unit.seconds);
    text += unit.letter;
    seconds %= unit.seconds;
  }
  return text;
}

}  // namespace firebreak
