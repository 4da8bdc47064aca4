#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "firebreak/source.h"

namespace firebreak {

/// One file to decode: valid UTF-8 without a byte order mark.
struct InputFile {
  FileId id;
  std::string_view text;
  bool ascii = false;  ///< no byte is above 127
  bool kept = true;    ///< the text is wanted after decoding; otherwise a reader may release what it has passed
};

/// The place of a byte of a file. Cost: linear in the text before it.
[[nodiscard]] Span place_of(const InputFile& file, std::size_t offset);

/// The byte a place names; the end of its line, or of the text, when that is shorter. Cost: linear in the text before
/// it.
[[nodiscard]] std::size_t offset_of(std::string_view text, std::uint32_t line, std::uint32_t column);

}  // namespace firebreak
