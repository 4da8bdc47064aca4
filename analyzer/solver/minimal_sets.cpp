// Modules are solved before what they are part of. For each block several orders of its leaves and two kinds of
// diagrams run against each other: all of them with little room, and those that come furthest with more and more.

#include "analyzer/solver/minimal_sets.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>

#include "analyzer/solver/block_solver.h"
#include "analyzer/solver/modules.h"

namespace firebreak::solver {

namespace {

constexpr std::size_t kGrowth = 8;  // of the room from round to round
constexpr std::size_t kStayIn = 2;  // orders for functions, after the first round
constexpr std::size_t kShare = 2;   // of the room; a node takes longer where sets are kept minimal

/// The ways to solve one block against each other, round by round.
class Contest {
 public:
  Contest(const BlockTask& task, const DiagramRoom& room, Families& families)
      : task_(task), room_(room), families_(families) {}

  /// The families of the roots; nothing when none of the ways has room enough.
  [[nodiscard]] std::optional<std::vector<FamilyId>> run() {
    const std::size_t room = std::min(room_.first, room_.most);
    const std::vector<GateId> first = leaf_order(task_.circuit, task_.block, task_.patience);
    entrants_ = {{first, Way::functions}, {first, Way::sets}};
    if (room_.one_order) return rounds(room);
    if (auto found = round(room)) return found;
    const std::vector<Entrant> tried = std::exchange(entrants_, {});
    for (std::vector<GateId>& order : leaf_orders(task_.circuit, task_.block, task_.patience)) {
      entrants_.push_back(order == first ? tried.front() : Entrant{std::move(order), Way::functions});
    }
    entrants_.push_back(tried.back());
    return rounds(room);
  }

 private:
  struct Entrant {
    std::vector<GateId> order;
    Way way;
    std::size_t room = 0;        ///< that it had
    std::size_t gates_done = 0;  ///< with this room
  };

  [[nodiscard]] std::optional<std::vector<FamilyId>> rounds(std::size_t room) {
    for (;; room = std::min(room * kGrowth, room_.most)) {
      if (auto found = round(room)) return found;
      if (room == room_.most || has_run_out(task_.patience)) return std::nullopt;
      weed_out();
    }
  }

  /// What the first that has room enough finds.
  [[nodiscard]] std::optional<std::vector<FamilyId>> round(std::size_t room) {
    for (Entrant& entrant : entrants_) {
      if (has_run_out(task_.patience)) return std::nullopt;
      if (entrant.room == room) continue;
      const std::size_t most = entrant.way == Way::sets ? room / kShare : room;
      BlockResult result = solve_block(task_, entrant.order, entrant.way, most, families_);
      if (result.roots) return std::move(result.roots);
      entrant.room = room;
      entrant.gates_done = result.gates_done;
    }
    return std::nullopt;
  }

  /// Those that came furthest go on, and they first; for sets there is one order anyway, as it matters less.
  void weed_out() {
    std::ranges::stable_sort(entrants_, std::greater<>(), &Entrant::gates_done);
    std::size_t orders = 0;
    std::erase_if(entrants_,
                  [&](const Entrant& entrant) { return entrant.way == Way::functions && ++orders > kStayIn; });
  }

  BlockTask task_;
  DiagramRoom room_;
  Families& families_;
  std::vector<Entrant> entrants_;
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
    const auto families = Contest({circuit_, block, solved_, patience_}, room_, result_.families).run();
    if (!families) return false;
    for (std::size_t i = 0; i < block.roots.size(); ++i) solved_[block.roots[i]] = (*families)[i];
    return true;
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
