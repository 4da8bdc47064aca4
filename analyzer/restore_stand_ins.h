#pragma once

#include "analyzer/restore_needs.h"
#include "analyzer/rollout.h"

namespace firebreak {

/// No plan with these crews has less weighted delay. `plan` is a good one, which only says where to look; `earliest`
/// are times before which the services are not back. Cost: some flows over pairs of services (least_weighted_work), at
/// least one; more as long as patience lasts and they are small.
[[nodiscard]] double least_delay_by_work(const RestoreProblem& problem, const RestoreNeeds& needs, const Rollout& plan,
                                         const IdVector<GoalId, double>& earliest, const Patience& patience);

}  // namespace firebreak
