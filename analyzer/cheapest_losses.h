#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

namespace firebreak {

struct CheapestLosses {
  std::vector<std::vector<NodeId>> sets;  ///< each ascending
  bool complete = true;                   ///< false: patience ran out, and there may be more behind the last one
};

/// The first so many of the minimal cut sets of a node, by cost, then size; none is left out between them. `losses` are
/// nodes of any kind but zones, each once. No circuit is made and no circle unrolled: clauses say what the failing of a
/// node asks for, as far as the search has come to it, and a run of the need law whether that is enough. Cost:
/// exponential in the worst case; memory linear in what the node depends on.
[[nodiscard]] CheapestLosses cheapest_losses(const Graph& graph, const Scenario& scenario,
                                             std::span<const NodeId> losses, NodeId target, std::size_t count,
                                             const Patience& patience = {});

}  // namespace firebreak
