#pragma once

#include <cstdint>
#include <string_view>

namespace firebreak {

/// A number that is another one, as good as always, when the text is another one: to notice files that were mixed up,
/// not to keep somebody from mixing them up. Cost: linear, at the speed of memory.
[[nodiscard]] std::uint64_t fingerprint(std::string_view text);

/// The same of texts one behind the other: `before` is that of those before this one, 0 where there are none.
[[nodiscard]] std::uint64_t fingerprint_behind(std::uint64_t before, std::string_view text);

}  // namespace firebreak
