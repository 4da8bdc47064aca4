#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/topology.h"

namespace firebreak::bench {

/// A network of ways from system to system, as a list and row by row.
struct Links {
  std::uint32_t systems = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;  ///< by the first
  std::vector<std::uint32_t> first;                           ///< of each system, and one more
  std::vector<std::uint32_t> to;
};

/// Zones of a hundred systems; from each system ten ways on average, few have many, nine in ten of them inside its
/// zone. The same for the same numbers on every machine.
[[nodiscard]] Links make_links(std::uint32_t systems, std::uint64_t seed);

/// The same as a topology: a pivot for each system, and a policy that permits nothing. System i is node i.
[[nodiscard]] Topology as_topology(const Links& links);

/// What is reached from a start, by a search written for nothing else: rows side by side, a byte for what was seen,
/// what comes next fetched ahead.
class FlatSearch {
 public:
  explicit FlatSearch(std::span<const std::uint32_t> first, std::span<const std::uint32_t> to);
  /// How many are reached, the start included; and in how many steps the last.
  std::pair<std::size_t, std::size_t> from(std::uint32_t start);

 private:
  std::span<const std::uint32_t> first_;
  std::span<const std::uint32_t> to_;
  std::vector<std::uint8_t> seen_;
  std::vector<std::uint32_t> reached_;
  std::uint8_t run_ = 0;
};

}  // namespace firebreak::bench
