#include "report/matrix_grid.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <unordered_map>

namespace firebreak::report {
namespace {

/// What is compared of two zones: how open a way is, or also on which ports.
class Comparison {
 public:
  Comparison(const ZoneMatrix& matrix, Alike alike) : matrix_(matrix), alike_(alike) {
    for (std::size_t zone = 0; zone < matrix.zones.size(); ++zone) usual_.push_back(find_usual(zone));
  }

  /// Equal for zones that are alike; hardly ever for others.
  [[nodiscard]] std::uint64_t hash(std::size_t zone) const {
    std::uint64_t hash = code(zone, zone);
    for (std::size_t other = 0; other < matrix_.zones.size(); ++other) {
      hash = mixed(hash, other == zone ? usual_[zone] : code(zone, other));
      hash = mixed(hash, other == zone ? usual_[zone] : code(other, zone));
    }
    return hash;
  }

  /// Whether two zones have the same inside, with each other in both directions, and with every third one.
  [[nodiscard]] bool alike(std::size_t a, std::size_t b) const {
    if (code(a, a) != code(b, b) || code(a, b) != usual_[a] || code(b, a) != usual_[a]) return false;
    for (std::size_t other = 0; other < matrix_.zones.size(); ++other) {
      if (other == a || other == b) continue;
      if (code(a, other) != code(b, other) || code(other, a) != code(other, b)) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] std::uint64_t code(std::size_t from, std::size_t to) const {
    if (alike_ == Alike::in_ports) {
      const ZoneCell& cell = matrix_.cell(from, to);
      return (std::uint64_t{cell.somewhere.index()} << 32U | cell.everywhere.index()) * 2 +
             (matrix_.apart(from, to) ? 1 : 0);
    }
    const MatrixGrid::Cell cell = grid_cell(matrix_, from, to);
    return static_cast<std::uint64_t>(cell.verdict) * 2 + (cell.apart ? 1 : 0);
  }

  static std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0xFF51AFD7ED558CCDU;
    return hash ^ (hash >> 29U);
  }

  /// What a zone has with most others, which stands in for what it has with itself. Any will do where none is more
  /// frequent than all others together: two such zones then just do not share a line.
  [[nodiscard]] std::uint64_t find_usual(std::size_t zone) const {
    std::uint64_t usual = 0;
    std::size_t votes = 0;
    for (std::size_t other = 0; other < matrix_.zones.size(); ++other) {
      if (other == zone) continue;
      const std::uint64_t found = code(zone, other);
      if (votes == 0) usual = found;
      votes = found == usual ? votes + 1 : votes - 1;
    }
    return usual;
  }

  const ZoneMatrix& matrix_;
  Alike alike_;
  std::vector<std::uint64_t> usual_;
};

}  // namespace

MatrixGrid::Cell grid_cell(const ZoneMatrix& matrix, std::size_t from, std::size_t to) {
  const Openness verdict = matrix.somewhere(from, to).empty()     ? Openness::none
                           : matrix.everywhere(from, to).is_any() ? Openness::all
                                                                  : Openness::some;
  return {verdict, matrix.apart(from, to)};
}

std::string line_words(const Topology& topology, const ZoneMatrix& matrix, const std::vector<std::size_t>& line) {
  const Text first = topology.nodes[matrix.zones[line.front()]].id;
  return line.size() == 1 ? std::string(first) : fmt::format("{} and {} alike", first, line.size() - 1);
}

MatrixGrid make_grid(const ZoneMatrix& matrix, std::size_t most, Alike alike) {
  const std::size_t count = matrix.zones.size();
  MatrixGrid grid;
  if (count <= most) {
    for (std::size_t zone = 0; zone < count; ++zone) grid.lines.push_back({zone});
  } else {
    const Comparison comparison(matrix, alike);
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> known;  // lines by hash; never iterated
    for (std::size_t zone = 0; zone < count; ++zone) {
      std::vector<std::size_t>& lines = known[comparison.hash(zone)];
      const auto like = [&](std::size_t line) { return comparison.alike(grid.lines[line].front(), zone); };
      const auto found = std::ranges::find_if(lines, like);
      if (found != lines.end()) {
        grid.lines[*found].push_back(zone);
      } else {
        lines.push_back(grid.lines.size());
        grid.lines.push_back({zone});
      }
    }
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
