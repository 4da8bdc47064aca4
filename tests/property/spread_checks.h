#pragma once

#include <string>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The spread law of the engine against that of the oracle. Each answers with the first fault found, or nothing.
namespace firebreak::property {

/// What is reached, in how many steps, how soon; and that every way the engine names is one.
[[nodiscard]] std::string spread_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

/// From where each system can be reached, and how much each reaches, against one spread per node.
[[nodiscard]] std::string exposure_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

}  // namespace firebreak::property
