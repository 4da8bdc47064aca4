#pragma once

#include <vector>

#include "firebreak/patience.h"
#include "firebreak/restore.h"

#include "analyzer/start_network.h"

namespace firebreak {

/// The groups of nodes that wait for each other when everything that can start has started: the start loops, in source
/// order, each with a smallest set that, started by hand, lets all members start. `stuck` tells of what is pending
/// whether it is not up then. Sets are tried from small to large for as long as that is affordable and `patience`
/// lasts; after that a set no part of which is enough is given. Systems are preferred to links, sites and others, and
/// what is up soonest to what takes longer, with the time to make clean what of `compromised` (ascending) has to be.
[[nodiscard]] std::vector<RestoreLoop> find_start_loops(const Graph& graph, const StartNetwork& network,
                                                        const IdVector<PendingId, std::uint8_t>& stuck,
                                                        const std::vector<NodeId>& compromised,
                                                        const Patience& patience);

}  // namespace firebreak
