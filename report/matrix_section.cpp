#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/matrix_grid.h"
#include "report/policy_answer.h"
#include "report/wording.h"
#include "topology/unicode.h"

// Rows are where a flow starts, columns where it goes; both bear the same numbers.

namespace firebreak::report {
namespace {

constexpr std::size_t kWidestName = 28;

std::string_view glyph(const MatrixGrid::Cell& cell, bool ascii) {
  if (cell.apart && cell.verdict != Openness::none) return ascii ? "-" : "–";
  switch (cell.verdict) {
    case Openness::none:
      return ascii ? "." : "·";
    case Openness::some:
      return ascii ? "o" : "○";
    case Openness::all:
      break;
  }
  return ascii ? "#" : "●";
}

std::string legend(const MatrixGrid& grid, bool ascii) {
  std::string words = ascii ? "  . nothing   o some ports or hosts   # every port"
                            : "  · nothing   ○ some ports or hosts   ● every port";
  const auto cut = [](const MatrixGrid::Cell& cell) { return cell.apart && cell.verdict != Openness::none; };
  const auto any = [&](const std::vector<MatrixGrid::Cell>& row) { return std::ranges::any_of(row, cut); };
  if (std::ranges::any_of(grid.cells, any))
    words += fmt::format("   {} permitted, but nothing joins the two", ascii ? "-" : "–");
  return words + "\n";
}

std::string label(const Subject& subject, const ZoneMatrix& matrix, const std::vector<std::size_t>& line) {
  return printable(line_words(subject.topology, matrix, line));
}

}  // namespace

Section matrix_section(const Subject& subject, const ZoneMatrix& matrix, const TextStyle& style) {
  Section section{"Zones: what may flow from each (left) to each (above)"};
  const MatrixGrid grid = make_grid(matrix, style.most == 0 ? matrix.zones.size() : kMostApart);
  const std::size_t lines = grid.lines.size();
  const std::size_t digits = std::to_string(lines).size();
  std::size_t widest = 0;
  bool joined = false;
  for (const auto& line : grid.lines) {
    widest = std::max(widest, width_of(label(subject, matrix, line)));
    joined = joined || line.size() > 1;
  }
  widest = std::min(widest, kWidestName);
  const std::size_t room = std::max<std::size_t>(style.columns, 60) - widest - digits - 12;
  const std::size_t shown = style.most == 0 ? lines : std::min(lines, room / (digits + 1));
  std::string header(2 + digits + 1 + widest, ' ');
  for (std::size_t to = 0; to < shown; ++to) header += fmt::format(" {:>{}}", to + 1, digits);
  if (joined) header += "  inside";
  section.verbatim = header + "\n";
  for (std::size_t from = 0; from < shown; ++from) {
    std::string row = fmt::format("  {:>{}} {}", from + 1, digits,
                                  fitted(label(subject, matrix, grid.lines[from]), widest, style.ascii));
    for (std::size_t to = 0; to < shown; ++to) {
      row.append(digits, ' ');
      row += glyph(grid.cells[from][to], style.ascii);
    }
    if (joined) row += fmt::format("    {}", glyph(grid.inside[from], style.ascii));
    section.verbatim += row + "\n";
  }
  section.verbatim += legend(grid, style.ascii);
  section.left_out = lines - shown;
  if (lines == 0) section.verbatim.clear();
  return section;
}

}  // namespace firebreak::report
