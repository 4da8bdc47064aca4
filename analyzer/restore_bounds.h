#pragma once

#include <vector>

#include "analyzer/restore_needs.h"
#include "analyzer/rollout.h"

namespace firebreak {

/// Lower bounds for the weighted delay of plans.
class RestoreBounds {
 public:
  /// Cost: that of find_needs.
  RestoreBounds(const RestoreProblem& problem, const Patience& patience);

  /// No plan that goes on from here has less. Cost: one rollout without limits, and the jobs that goals cannot do
  /// without.
  [[nodiscard]] double of(const Rollout& rollout) const;

  /// No plan has less, seen from one that is good, with few crews. Tighter the more there is to do; too dear to be
  /// asked often. Cost: that of least_delay_by_work.
  [[nodiscard]] double of_all(const Rollout& plan, const Patience& patience) const;

 private:
  /// When each goal is back if all else had to wait for it.
  [[nodiscard]] IdVector<GoalId, double> earliest(const Rollout& rollout, const Rollout& relaxed) const;
  [[nodiscard]] double by_goal(const Rollout& rollout, const Rollout& relaxed) const;
  [[nodiscard]] double by_work(const Rollout& rollout, const Rollout& relaxed) const;

  const RestoreProblem& problem_;
  std::vector<JobId> order_;
  RestoreNeeds needs_;
  IdVector<GoalId, std::vector<JobId>> must_;  ///< the jobs without which a goal is never back
};

}  // namespace firebreak
