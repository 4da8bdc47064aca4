#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firebreak/policy.h"

#include "report/policy_views.h"

/// The zone matrix with alike zones joined, as small as it gets.
namespace firebreak::report {

/// What makes zones share a line: that ways are as open, or that they are open on the same ports.
enum class Alike : std::uint8_t { in_openness, in_ports };

struct MatrixGrid {
  /// What may flow, or that nothing could: no way joins the two.
  struct Cell {
    Openness verdict = Openness::none;
    bool apart = false;

    friend bool operator==(const Cell&, const Cell&) = default;
  };
  std::vector<std::vector<std::size_t>> lines;  ///< indices in ZoneMatrix::zones that the matrix does not tell apart
  std::vector<std::vector<Cell>> cells;         ///< between two different zones of the lines
  std::vector<Cell> inside;                     ///< of a line: inside each of its zones
};

[[nodiscard]] MatrixGrid::Cell grid_cell(const ZoneMatrix& matrix, std::size_t from, std::size_t to);

/// Joins zones only when there are more than `most` of them. Cost: the square of the zones.
[[nodiscard]] MatrixGrid make_grid(const ZoneMatrix& matrix, std::size_t most, Alike alike = Alike::in_openness);

/// "office", "desk-1 and 11 alike".
[[nodiscard]] std::string line_words(const Topology& topology, const ZoneMatrix& matrix,
                                     const std::vector<std::size_t>& line);

/// Of more zones than this, those that are alike share a line.
inline constexpr std::size_t kMostApart = 24;

}  // namespace firebreak::report
