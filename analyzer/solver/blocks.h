#pragma once

#include <span>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/circuit.h"

namespace firebreak::solver {

/// A part of a circuit that is solved at once: what lies between some gates and the inputs and modules they are made
/// of.
struct Block {
  std::vector<GateId> roots;
  std::vector<GateId> gates;   ///< roots and what lies between, each behind what it is made of
  std::vector<GateId> leaves;  ///< inputs and modules, in the order they are first come upon
};

/// The part between these gates and the inputs and modules under them. Cost: linear in it.
[[nodiscard]] Block block_of(const Circuit& circuit, const IdVector<GateId, bool>& modules, std::vector<GateId> roots);

/// One order of the leaves, soon found: the first of the depth-first orders below, pulled together.
[[nodiscard]] std::vector<GateId> leaf_order(const Circuit& circuit, const Block& block, const Patience& patience = {});

/// Orders of the leaves for decision diagrams, the most promising first: depth-first orders, each pulled together until
/// what belongs to a gate lies close. Aloul, Markov and Sakallah, "FORCE: a fast and easy-to-implement
/// variable-ordering heuristic" (2003). Cost: n log n in the block, a bounded number of times; less when patience runs
/// out.
[[nodiscard]] std::vector<std::vector<GateId>> leaf_orders(const Circuit& circuit, const Block& block,
                                                           const Patience& patience = {});

}  // namespace firebreak::solver
