#pragma once

#include "firebreak/explain.h"

namespace firebreak {

/// Why `to` is not reached from the one compromise of a scenario, given its run of the need law and its blast: what,
/// opened alone, would let it be, and the way with the least to open. Cost: one blast for each thing that may be
/// opened, up to a limit, and one search over all systems.
void find_openings(const Graph& graph, const Scenario& scenario, const NeedRun& run, NodeId to,
                   TakeoverExplanation& result);

}  // namespace firebreak
