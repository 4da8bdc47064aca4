#pragma once

#include <string>
#include <string_view>

namespace firebreak {

/// The word between single quotes, as messages quote it; a very long one is cut.
[[nodiscard]] std::string quoted(std::string_view word);

/// Why a text cannot be a word of the format (an id, a tag, a kind), as it goes on after the word: "holds a comma".
/// Empty when it can: 1 to 255 bytes of valid UTF-8 without white space, commas and control characters.
[[nodiscard]] std::string_view why_no_word(std::string_view text);

/// The same for ids, which must also not read as another kind of selector or as the arrow of a flow.
[[nodiscard]] std::string_view why_no_id(std::string_view text);

}  // namespace firebreak
