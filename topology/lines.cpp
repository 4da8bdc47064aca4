#include "topology/lines.h"

#include <algorithm>

#include "topology/unicode.h"

namespace firebreak {
namespace {

constexpr std::uint32_t kMarkEvery = 4096;

std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(at + 1);
  }
  return starts;
}

/// Where the columns 1, 1 + kMarkEvery, 1 + 2 * kMarkEvery, ... of the line start.
std::vector<std::size_t> column_marks(std::string_view line) {
  std::vector<std::size_t> marks;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); at += read_code_point(line, at).size, ++column) {
    if (column % kMarkEvery == 0) marks.push_back(at);
  }
  return marks;
}

}  // namespace

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

LinePlace Lines::find(Span at) {
  if (!at.file.valid() || !sources_->contains(at.file) || at.line == 0) return {};
  const std::string_view text = (*sources_)[at.file].text;
  std::vector<std::size_t>& starts = starts_[at.file.index()];
  if (starts.empty()) starts = line_starts(text);
  if (at.line > starts.size()) return {};
  const std::size_t begin = starts[at.line - 1];
  const std::size_t end = at.line < starts.size() ? starts[at.line] : text.size();
  const std::string_view line = without_line_end(text.substr(begin, end - begin));

  std::uint32_t column = 1;
  std::size_t offset = 0;
  if (line.size() > kMarkEvery) {
    std::vector<std::size_t>& marks = marks_[{at.file, at.line}];
    if (marks.empty()) marks = column_marks(line);
    const std::size_t nearest_mark =
        std::min<std::size_t>((std::max(at.column, 1U) - 1) / kMarkEvery, marks.size() - 1);
    column += static_cast<std::uint32_t>(nearest_mark * kMarkEvery);
    offset = marks[nearest_mark];
  }
  for (; column < at.column && offset < line.size(); ++column) offset += read_code_point(line, offset).size;
  return {line, offset};
}

}  // namespace firebreak
