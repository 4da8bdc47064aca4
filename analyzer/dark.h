#pragma once

#include "firebreak/impact.h"

#include "analyzer/mask.h"
#include "analyzer/zone_components.h"

/// What the need law settles for the spread law: what is down at once.
namespace firebreak {

/// Nodes that are off, or whose site fails at once, or whose host is dark. Cost: linear in nodes.
[[nodiscard]] IdVector<NodeId, std::uint8_t> find_dark(const Mask& mask, const NeedRun& run);

/// Zones connected by links that do not fail at once. Cost: linear in zones and links.
[[nodiscard]] ZoneComponents components_at_once(const Graph& graph, const NeedRun& run);

}  // namespace firebreak
