#include "analyzer/solver/minimal_sets.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "analyzer/solver/blocks.h"
#include "analyzer/solver/diagram_families.h"
#include "analyzer/solver/diagrams.h"
#include "analyzer/solver/modules.h"

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

/// One block solved in one order of its leaves.
class BlockSolver {
 public:
  BlockSolver(const Circuit& circuit, const Block& block, const std::vector<GateId>& order, std::size_t most_nodes,
              const Patience& patience)
      : circuit_(circuit),
        block_(block),
        order_(order),
        most_nodes_(most_nodes),
        patience_(patience),
        decisions_(most_nodes, patience) {}

  /// The families of the roots, put behind those there are; nothing when there was no room.
  [[nodiscard]] std::optional<std::vector<FamilyId>> run(const std::unordered_map<GateId, FamilyId>& modules,
                                                         Families& families) {
    if (!decide()) return std::nullopt;
    Solutions solutions(decisions_.table(), most_nodes_, patience_);
    std::vector<DiagramId> solved;
    for (const GateId root : block_.roots) {
      solved.push_back(solutions.of(functions_.at(root)));
      if (solved.back() == kNoDiagram) return std::nullopt;
    }
    return append(families, solutions.sets(), solved, [&](std::uint32_t level) {
      const GateId leaf = order_[level];
      const InputId input = circuit_[leaf].input;
      return Families::Part{input, input.valid() ? Families::kNothing : modules.at(leaf)};
    });
  }

 private:
  [[nodiscard]] bool decide() {
    for (std::size_t level = 0; level < order_.size(); ++level) {
      functions_[order_[level]] = decisions_.variable(static_cast<std::uint32_t>(level));
    }
    for (const GateId constant : {Circuit::never(), Circuit::always()}) functions_[constant] = constant.index();
    for (const GateId g : block_.gates) {
      std::vector<DiagramId> members;
      for (const GateId member : circuit_.members(g)) members.push_back(functions_.at(member));
      const DiagramId made = decisions_.at_least(circuit_[g].threshold, std::move(members));
      if (made == kNoDiagram) return false;
      functions_[g] = made;
    }
    return true;
  }

  const Circuit& circuit_;
  const Block& block_;
  const std::vector<GateId>& order_;
  std::size_t most_nodes_;
  const Patience& patience_;
  Decisions decisions_;
  std::unordered_map<GateId, DiagramId> functions_;  // never iterated
};

class Solver {
 public:
  Solver(const Circuit& circuit, std::span<const GateId> roots, const DiagramRoom& room, const Patience& patience)
      : circuit_(circuit),
        roots_(roots.begin(), roots.end()),
        modules_(find_modules(circuit, roots)),
        room_(room),
        patience_(patience) {}

  [[nodiscard]] MinimalSets run() {
    for (const GateId g : cone(circuit_, roots_)) {
      if (!modules_[g] || std::ranges::find(roots_, g) != roots_.end()) continue;
      if (!solve({g})) return failed();
    }
    std::vector<GateId> distinct = roots_;
    std::ranges::sort(distinct);
    const auto rest = std::ranges::unique(distinct);
    distinct.erase(rest.begin(), rest.end());
    if (!solve(distinct)) return failed();
    for (const GateId root : roots_) result_.roots.push_back(solved_.at(root));
    return std::move(result_);
  }

 private:
  [[nodiscard]] static MinimalSets failed() {
    MinimalSets nothing;
    nothing.complete = false;
    return nothing;
  }

  [[nodiscard]] bool solve(std::vector<GateId> roots) {
    const Block block = block_of(circuit_, modules_, std::move(roots));
    const std::vector<std::vector<GateId>> orders = leaf_orders(circuit_, block, patience_);
    for (std::size_t room = std::min(room_.first, room_.most);; room = std::min(room * 8, room_.most)) {
      for (const std::vector<GateId>& order : orders) {
        const auto families = BlockSolver(circuit_, block, order, room, patience_).run(solved_, result_.families);
        if (!families && has_run_out(patience_)) return false;
        if (!families) continue;
        for (std::size_t i = 0; i < block.roots.size(); ++i) solved_[block.roots[i]] = (*families)[i];
        return true;
      }
      if (room == room_.most) return false;
    }
  }

  const Circuit& circuit_;
  std::vector<GateId> roots_;
  IdVector<GateId, bool> modules_;
  DiagramRoom room_;
  const Patience& patience_;
  MinimalSets result_;
  std::unordered_map<GateId, FamilyId> solved_;  // never iterated
};

}  // namespace

MinimalSets minimal_sets(const Circuit& circuit, std::span<const GateId> roots, const DiagramRoom& room,
                         const Patience& patience) {
  const Rewritten simple = simplified(circuit, roots, patience);
  if (has_run_out(patience)) return {{}, {}, false};
  const Rewritten parts = divided(simple.circuit, simple.roots);
  return Solver(parts.circuit, parts.roots, room, patience).run();
}

}  // namespace firebreak::solver
