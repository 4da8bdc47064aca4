#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/families.h"

namespace firebreak::solver {

/// For each root the minimal sets of inputs that make it hold, up to a size.
struct BoundedSets {
  struct Root {
    FamilyId family = 0;
    bool all = false;  ///< none is larger
  };
  Families families;
  std::vector<std::optional<Root>> roots;  ///< nothing where room or patience ran out
};

/// All minimal sets of at most `most_size` inputs, and no other. From the inputs up, each gate gets those of its own,
/// as zero-suppressed diagrams in one order of all inputs; what grows past the bound is dropped at once, which loses
/// nothing, since no part of a small set is large. `most_size` is at least 1, sizes past 254 count as that. Cost:
/// exponential in `most_size` in the worst case.
[[nodiscard]] BoundedSets bounded_sets(const Circuit& circuit, std::span<const GateId> roots, std::size_t most_size,
                                       std::size_t most_nodes, const Patience& patience = {});

}  // namespace firebreak::solver
