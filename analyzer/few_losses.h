#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

#include "analyzer/solver/families.h"

namespace firebreak {

/// The minimal cut sets of some nodes up to two losses, as sets of indices in the losses.
struct FewLosses {
  solver::Families families;
  std::vector<solver::FamilyId> roots;  ///< by node
  std::size_t up_to = 0;                ///< two if asked for; less when patience ran out
};

/// Exact: every single loss is tried, and every pair that may do more than both of its losses alone. That is when both
/// take something from one group that stands each alone, or when both cost links of one part of the network. Cost: of
/// what the losses and these pairs take down.
[[nodiscard]] FewLosses few_losses(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses,
                                   std::span<const NodeId> nodes, std::size_t most, const Patience& patience);

}  // namespace firebreak
