#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Reading UTF-8 one code point at a time, and what the program must know of code points: which are white space, which
/// steer a terminal, which take two cells.
namespace firebreak {

/// One code point of a text, or one byte that belongs to none.
struct CodePoint {
  char32_t value = 0;      ///< the code point; of an invalid byte, the byte
  std::uint32_t size = 1;  ///< bytes it takes, at least 1
  bool valid = false;
};

/// The code point that starts at byte `at`, which must lie within the text. Overlong forms, surrogates and what lies
/// above U+10FFFF are invalid bytes, as RFC 3629 has it.
[[nodiscard]] CodePoint read_code_point(std::string_view text, std::size_t at);

/// Whether the whole text is valid UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Unicode property White_Space.
[[nodiscard]] bool is_white_space(char32_t c);

/// C0, DEL and C1.
[[nodiscard]] bool is_control(char32_t c);

/// What changes how the text around it is shown without being seen itself: bidirectional controls, zero-width
/// characters, line and paragraph separators, tags.
[[nodiscard]] bool is_invisible(char32_t c);

/// The cells of a terminal that the code point takes: 0, 1 or 2. An approximation that knows combining marks and the
/// wide blocks of East Asia and emoji.
[[nodiscard]] std::size_t cells(char32_t c);

/// The cells that a text takes.
[[nodiscard]] std::size_t width_of(std::string_view text);

}  // namespace firebreak
