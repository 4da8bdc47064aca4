#include "report/matrix_grid.h"

#include <algorithm>
#include <array>
#include <map>

namespace firebreak::report {
namespace {

std::uint8_t code(const MatrixGrid::Cell& cell) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(cell.verdict) * 2U + (cell.apart ? 1U : 0U));
}

/// Two zones have equal keys only when each has the same as the other to and from every third zone, inside, and between
/// the two: what a zone has with itself is put aside, and what most others have stands in its place.
std::string key_of(const ZoneMatrix& matrix, std::size_t zone) {
  const std::size_t count = matrix.zones.size();
  std::string key(2 * count, '\0');
  std::array<std::size_t, 6> seen{};
  for (std::size_t other = 0; other < count; ++other) {
    key[other] = static_cast<char>(code(grid_cell(matrix, zone, other)));
    key[count + other] = static_cast<char>(code(grid_cell(matrix, other, zone)));
    if (other != zone) ++seen[static_cast<std::size_t>(key[other])];
  }
  const char inside = key[zone];
  const auto most = static_cast<char>(std::ranges::max_element(seen) - seen.begin());
  key[zone] = most;
  key[count + zone] = most;
  key.push_back(inside);
  return key;
}

}  // namespace

MatrixGrid::Cell grid_cell(const ZoneMatrix& matrix, std::size_t from, std::size_t to) {
  const Openness verdict = matrix.somewhere(from, to).empty()     ? Openness::none
                           : matrix.everywhere(from, to).is_any() ? Openness::all
                                                                  : Openness::some;
  return {verdict, matrix.apart(from, to)};
}

MatrixGrid make_grid(const ZoneMatrix& matrix, std::size_t most) {
  const std::size_t count = matrix.zones.size();
  MatrixGrid grid;
  std::map<std::string, std::size_t> known;
  for (std::size_t zone = 0; zone < count; ++zone) {
    if (count <= most) {
      grid.lines.push_back({zone});
      continue;
    }
    const auto [at, fresh] = known.try_emplace(key_of(matrix, zone), grid.lines.size());
    if (fresh) grid.lines.emplace_back();
    grid.lines[at->second].push_back(zone);
  }
  for (const std::vector<std::size_t>& from : grid.lines) {
    std::vector<MatrixGrid::Cell> row;
    for (const std::vector<std::size_t>& to : grid.lines) {
      row.push_back(grid_cell(matrix, from.front(), &from == &to ? to.back() : to.front()));
    }
    grid.cells.push_back(std::move(row));
    grid.inside.push_back(grid_cell(matrix, from.front(), from.front()));
  }
  return grid;
}

}  // namespace firebreak::report
