#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/links.h"

namespace firebreak::bench {

/// What a search of another found, and how long it took.
struct PeerSearch {
  double seconds = 0;
  std::size_t reached = 0;
  std::size_t steps = 0;
};

struct PeerRun {
  std::string name;     ///< with its version
  std::string missing;  ///< why it did not run; empty when it did
  std::vector<PeerSearch> searches;
};

/// Steps from each start to everything, by Boost.Graph's compressed rows and breadth-first search.
[[nodiscard]] PeerRun search_with_boost(const Links& links, std::span<const std::uint32_t> starts);
/// The same by a Python library: "igraph", "graph-tool" or "networkx".
[[nodiscard]] PeerRun search_with_python(std::string_view library, const Links& links,
                                         std::span<const std::uint32_t> starts);

}  // namespace firebreak::bench
