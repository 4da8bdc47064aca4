// Exactly as many as are allowed are counted as reached, where some of them stand for nobody: then to lose little and
// to weigh little are the same, and the search for what weighs least has its cores from the two plans already.

#include "analyzer/containment/between.h"

namespace firebreak {

using solver::Literal;
using solver::Verdict;

namespace {

constexpr std::size_t kMostCounted = 3000;

/// At most so many of the sum's literals hold; nothing to say where that is so anyway.
void at_most(std::optional<solver::Totalizer>& sum, std::size_t count, solver::SatSolver& sat,
             std::vector<Literal>& given) {
  if (sum && count < sum->size()) given.push_back(~sum->at_least(count + 1, sat));
}

}  // namespace

PlansBetween::PlansBetween(ContainModel& model, const PlanGap& gap)
    : sat_(model.clauses()), best_(model.best()), gap_(gap) {
  best_.clear(ContainModel::kLost);
  best_.limit(limit(gap.most));
  none_ = gap.least > limit(gap.most) || sat_.refutes(best_.certain());
  if (none_) return;
  for (const Literal l : model.reachable()) {
    best_.add_cost(ContainModel::kReached, l, 1);
    if (sat_.follows(l)) {
      ++settled_;
    } else if (!sat_.follows(~l)) {
      counted_.push_back(l);
    }
  }
  const std::uint32_t for_nobody = gap.most - gap.least_reached - 1;
  too_many_ = counted_.size() + for_nobody > kMostCounted;
  if (too_many_) return;
  Literal last;
  for (std::uint32_t i = 0; i < for_nobody; ++i) {
    const Literal nobody(sat_.add_variable());
    if (last.valid()) sat_.add_clause({last, ~nobody});
    best_.add_cost(ContainModel::kWeighed, nobody, gap.per_reached);
    counted_.push_back(nobody);
    last = nobody;
  }
  for (const Literal l : counted_) opposite_.push_back(~l);
  if (counted_.empty()) return;
  reached_.emplace(counted_);
  spared_.emplace(opposite_);
}

/// What those weigh at the most that lose less than `gap_.lost` and count so many as reached.
ContainModel::Cost PlansBetween::limit(std::uint32_t most) const {
  return gap_.per_lost * (gap_.lost - 1) + gap_.per_reached * most;
}

Verdict PlansBetween::solve(std::uint32_t most, const Patience& patience) {
  if (none_ || too_many_ || gap_.least > limit(most) || most < settled_ || most - settled_ > counted_.size()) {
    return Verdict::unsatisfiable;
  }
  solver::Lexicographic best = best_;
  best.limit(limit(most));
  std::vector<Literal> given;
  at_most(reached_, most - settled_, sat_, given);
  at_most(spared_, counted_.size() - (most - settled_), sat_, given);
  return best.solve(ContainModel::kLevels, patience, given);
}

}  // namespace firebreak
