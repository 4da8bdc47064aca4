#pragma once

#include "analyzer/rollout.h"

namespace firebreak {

/// A plan for all jobs, and what is known about it.
struct FoundPlan {
  IdVector<JobId, Seconds> begins;
  double cost = 0;
  double bound = 0;  ///< no plan costs less
  bool proven = false;
  bool ran_out = false;  ///< ended by patience
};

/// The cheapest plan that is found. Deterministic as long as patience lasts: how much is tried does not depend on a
/// clock.
[[nodiscard]] FoundPlan search(const RestoreProblem& problem, SpreadGuard& guard, const Patience& patience);

}  // namespace firebreak
