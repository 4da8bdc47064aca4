#pragma once

#include <cstdint>
#include <vector>

#include "analyzer/rollout.h"

namespace firebreak {

/// What jobs and services cannot do without. A *piece* of work is a job, with the job's number, or what must at least
/// be done of alternatives, numbered after the jobs. Pieces share no work: what has been done is at least what all
/// pieces that are done take.
struct RestoreNeeds {
  std::vector<double> pieces;                               ///< how much work each is, in seconds
  IdVector<JobId, std::vector<std::uint32_t>> of_start;     ///< of a start: before it is done, itself too; ascending
  IdVector<GoalId, std::vector<std::uint32_t>> of_service;  ///< before it is back, ascending
};

/// All pieces as long as patience lasts, and some of them then. Cost: linear in the network, for each start and each
/// group of alternatives.
[[nodiscard]] RestoreNeeds find_needs(const RestoreProblem& problem, const Patience& patience);

}  // namespace firebreak
