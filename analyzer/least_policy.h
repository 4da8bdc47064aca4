#pragma once

#include <map>
#include <utility>
#include <vector>

#include "firebreak/policy.h"

namespace firebreak {

using FlowPairs = std::map<std::pair<NodeId, NodeId>, PortSet>;  ///< the ports from one place to another

/// Rules that together allow just these flows, as few as simple joining makes them; whom they serve is left open. Cost:
/// n log n in the flows.
[[nodiscard]] std::vector<LeastRule> joined_rules(const FlowPairs& flows);

}  // namespace firebreak
