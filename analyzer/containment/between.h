#pragma once

#include <cstdint>
#include <vector>

#include "analyzer/containment/model.h"

namespace firebreak {

/// Between two plans: what is weighed in a model is as small for both as it is for any.
struct PlanGap {
  ContainModel::Cost per_lost = 1;     ///< as the model weighs what is lost
  ContainModel::Cost per_reached = 1;  ///< and each that is reached
  ContainModel::Cost least = 0;        ///< so much is the weighed sum at the least
  ContainModel::Cost lost = 0;         ///< less than this is to be lost
  std::uint32_t most = 0;              ///< so many may be reached at the most, ...
  std::uint32_t least_reached = 0;     ///< ... and if they are this few, as much as `lost` is; none from the start
};

/// Plans that lose less than one and leave fewer reached than another, by what a model knows. They weigh a little more
/// than the two, and little room is left for it: whatever would take more is settled before the search begins. This is
/// the second phase of Ulungu and Teghem, "The two phases method" (1995).
class PlansBetween {
 public:
  /// What is weighed must stand in the model as just found. Cost: the square of what is reached and not settled.
  PlansBetween(ContainModel& model, const PlanGap& gap);

  /// There are too many of the ways to be reached for a search.
  [[nodiscard]] bool too_many() const { return too_many_; }

  /// The best plan that leaves no more than so many reached, `gap.most` or fewer: it stands in the model.
  [[nodiscard]] solver::Verdict solve(std::uint32_t most, const Patience& patience);

 private:
  using Literal = solver::Literal;

  [[nodiscard]] ContainModel::Cost limit(std::uint32_t most) const;

  solver::SatSolver& sat_;
  solver::Lexicographic best_;
  PlanGap gap_;
  std::vector<Literal> counted_;   ///< whether they are reached is not settled, and those that stand for nobody
  std::vector<Literal> opposite_;  ///< of counted_
  std::uint32_t settled_ = 0;      ///< so many are reached in any case
  bool none_ = false;              ///< no plan lies between
  bool too_many_ = false;
  std::optional<solver::Totalizer> reached_;
  std::optional<solver::Totalizer> spared_;
};

}  // namespace firebreak
