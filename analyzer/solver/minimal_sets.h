#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/families.h"

namespace firebreak::solver {

/// For each root the minimal sets of inputs that make it hold: none for one that never does, the empty set for one that
/// always does.
struct MinimalSets {
  Families families;
  std::vector<FamilyId> roots;
  bool complete = true;  ///< false: room or patience ran out, and nothing is said of any root
};

/// How large the diagrams of one part may grow, in nodes; each takes about 40 bytes. Many ways are tried with the room
/// to begin with, the better ones again with more, up to the most there may be.
struct DiagramRoom {
  std::size_t first = std::size_t{1} << 14U;
  std::size_t most = std::size_t{1} << 24U;
  bool one_order = false;  ///< whether the order of the inputs that is found first is the only one tried
};

/// Exact. The circuit is divided into modules. Each of them is made a binary decision diagram, and its minimal
/// solutions are read from that: Rauzy, "New algorithms for fault trees analysis" (1993); or it is made a diagram of
/// its minimal solutions from the start. Several orders of the inputs are tried for both. Cost: exponential in the
/// worst case.
[[nodiscard]] MinimalSets minimal_sets(const Circuit& circuit, std::span<const GateId> roots,
                                       const DiagramRoom& room = {}, const Patience& patience = {});

}  // namespace firebreak::solver
