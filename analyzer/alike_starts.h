#pragma once

#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

namespace firebreak {

/// All systems and identities in sets that are alike: exchanging two of a set changes no step of the spread, so one
/// blast of its first stands for all, as long as the question does not single one out. Cost: linear in nodes, times the
/// logarithm of the sets.
[[nodiscard]] std::vector<std::vector<NodeId>> alike_starts(const Graph& graph, const Scenario& scenario,
                                                            const std::vector<NodeId>& singled_out);

}  // namespace firebreak
