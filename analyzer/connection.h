#pragma once

#include "firebreak/explain.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// The links between two zones at a moment of a run. Where they do not connect, the links that are broken are those
/// that fail at that very moment, if any: for two zones that were connected until then, what cut them apart. Cost: of
/// Dijkstra's algorithm in zones and links.
[[nodiscard]] Connection find_connection(const Graph& graph, const NeedRun& run, NodeId from, NodeId to,
                                         Seconds at = 0);

}  // namespace firebreak
