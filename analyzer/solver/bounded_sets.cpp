#include "analyzer/solver/bounded_sets.h"

#include <utility>

#include "analyzer/solver/blocks.h"
#include "analyzer/solver/bounded_families.h"
#include "analyzer/solver/diagram_families.h"
#include "analyzer/solver/simplify.h"

namespace firebreak::solver {

namespace {

/// The inputs in the order of their levels: pulled together where that is not too long a work.
std::vector<GateId> levels_of(const Circuit& circuit, std::span<const GateId> roots) {
  constexpr std::size_t kMostPulled = 20'000;
  const IdVector<GateId, bool> no_modules(circuit.size(), false);
  const Block block = block_of(circuit, no_modules, {roots.begin(), roots.end()});
  if (block.gates.size() > kMostPulled) return block.leaves;
  return leaf_orders(circuit, block).front();
}

}  // namespace

BoundedSets bounded_sets(const Circuit& circuit, std::span<const GateId> roots, std::size_t most_size,
                         std::size_t most_nodes, const Patience& patience) {
  const Rewritten simple = simplified(circuit, roots, patience);
  const std::vector<GateId> levels = levels_of(simple.circuit, simple.roots);
  BoundedFamilies families(most_size, most_nodes, patience);
  using Result = BoundedFamilies::Result;
  IdVector<GateId, Result> found(simple.circuit.size(), {kNoDiagram, true});
  found[Circuit::never()] = {0, false};
  found[Circuit::always()] = {1, false};
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (simple.circuit[levels[level]].input.valid()) {
      found[levels[level]] = families.variable(static_cast<std::uint32_t>(level));
    }
  }
  for (const GateId g : cone(simple.circuit, simple.roots)) {
    const Circuit::Gate& gate = simple.circuit[g];
    if (gate.threshold == 0) continue;
    std::vector<Result> members;
    bool room = true;
    for (const GateId member : simple.circuit.members(g)) {
      members.push_back(found[member]);
      room = room && found[member].family != kNoDiagram;
    }
    if (room) found[g] = families.at_least(gate.threshold, std::move(members));
  }
  BoundedSets result;
  std::vector<DiagramId> solved;
  for (const GateId root : simple.roots) {
    if (found[root].family != kNoDiagram) solved.push_back(found[root].family);
  }
  const std::vector<FamilyId> copied = append(result.families, families.table(), solved, [&](std::uint32_t level) {
    return Families::Part{simple.circuit[levels[level]].input, Families::kNothing};
  });
  std::size_t next = 0;
  for (const GateId root : simple.roots) {
    result.roots.emplace_back();
    if (found[root].family != kNoDiagram) result.roots.back() = BoundedSets::Root{copied[next++], !found[root].cut};
  }
  return result;
}

}  // namespace firebreak::solver
