#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/need_rows.h"
#include "analyzer/containment/plans.h"
#include "analyzer/containment/step_rows.h"
#include "analyzer/solver/lexicographic.h"

namespace firebreak {

/// What is known so far of what actions stop and what they lose, as clauses, and what plans cost by them. As long as
/// something is not known, the best model is better than any plan can be.
class ContainModel {
 public:
  /// What is made small, in this order: what `weigh` puts together, what plans are compared by, then how many switch
  /// off, then what is left reached. What is reached costs only where that is asked for: before what degrades, or as
  /// the last.
  enum Level : std::uint8_t { kWeighed, kLost, kReached, kDegraded, kCost, kCount, kOff, kLeft, kLevels };
  using Cost = solver::Cheapest::Cost;

  /// What is reached costs, or what the options protect must not be reached. All must outlive it.
  ContainModel(const Graph& graph, const Scenario& scenario, const ContainOptions& options, bool reach_costs);

  /// From now on what is reached costs as the last.
  void count_reached();

  /// From now on the first that is made small is what is lost and how many are reached, each so many times; then as
  /// before. Only where what is reached costs.
  void weigh(Cost lost, Cost reached);

  /// The best by what is known, on the first so many levels.
  [[nodiscard]] solver::Verdict solve(std::size_t levels, const Patience& patience) {
    return best_.solve(levels, patience);
  }

  /// The actions of the model that was found.
  [[nodiscard]] std::vector<Action> chosen() const;

  /// Makes clauses of what the laws say under a plan that was chosen: of the steps to `targets`, and of needs. False
  /// when they say nothing new.
  [[nodiscard]] bool learn(const PlanRun& after, std::span<const NodeId> targets);

  /// Makes clauses of the steps by pivots and flows that there are with no action of a plan.
  void learn_steps();

  /// What is reached under a plan that was chosen though the model has it safe.
  [[nodiscard]] std::vector<NodeId> surprises(const PlanRun& after) const;

  [[nodiscard]] PlanBound bound() const;
  [[nodiscard]] Cost bound(Level level) const { return best_.bound(level); }
  /// Whether a plan is as good as the bounds.
  [[nodiscard]] bool meets(const Plan& plan) const;

  [[nodiscard]] const NeedRun& base() const { return base_; }
  [[nodiscard]] Plans& plans() { return plans_; }

  /// What the model is made of, for searches with more conditions.
  [[nodiscard]] const solver::Lexicographic& best() const { return best_; }
  [[nodiscard]] solver::SatSolver& clauses() { return sat_; }
  /// Those of whatever may be reached and is not from the start, as far as they are known.
  [[nodiscard]] std::span<const solver::Literal> reachable() const { return reachable_; }

 private:
  void feel(NodeId service, solver::Literal fails, solver::Literal degraded);
  [[nodiscard]] solver::Literal literal(CutId c);
  [[nodiscard]] solver::Literal reached(StationId s);
  void say(const StepRow& row);

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  std::optional<Level> reach_level_;  ///< on which what is reached costs
  Cost per_reached_ = 1;              ///< so much
  const NeedRun base_;
  Cuts cuts_;
  Plans plans_;
  solver::SatSolver sat_;
  solver::Lexicographic best_;
  IdVector<NodeId, std::uint8_t> keep_;
  NeedRows needs_;
  StepRows steps_;
  IdVector<StationId, solver::Literal> reached_;
  std::vector<solver::Literal> reachable_;  ///< those of reached_ that are there and not so from the start
  std::vector<std::pair<solver::Literal, Cost>> losses_;
  Cost per_lost_ = 0;  ///< on the first level
  IdVector<CutId, solver::Literal> cut_literals_;
};

}  // namespace firebreak
