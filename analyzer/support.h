#pragma once

#include <span>

#include "firebreak/graph.h"

namespace firebreak {

/// Everything these nodes depend on, also through the links their needs run over: the vertices a loss can reach them
/// from. Cost: linear in what is found.
[[nodiscard]] IdVector<VertexId, bool> find_support(const Graph& graph, std::span<const NodeId> nodes);

}  // namespace firebreak
