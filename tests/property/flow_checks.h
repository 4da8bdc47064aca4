#pragma once

#include <string>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The policies of the engine against those of the oracle, port by port. Each answers with the first fault found, or
/// nothing.
namespace firebreak::property {

/// What is said of every flow between two places, on one port of every kind.
[[nodiscard]] std::string flow_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

/// The same, asked of whole rows: the ports from every place to all others.
[[nodiscard]] std::string row_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

/// What may flow between zones.
[[nodiscard]] std::string matrix_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

/// Which rules could go.
[[nodiscard]] std::string audit_difference(const Topology& topology, const Graph& graph);

/// The named scenarios of the topology in ids, and the same from their words: of the engine against the oracle.
[[nodiscard]] std::string scenario_difference(const Topology& topology);

}  // namespace firebreak::property
