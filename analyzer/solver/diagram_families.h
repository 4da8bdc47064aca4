#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analyzer/solver/diagrams.h"
#include "analyzer/solver/families.h"

namespace firebreak::solver {

/// Puts the families that some diagrams are behind those there are, and gives back where each begins. `part_of` says
/// what each level adds to a set. Cost: linear in the diagrams.
[[nodiscard]] std::vector<FamilyId> append(Families& families, const DiagramTable& sets,
                                           std::span<const DiagramId> roots,
                                           const std::function<Families::Part(std::uint32_t level)>& part_of);

}  // namespace firebreak::solver
