#include "analyzer/solver/diagram_families.h"

namespace firebreak::solver {

std::vector<FamilyId> append(Families& families, const DiagramTable& sets, std::span<const DiagramId> roots,
                             const std::function<Families::Part(std::uint32_t level)>& part_of) {
  std::vector<bool> used(sets.size(), false);
  for (const DiagramId root : roots) used[root] = true;
  for (std::size_t i = sets.size(); i-- > 2;) {
    const auto node = static_cast<DiagramId>(i);
    if (used[node]) used[sets[node].without] = used[sets[node].with] = true;
  }
  std::vector<FamilyId> family(sets.size());
  family[1] = Families::kEmptySet;
  constexpr std::uint32_t kNoPart = ~std::uint32_t{0};
  std::vector<std::uint32_t> parts;  // by level
  for (DiagramId node = 2; node < sets.size(); ++node) {
    if (!used[node]) continue;
    const auto [level, without, with] = sets[node];
    if (level >= parts.size()) parts.resize(level + std::size_t{1}, kNoPart);
    if (parts[level] == kNoPart) parts[level] = families.add_part(part_of(level));
    family[node] = families.add({parts[level], family[without], family[with]});
  }
  std::vector<FamilyId> result;
  for (const DiagramId root : roots) result.push_back(family[root]);
  return result;
}

}  // namespace firebreak::solver
