#pragma once

#include <cstdint>

#include "firebreak/graph.h"

#include "analyzer/mask.h"

namespace firebreak {

/// Which needs count for staying up.
enum class Counted : std::uint8_t {
  to_start,  ///< those that are not soft and count for starting
  to_run,    ///< those that are not soft
};

/// By vertex, the most that can be up with each of it held up by the rest, when only the nodes of `allowed` may be up:
/// the greatest fixed point. The isolations, blocks and allows of the mask are in force; what it switches off is not.
/// Graces count as over. Cost: linear; zones and links once more each time links are lost.
[[nodiscard]] IdVector<VertexId, std::uint8_t> standing(const Mask& mask, Counted counted,
                                                        const IdVector<NodeId, std::uint8_t>& allowed);

/// Whether a need is severed whatever is up: by isolation, blocks or policies.
[[nodiscard]] inline bool always_severed(const Mask& mask, LeafId leaf) {
  return leaf.valid() && mask.severed(leaf_of(mask.graph(), leaf)) != Loss::none;
}

}  // namespace firebreak
