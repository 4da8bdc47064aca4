#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/packed.h"

#include "analyzer/step_graph.h"

namespace firebreak {

/// All steps, by where they begin. An arc into a system or identity is a step; one into anything else is part of it.
struct StepNetwork {
  StepNetwork(const Graph& graph, const StepGraph& steps);

  std::vector<Conjunction> conjunctions;
  Packed<Vertex, Vertex> next_of;
  Packed<Vertex, std::uint32_t> watching;  ///< by vertex: the conjunctions it is part of
};

}  // namespace firebreak
