#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "analyzer/solver/sat.h"

namespace firebreak::solver {

/// The sum of the true ones among some literals, as literals "at least so many hold", made as far as they are asked
/// for: Bailleux and Boufkhad, "Efficient CNF encoding of Boolean cardinality constraints" (2003).
class Totalizer {
 public:
  explicit Totalizer(std::span<const Literal> inputs);

  [[nodiscard]] std::size_t size() const { return nodes_.back().size; }

  /// Holds when at least `count` of the inputs do, 1 <= count <= size; that it holds for no other reason is not said.
  /// Cost: over all counts, the square of the inputs.
  [[nodiscard]] Literal at_least(std::size_t count, SatSolver& sat);

 private:
  struct Node {
    std::size_t left = 0;  ///< in nodes_; a leaf is its own
    std::size_t right = 0;
    std::size_t size = 1;
    std::vector<Literal> sums;  ///< [i]: at least i + 1
  };
  void extend(std::size_t root, std::size_t count, SatSolver& sat);

  std::vector<Node> nodes_;  ///< the root last
};

/// Models of clauses that cost the least. Costs are found from below: what cannot be had for nothing is a core, of
/// which at least one literal is paid for; what more of them cost is counted by a totalizer. Morgado, Dodaro and
/// Marques-Silva, "Core-guided MaxSAT with soft cardinality constraints" (2014), with the stratification of Ansótegui
/// et al. (2013). Clauses may be added to the solver between questions; the solver must outlive this.
class Cheapest {
 public:
  using Cost = std::uint64_t;

  explicit Cheapest(SatSolver& sat) : sat_(sat) {}

  /// A model in which the literal holds costs this more. All costs together must stay below 2^63.
  void add_cost(Literal literal, Cost cost);

  /// Models that cost more than this do not count from now on. What is left of a cost that none of the others can
  /// have is not asked for any more.
  void limit(Cost most) { most_ = most; }

  /// The cheapest model of the clauses there are now in which all of `given` holds, which must be the same at each
  /// call: it stands in the solver when the verdict is satisfiable. When it is not, and no limit was set, `refuted` of
  /// the solver says what of `given` cannot hold together. Undecided when patience has run out.
  [[nodiscard]] Verdict solve(std::span<const Literal> given = {}, const Patience& patience = {});

  /// No such model costs less; proven so far.
  [[nodiscard]] Cost bound() const { return bound_; }

  /// Literals that hold in all models that count, since without one of them the limit is passed.
  [[nodiscard]] std::vector<Literal> certain() const;

  /// Whether the model that stands in the solver costs no more than the bound.
  [[nodiscard]] bool is_met() const;

  /// A literal in whose presence all models cost the bound. To be called when there is such a model, and again when the
  /// bound has risen.
  [[nodiscard]] Literal settled();

 private:
  /// A literal that says "at least `count`" of a sum.
  struct Counter {
    std::uint32_t code = 0;
    std::size_t sum = 0;
    std::size_t count = 0;
  };
  struct Core {
    std::vector<Literal> literals;  ///< the assumptions that cannot hold together, as what is paid for
    Cost cost = 0;
  };

  void assume(Literal paid, Cost cost);
  void assume_sum(std::size_t sum, std::size_t count, Cost cost);
  [[nodiscard]] Cost open_cost(Literal paid) const { return paid.code() < open_.size() ? open_[paid.code()] : 0; }
  [[nodiscard]] Cost room() const { return most_ - std::min(most_, bound_); }
  [[nodiscard]] bool can_be_paid(Literal l) const { return open_cost(l) > 0 && open_cost(l) <= room(); }
  [[nodiscard]] std::vector<Literal> assumptions(std::span<const Literal> given, Cost least) const;
  [[nodiscard]] std::vector<Literal> reduced(std::vector<Literal> core);
  void pay(const std::vector<Literal>& refuted);
  void count_cores();
  [[nodiscard]] Cost below(Cost least) const;

  SatSolver& sat_;
  std::vector<Cost> open_;         ///< by literal that costs: what is still assumed not to be paid
  std::vector<bool> listed_;       ///< by literal: in literals_
  std::vector<Literal> literals_;  ///< those with a cost, now or once
  std::vector<Totalizer> sums_;
  std::vector<Counter> counters_;  ///< by code
  std::vector<Core> cores_;        ///< not counted yet
  Cost bound_ = 0;
  std::size_t searches_ = 0;  ///< for smaller cores, ...
  std::size_t dropped_ = 0;   ///< ... and what they took out of them
  Cost most_ = std::numeric_limits<Cost>::max();
};

}  // namespace firebreak::solver
