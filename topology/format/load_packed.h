#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace firebreak {

/// How a text is packed, by its first bytes.
enum class Packing : unsigned char { none, gzip, zstd };
[[nodiscard]] Packing packing_of(std::string_view text);
[[nodiscard]] std::string_view to_string(Packing packing);

enum class Unpacking : unsigned char { done, damaged, cut_off, too_large };

/// Unpacks a text in place, all parts of it one after the other. Where it fails the text is empty. Cost: linear; both
/// texts are in memory until it is done.
[[nodiscard]] Unpacking unpack(std::string& text, Packing packing, std::size_t most);

}  // namespace firebreak
