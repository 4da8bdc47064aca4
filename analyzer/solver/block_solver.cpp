// Each gate of the block is made a diagram, those it is made of first. Where the diagrams are functions, the minimal
// solutions of the roots are read from them in the end.

#include "analyzer/solver/block_solver.h"

#include <algorithm>
#include <utility>

#include "analyzer/solver/diagram_families.h"
#include "analyzer/solver/diagrams.h"
#include "analyzer/solver/set_diagrams.h"

namespace firebreak::solver {

namespace {

/// The minimal solutions of functions, as families over the same levels. Of the solutions with a variable those are
/// left out that hold one without it.
class Solutions {
 public:
  Solutions(const DiagramTable& functions, std::size_t most_nodes, const Patience& patience)
      : functions_(functions), sets_(most_nodes, patience), solved_(functions.size(), kNoDiagram) {
    solved_[0] = 0;
    solved_[1] = 1;
  }

  [[nodiscard]] const DiagramTable& sets() const { return sets_; }

  /// None when there is no more room. Cost: of one that holds another, that of the difference.
  [[nodiscard]] DiagramId of(DiagramId function) {
    for (const DiagramId f : below(function)) {
      const DiagramNode& node = functions_[f];
      const DiagramId with = excluded(solved_[node.with], node.without);
      if (with == kNoDiagram) return kNoDiagram;
      solved_[f] = set_node(node.level, solved_[node.without], with);
      if (solved_[f] == kNoDiagram) return kNoDiagram;
    }
    return solved_[function];
  }

 private:
  struct Frame {
    DiagramId sets;
    DiagramId function;
    DiagramId without;
    std::uint8_t stage;
  };

  /// What a function is made of and is not solved yet, each behind what it leads to.
  [[nodiscard]] std::vector<DiagramId> below(DiagramId function) const {
    std::vector<DiagramId> found;
    std::vector<DiagramId> open{function};
    std::vector<bool> seen(function + std::size_t{1}, false);
    while (!open.empty()) {
      const DiagramId f = open.back();
      open.pop_back();
      if (solved_[f] != kNoDiagram || seen[f]) continue;
      seen[f] = true;
      found.push_back(f);
      open.push_back(functions_[f].without);
      open.push_back(functions_[f].with);
    }
    std::ranges::sort(found);
    return found;
  }

  [[nodiscard]] DiagramId set_node(std::uint32_t level, DiagramId without, DiagramId with) {
    return with == 0 ? without : sets_.node(level, without, with);
  }

  /// The sets that do not make a function hold.
  [[nodiscard]] DiagramId excluded(DiagramId sets, DiagramId function) {
    DiagramId result = 0;
    const auto begin = [&](DiagramId s, DiagramId f) {
      while (s > 1 && f > 1 && functions_[f].level < sets_[s].level) f = functions_[f].without;
      if (s == 1) {
        // The empty set makes it hold just when it always holds.
        while (f > 1) f = functions_[f].without;
      }
      if (s == 0 || f == 1) return result = 0, true;
      if (f == 0 || s == 1) return result = s, true;
      result = cache_.find(s, f);
      if (result != kNoDiagram) return true;
      frames_.push_back({s, f, 0, 0});
      return false;
    };
    if (begin(sets, function)) return result;
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const DiagramNode s = sets_[frame.sets];
      const DiagramNode& f = functions_[frame.function];
      const bool same = s.level == f.level;
      if (frame.stage == 0) {
        frame.stage = 1;
        if (!begin(s.without, same ? f.without : frame.function)) continue;
      }
      if (frame.stage == 1) {
        frame.stage = 2;
        frame.without = result;
        if (!begin(s.with, same ? f.with : frame.function)) continue;
      }
      result = set_node(s.level, frame.without, result);
      if (result == kNoDiagram) {
        frames_.clear();
        return kNoDiagram;
      }
      cache_.remember(frame.sets, frame.function, result);
      cache_.fit(sets_.size());
      frames_.pop_back();
    }
    return result;
  }

  const DiagramTable& functions_;
  DiagramTable sets_;
  DiagramCache cache_;
  std::vector<DiagramId> solved_;
  std::vector<Frame> frames_;
};

/// One block in one order, by one kind of diagrams.
class BlockSolver {
 public:
  BlockSolver(const BlockTask& task, const std::vector<GateId>& order) : task_(task), order_(order) {}

  [[nodiscard]] std::size_t gates_done() const { return gates_done_; }

  /// The diagrams of the roots; nothing when there is no room.
  template <class Diagrams>
  [[nodiscard]] std::optional<std::vector<DiagramId>> make(Diagrams& diagrams) {
    std::unordered_map<GateId, DiagramId> made;  // never iterated
    for (std::size_t level = 0; level < order_.size(); ++level) {
      const DiagramId variable = diagrams.variable(static_cast<std::uint32_t>(level));
      if (variable == kNoDiagram) return std::nullopt;
      made[order_[level]] = variable;
    }
    for (const GateId constant : {Circuit::never(), Circuit::always()}) made[constant] = constant.index();
    for (const GateId g : task_.block.gates) {
      std::vector<DiagramId> members;
      for (const GateId member : task_.circuit.members(g)) members.push_back(made.at(member));
      const DiagramId gate = diagrams.at_least(task_.circuit[g].threshold, std::move(members));
      if (gate == kNoDiagram) return std::nullopt;
      made[g] = gate;
      ++gates_done_;
    }
    std::vector<DiagramId> roots;
    for (const GateId root : task_.block.roots) roots.push_back(made.at(root));
    return roots;
  }

  [[nodiscard]] std::vector<FamilyId> put(const DiagramTable& sets, const std::vector<DiagramId>& roots,
                                          Families& families) const {
    return append(families, sets, roots, [&](std::uint32_t level) {
      const GateId leaf = order_[level];
      const InputId input = task_.circuit[leaf].input;
      return Families::Part{input, input.valid() ? Families::kNothing : task_.modules.at(leaf)};
    });
  }

 private:
  const BlockTask& task_;
  const std::vector<GateId>& order_;
  std::size_t gates_done_ = 0;
};

std::optional<std::vector<FamilyId>> by_functions(BlockSolver& solver, std::size_t most_nodes, const Patience& patience,
                                                  Families& families) {
  Decisions decisions(most_nodes, patience);
  const auto roots = solver.make(decisions);
  if (!roots) return std::nullopt;
  Solutions solutions(decisions.table(), most_nodes, patience);
  std::vector<DiagramId> solved;
  for (const DiagramId root : *roots) {
    solved.push_back(solutions.of(root));
    if (solved.back() == kNoDiagram) return std::nullopt;
  }
  return solver.put(solutions.sets(), solved, families);
}

std::optional<std::vector<FamilyId>> by_sets(BlockSolver& solver, std::size_t most_nodes, const Patience& patience,
                                             Families& families) {
  SetDiagrams sets(most_nodes, patience);
  const auto roots = solver.make(sets);
  if (!roots) return std::nullopt;
  return solver.put(sets.table(), *roots, families);
}

}  // namespace

BlockResult solve_block(const BlockTask& task, const std::vector<GateId>& order, Way way, std::size_t most_nodes,
                        Families& families) {
  BlockSolver solver(task, order);
  BlockResult result;
  result.roots = way == Way::functions ? by_functions(solver, most_nodes, task.patience, families)
                                       : by_sets(solver, most_nodes, task.patience, families);
  result.gates_done = solver.gates_done();
  return result;
}

}  // namespace firebreak::solver
