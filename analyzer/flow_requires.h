#pragma once

#include "firebreak/check.h"

namespace firebreak {

/// Judges a require about flows: only_flows, never_flows or always_flows. Cost: a row (analyzer/flow_rows.h) per kind
/// of sources among `from`.
[[nodiscard]] RequireVerdict judge_flow_require(const Graph& graph, const RequireQuestion& question);

}  // namespace firebreak
