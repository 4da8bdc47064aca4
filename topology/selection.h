#pragma once

#include <vector>

#include "firebreak/topology.h"

#include "topology/kind_set.h"

namespace firebreak {

/// Appends the nodes of the wanted kinds (of zones, systems and identities) that a selector means, in source order.
/// Cost: linear in the topology; constant when the selector names a single system or identity.
void append_matching(const Topology& topology, const Selector& selector, KindSet wanted, std::vector<NodeId>& nodes);

/// Sorts and leaves each once.
void sort_and_unique(std::vector<NodeId>& nodes);

}  // namespace firebreak
