#pragma once

#include "firebreak/graph.h"
#include "firebreak/policy.h"
#include "firebreak/topology.h"

/// The parts of compiling a topology, each filling its half of a Graph whose plain columns are there already.
namespace firebreak::compiling {

/// Groups places into classes and policies into rules over them.
void compile_flows(const Topology& topology, Graph& graph);

/// Flattens needs, sites, hosts and uses into the need relation. Judges each need with a port by the policies, so flows
/// come first.
void compile_needs(const Topology& topology, Graph& graph, Helper* helper);

}  // namespace firebreak::compiling
