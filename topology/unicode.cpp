#include "topology/unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace firebreak {
namespace {

struct Interval {
  char32_t first;
  char32_t last;
};

constexpr std::array<Interval, 10> kWhiteSpace{{{0x09, 0x0D},
                                                {0x20, 0x20},
                                                {0x85, 0x85},
                                                {0xA0, 0xA0},
                                                {0x1680, 0x1680},
                                                {0x2000, 0x200A},
                                                {0x2028, 0x2029},
                                                {0x202F, 0x202F},
                                                {0x205F, 0x205F},
                                                {0x3000, 0x3000}}};

constexpr std::array<Interval, 9> kInvisible{{{0x00AD, 0x00AD},      // soft hyphen
                                              {0x061C, 0x061C},      // Arabic letter mark
                                              {0x180E, 0x180E},      // Mongolian vowel separator
                                              {0x200B, 0x200F},      // zero-width characters, direction marks
                                              {0x2028, 0x202E},      // separators, embeddings and overrides
                                              {0x2060, 0x206F},      // joiners, isolates, deprecated controls
                                              {0xFEFF, 0xFEFF},      // byte order mark
                                              {0xFFF9, 0xFFFB},      // annotations
                                              {0xE0000, 0xE007F}}};  // tags

constexpr std::array<Interval, 6> kNoCell{
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};

constexpr std::array<Interval, 10> kTwoCells{{{0x1100, 0x115F},
                                              {0x2E80, 0x303E},
                                              {0x3041, 0xA4CF},
                                              {0xA960, 0xA97F},
                                              {0xAC00, 0xD7A3},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFE6F},
                                              {0xFF00, 0xFF60},
                                              {0x1F300, 0x1FAFF},
                                              {0x20000, 0x3FFFD}}};

bool lies_in(std::span<const Interval> sorted, char32_t c) {
  const auto after = std::upper_bound(sorted.begin(), sorted.end(), c,
                                      [](char32_t value, const Interval& interval) { return value < interval.first; });
  return after != sorted.begin() && c <= std::prev(after)->last;
}

/// What a lead byte promises: how many bytes follow, and where the first of them must lie.
struct Lead {
  std::uint32_t following = 0;
  std::uint32_t bits = 0;
  std::uint32_t lowest = 0x80;
  std::uint32_t highest = 0xBF;
};

Lead read_lead(std::uint32_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {.following = 1, .bits = byte & 0x1FU};
  if (byte >= 0xE0 && byte <= 0xEF) {
    return {.following = 2,
            .bits = byte & 0x0FU,
            .lowest = byte == 0xE0 ? 0xA0U : 0x80U,
            .highest = byte == 0xED ? 0x9FU : 0xBFU};
  }
  if (byte >= 0xF0 && byte <= 0xF4) {
    return {.following = 3,
            .bits = byte & 0x07U,
            .lowest = byte == 0xF0 ? 0x90U : 0x80U,
            .highest = byte == 0xF4 ? 0x8FU : 0xBFU};
  }
  return {};
}

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

}  // namespace

CodePoint read_code_point(std::string_view text, std::size_t at) {
  const std::uint32_t first = byte_at(text, at);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = read_lead(first);
  if (lead.following == 0 || text.size() - at <= lead.following) return {first, 1, false};
  std::uint32_t value = lead.bits;
  for (std::uint32_t i = 1; i <= lead.following; ++i) {
    const std::uint32_t next = byte_at(text, at + i);
    const std::uint32_t lowest = i == 1 ? lead.lowest : 0x80U;
    const std::uint32_t highest = i == 1 ? lead.highest : 0xBFU;
    if (next < lowest || next > highest) return {first, 1, false};
    value = (value << 6U) | (next & 0x3FU);
  }
  return {value, lead.following + 1, true};
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint c = read_code_point(text, at);
    if (!c.valid) return false;
    at += c.size;
  }
  return true;
}

bool is_white_space(char32_t c) {
  return lies_in(kWhiteSpace, c);
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

bool is_invisible(char32_t c) {
  return c >= 0xAD && lies_in(kInvisible, c);
}

std::size_t cells(char32_t c) {
  if (c < 0x300) return 1;
  if (lies_in(kNoCell, c)) return 0;
  return lies_in(kTwoCells, c) ? 2 : 1;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    width += cells(c.value);
    at += c.size;
  }
  return width;
}

}  // namespace firebreak
