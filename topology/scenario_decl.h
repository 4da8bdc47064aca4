#pragma once

#include <vector>

#include "firebreak/builder.h"
#include "firebreak/scenario.h"

namespace firebreak {

/// Resolves a scenario as it was declared, but for what it expects, against a topology that is there. Faults as of the
/// words of a command line, each with its place.
[[nodiscard]] Scenario resolve(const Topology& topology, const ScenarioDecl& decl, std::vector<Diagnostic>& faults);

}  // namespace firebreak
