#pragma once

#include <string>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The need law of the engine against that of the oracle. Each answers with the first fault found, or nothing.
namespace firebreak::property {

/// States, times, what fails from the start and what is lost, in the end and at every time at which something changes.
[[nodiscard]] std::string need_difference(const Topology& topology, const Graph& graph, const Scenario& scenario);

/// Every cause names an input that really is lost, at the time named and for the reason named; there are as many as it
/// takes; and following them ends.
[[nodiscard]] std::string cause_fault(const Topology& topology, const Graph& graph, const Scenario& scenario);

}  // namespace firebreak::property
