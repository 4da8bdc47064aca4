#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace firebreak::bench {

/// Arcs with capacities, and two vertices to be parted.
struct CutNetwork {
  /// More than any capacity.
  static constexpr std::uint64_t kUnlimited = std::uint64_t{1} << 40U;
  struct Arc {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint64_t capacity = 0;
  };

  std::uint32_t vertices = 0;
  std::uint32_t source = 0;
  std::uint32_t sink = 0;
  std::vector<Arc> arcs;
};

/// The value of a minimum cut, and how long it took from the graph that was made.
struct TimedCut {
  std::uint64_t value = 0;
  double seconds = 0;
};

/// By the algorithm of Boykov and Kolmogorov of Boost.Graph.
[[nodiscard]] TimedCut cut_with_boost(const CutNetwork& network);

struct CutRun {
  std::string name;     ///< with its version
  std::string missing;  ///< why it did not run; empty when it did
  std::vector<TimedCut> cuts;
};

/// By igraph, so many times.
[[nodiscard]] CutRun cut_with_igraph(const CutNetwork& network, std::size_t times);

}  // namespace firebreak::bench
