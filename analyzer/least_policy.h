#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "firebreak/policy.h"

namespace firebreak {

using FlowPairs = std::map<std::pair<NodeId, NodeId>, PortSet>;  ///< the ports from one place to another

enum class Needs : std::uint8_t { all, permitted };

/// The flows that needs state, with ports: all needs, or those that are permitted what they ask for.
[[nodiscard]] FlowPairs stated_flows(const Graph& graph, Needs which);

/// Rules that together allow just these flows, as few as simple joining makes them; whom they serve is left open. Cost:
/// n log n in the flows.
[[nodiscard]] std::vector<LeastRule> joined_rules(const FlowPairs& flows);

}  // namespace firebreak
