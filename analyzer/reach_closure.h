#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "analyzer/step_graph.h"

namespace firebreak {

/// What every system and identity reaches when it alone is compromised, from one condensed graph of all steps.
struct ReachClosure {
  IdVector<NodeId, std::uint32_t> size;         ///< systems and identities reached, itself included; 0 for other nodes
  IdVector<NodeId, std::uint32_t> zone_size;    ///< the same of all systems in a zone, and under it, together
  std::vector<IdVector<NodeId, bool>> reaches;  ///< by target asked for: whether a node reaches it (or is it)
};

/// The compromise of the scenario plays no part. Nothing when the graph of steps would be larger than
/// `options.most_arcs`: then one has to ask blast by blast. Of a shard, sizes are only a share, and those of all shards
/// add up; what is reached is in one of them. Cost: a row per kind of sources; linear in the arcs (a kind of sources in
/// a zone to each group of targets) for each 256 components that the strongly connected parts leave.
[[nodiscard]] std::optional<ReachClosure> reach_closure(const Graph& graph, const Scenario& scenario,
                                                        const std::vector<NodeId>& targets,
                                                        const RankOptions& options = {});

/// The same in every case: where the graph of steps would be too large, a blast per set of nodes that are alike, and
/// per zone.
[[nodiscard]] ReachClosure reach_of_all(const Graph& graph, const Scenario& scenario,
                                        const std::vector<NodeId>& targets, const RankOptions& options = {});

/// By node, whether some pivot that requires something fires when it alone is compromised. `steps` is made. Cost: that
/// of the closure for every 256 of these pivots.
[[nodiscard]] IdVector<NodeId, bool> firing_starts(const Graph& graph, const StepGraph& steps,
                                                   const Division& division);

}  // namespace firebreak
