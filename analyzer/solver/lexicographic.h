#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/solver/cheapest.h"

namespace firebreak::solver {

/// Models that are cheapest by one cost, among those by the next, and so on. Clauses and costs may be added between
/// questions, and what was proven before is kept as far as it goes.
class Lexicographic {
 public:
  /// The solver must outlive it.
  Lexicographic(SatSolver& sat, std::size_t levels) : sat_(sat), levels_(levels) {}

  /// A model in which the literal holds costs this more on a level. All costs of a level together must stay below 2^63.
  void add_cost(std::size_t level, Literal literal, Cheapest::Cost cost);

  /// Takes all costs off a level.
  void clear(std::size_t level);

  /// Models that cost more on the first level that has costs do not count from now on, see `Cheapest::limit`.
  void limit(Cheapest::Cost most);
  /// See `Cheapest::certain`.
  [[nodiscard]] std::vector<Literal> certain();

  /// The best model of the clauses there are now in which all of `given` holds, which must be the same at each call, by
  /// the first so many levels: it stands in the solver when the verdict is satisfiable.
  [[nodiscard]] Verdict solve(std::size_t levels, const Patience& patience = {}, std::span<const Literal> given = {});

  /// What no model is below on a level, among those that are not above the bounds of the levels before it; proven so
  /// far.
  [[nodiscard]] Cheapest::Cost bound(std::size_t level) const;

 private:
  struct Level {
    std::vector<std::pair<Literal, Cheapest::Cost>> costs;
    std::optional<Cheapest> search;  ///< under the bounds of the levels before it
    Literal settled;                 ///< in its presence nothing costs more than the bound
    Cheapest::Cost settled_at = 0;
  };

  void forget_after(std::size_t level);
  [[nodiscard]] Cheapest& search(Level& level);
  [[nodiscard]] Cheapest& first();

  SatSolver& sat_;
  std::vector<Level> levels_;
};

}  // namespace firebreak::solver
