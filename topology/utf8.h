#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// UTF-8 of whole files: checking it fast, and writing it.
namespace firebreak {

/// Where the first byte lies that is no part of valid UTF-8; the size of the text when there is none.
[[nodiscard]] std::size_t first_bad_byte(std::string_view text);

/// Whether no byte is above 127.
[[nodiscard]] bool is_ascii(std::string_view text);

/// The number of code points of valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// Appends a code point; what is none (half a surrogate pair, or beyond U+10FFFF) becomes U+FFFD.
void append_code_point(std::string& text, std::uint32_t c);

}  // namespace firebreak
