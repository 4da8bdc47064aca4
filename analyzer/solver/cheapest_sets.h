#pragma once

#include <cstddef>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/circuit.h"
#include "analyzer/solver/families.h"

namespace firebreak::solver {

struct CheapestSets {
  std::vector<BestSet> sets;
  bool complete = true;  ///< false: patience ran out, and there may be more behind the last one
};

/// The first so many of the minimal sets of inputs that make a gate hold, by cost, then size; none is left out between
/// them. No diagram is made: clauses say what the gate asks of its members, and the cheapest model is searched for from
/// below. Cost: exponential in the worst case.
[[nodiscard]] CheapestSets cheapest_solutions(const Circuit& circuit, GateId root,
                                              const IdVector<InputId, double>& cost, std::size_t count,
                                              const Patience& patience);

}  // namespace firebreak::solver
