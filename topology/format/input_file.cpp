#include "topology/format/input_file.h"

#include <algorithm>

#include "topology/unicode.h"
#include "topology/utf8.h"

namespace firebreak {

Span place_of(const InputFile& file, std::size_t offset) {
  const std::string_view before = file.text.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file.id, static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<std::uint32_t>(count_code_points(before.substr(line_begin))) + 1};
}

std::size_t offset_of(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t line_end = text.find('\n', at);
    if (line_end == std::string_view::npos) return text.size();
    at = line_end + 1;
  }
  for (std::uint32_t i = 1; i < column && at < text.size() && text[at] != '\n'; ++i) {
    at += read_code_point(text, at).size;
  }
  return at;
}

}  // namespace firebreak
