#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace firebreak {

using IndexArc = std::pair<std::uint32_t, std::uint32_t>;  ///< from, to

struct StrongComponents {
  std::vector<std::uint32_t> of;  ///< by vertex
  std::uint32_t count = 0;
};

/// The strongly connected components of a graph, numbered so that arcs lead from higher numbers to lower ones. Sorts
/// the arcs and leaves each once. Cost: linear, besides the sorting.
[[nodiscard]] StrongComponents strong_components(std::size_t vertices, std::vector<IndexArc>& arcs);

}  // namespace firebreak
