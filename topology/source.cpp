#include "firebreak/source.h"

#include <fmt/format.h>

#include "topology/lines.h"

namespace firebreak {

std::string_view line_text(const Sources& sources, Span at) {
  if (!at.file.valid() || !sources.contains(at.file) || at.line == 0) return {};
  const std::string_view text = sources[at.file].text;
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < at.line; ++line) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
  return without_line_end(text.substr(begin, text.find('\n', begin) - begin));
}

std::string to_string(const Sources& sources, Span at) {
  if (!at.file.valid() || !sources.contains(at.file)) return {};
  const std::string& name = sources[at.file].name;
  if (at.line == 0) return name;
  if (at.column == 0) return fmt::format("{}:{}", name, at.line);
  return fmt::format("{}:{}:{}", name, at.line, at.column);
}

}  // namespace firebreak
