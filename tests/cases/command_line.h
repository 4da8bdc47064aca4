#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace firebreak::test {

/// The words of a command line as a shell splits them: '…' holds everything, "…" everything but \" and \\, a backslash
/// outside takes the next character as it is. Nothing when a quote is left open. No expansion of any kind.
[[nodiscard]] std::optional<std::vector<std::string>> split_words(std::string_view line);

}  // namespace firebreak::test
