#pragma once

#include <vector>

#include "analyzer/rollout.h"

namespace firebreak {

/// Lower bounds for the weighted delay of plans.
class RestoreBounds {
 public:
  /// Cost: one rollout per job, as long as patience lasts.
  RestoreBounds(const RestoreProblem& problem, const Patience& patience);

  /// No plan that goes on from here has less. Cost: one rollout without limits, and the jobs that goals cannot do
  /// without.
  [[nodiscard]] double of(const Rollout& rollout) const;

 private:
  [[nodiscard]] double by_goal(const Rollout& rollout, const Rollout& relaxed) const;
  [[nodiscard]] double by_work(const Rollout& rollout, const Rollout& relaxed) const;

  const RestoreProblem& problem_;
  std::vector<JobId> order_;
  IdVector<GoalId, std::vector<JobId>> must_;  ///< the jobs without which a goal is never back
};

/// Jobs that a goal cannot be back without; all of them as long as patience lasts.
[[nodiscard]] IdVector<GoalId, std::vector<JobId>> indispensable_jobs(const RestoreProblem& problem,
                                                                      const Patience& patience);

}  // namespace firebreak
