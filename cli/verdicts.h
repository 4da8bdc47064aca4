#pragma once

#include <vector>

#include "firebreak/check.h"

/// The requires and scenarios of a topology, all judged, in source order.
namespace firebreak::cli {

[[nodiscard]] std::vector<RequireVerdict> judge_requires(const Topology& topology, const Graph& graph);
[[nodiscard]] std::vector<ScenarioVerdict> judge_scenarios(const Topology& topology, const Graph& graph);

}  // namespace firebreak::cli
