#include <fmt/format.h>
#include <iterator>

#include "firebreak/diagnostic.h"

#include "topology/unicode.h"

namespace firebreak {

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    const auto value = static_cast<std::uint32_t>(c.value);
    if (!c.valid || is_control(c.value)) {
      fmt::format_to(std::back_inserter(shown), "\\x{:02x}", value);
    } else if (is_invisible(c.value)) {
      fmt::format_to(std::back_inserter(shown), "\\u{{{:x}}}", value);
    } else {
      shown.append(text.substr(at, c.size));
    }
    at += c.size;
  }
  return shown;
}

}  // namespace firebreak
