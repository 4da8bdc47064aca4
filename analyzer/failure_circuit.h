#pragma once

#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

#include "analyzer/solver/circuit.h"

namespace firebreak {

/// The need law, in the end, as a circuit without circles: which losses make some nodes fail.
struct FailureCircuit {
  solver::Circuit circuit;
  std::vector<solver::GateId> fails;  ///< by target: holds when it fails or is off
  bool complete = true;  ///< false: circles are too large to be unrolled in time and room, and the gates say too little
};

/// Input i holds when `losses[i]` is off, besides what the scenario does. Losses are nodes of any kind but zones, each
/// once. Circles are unrolled as often as it takes to reach the fixed point, over a set of vertices that cuts all of
/// them; whether zones are connected is unrolled within each part of the network that no single zone cuts. Cost: a run
/// of the need law; linear in what the targets depend on, times the vertices that cut the circles, and the square of
/// the largest such part.
[[nodiscard]] FailureCircuit failure_circuit(const Graph& graph, const Scenario& scenario,
                                             std::span<const NodeId> losses, std::span<const NodeId> targets,
                                             const Patience& patience = {});

}  // namespace firebreak
