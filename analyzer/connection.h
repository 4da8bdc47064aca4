#pragma once

#include "firebreak/explain.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// The links between two zones at the beginning of a run. Cost: linear in zones and links.
[[nodiscard]] Connection find_connection(const Graph& graph, const NeedRun& run, NodeId from, NodeId to);

}  // namespace firebreak
