#pragma once

#include <span>
#include <vector>

#include "analyzer/solver/simplify.h"

namespace firebreak::solver {

/// The gates that are modules: what is below them is below nothing else, so that to the rest they are one input. Cost:
/// linear in the cone. Dutuit and Rauzy, "A linear-time algorithm to find modules of fault trees" (1996).
[[nodiscard]] IdVector<GateId, bool> find_modules(const Circuit& circuit, std::span<const GateId> roots);

/// The same functions, with gates (any of, or all of) divided: members that share something with each other and with
/// nothing else become a gate of their own, and so a module. Cost: n log n in the cone.
[[nodiscard]] Rewritten divided(const Circuit& circuit, std::span<const GateId> roots);

}  // namespace firebreak::solver
