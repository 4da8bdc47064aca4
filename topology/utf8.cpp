#include "topology/utf8.h"

#include <algorithm>
#include <cstring>

#include "topology/unicode.h"

namespace firebreak {
namespace {

constexpr std::uint64_t kHighs = 0x8080808080808080U;

/// The end of the run of ASCII that starts at `at`, found eight bytes at a time.
std::size_t ascii_end(std::string_view text, std::size_t at) {
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & kHighs) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t at = ascii_end(text, 0); at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    if (!c.valid) return at;
    at += c.size;
    if (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) at = ascii_end(text, at);
  }
  return text.size();
}

bool is_ascii(std::string_view text) {
  return ascii_end(text, 0) == text.size();
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_code_point(std::string& text, std::uint32_t c) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0U | (c >> 6U));
  } else if (c < 0x10000) {
    byte(0xE0U | (c >> 12U));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  } else {
    byte(0xF0U | (c >> 18U));
    byte(0x80U | ((c >> 12U) & 0x3FU));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  }
  byte(0x80U | (c & 0x3FU));
}

}  // namespace firebreak
