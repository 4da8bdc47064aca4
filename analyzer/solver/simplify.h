#pragma once

#include <span>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/circuit.h"

/// Circuits for the same functions of which diagrams come out smaller.
namespace firebreak::solver {

struct Rewritten {
  Circuit circuit;
  std::vector<GateId> roots;  ///< in the order asked for
};

/// Gates as wide as can be: one that only one gate of the same kind (any of, or all of) is made of is part of that.
/// Cost: n log n in the cone of the roots.
[[nodiscard]] Rewritten widened(const Circuit& circuit, std::span<const GateId> roots);

/// Where all ways to a gate lead through an any-of gate, what that is made of directly never holds: if it did, the gate
/// would not be asked. Likewise it always holds below an all-of gate. Cost: n log n in the cone times the depth of
/// dominators.
[[nodiscard]] Rewritten absorbed(const Circuit& circuit, std::span<const GateId> roots);

/// Members of the same gates, all of them any of, or all of them all of, become one gate. Cost: n log n in the cone.
[[nodiscard]] Rewritten with_joined_twins(const Circuit& circuit, std::span<const GateId> roots);

/// All of that, until nothing gets smaller or patience runs out.
[[nodiscard]] Rewritten simplified(const Circuit& circuit, std::span<const GateId> roots,
                                   const Patience& patience = {});

}  // namespace firebreak::solver
