#pragma once

#include <vector>

#include "analyzer/rollout.h"

namespace firebreak {

/// The jobs in an order worth trying: service by service, the one with the most weight for the work that is left to do
/// for it first. Jobs that no service waits for come last, the longest first, as do all when patience has run out.
/// Every job is in it once. Cost: one rollout per service.
[[nodiscard]] std::vector<JobId> order_by_weight(const RestoreProblem& problem, const Patience& patience);

/// What had to come up for each of `wanted` to come up, given the order in which all did: of more inputs than it took,
/// those that came first. Only what is held is followed to and named, and nothing behind it.
class Support {
 public:
  Support(const RestoreProblem& problem, const StartState& state);

  /// The held things that are nearest to something on the ways to it; with `whole`, also all behind these. Ascending.
  /// Cost: linear in what is on the way.
  [[nodiscard]] std::vector<PendingId> of(PendingId wanted, bool whole);

 private:
  void follow(PendingId p, std::vector<PendingId>& open);
  void visit(PendingId p, std::vector<PendingId>& open);
  void follow_meeting(PendingId meeting, std::vector<PendingId>& open);

  const StartNetwork& network_;
  IdVector<PendingId, std::uint32_t> order_;    ///< of coming up
  IdVector<PendingId, std::uint32_t> seen_;     ///< by the number of the question
  IdVector<PendingId, std::uint32_t> meeting_;  ///< index in StartNetwork::meetings
  std::uint32_t question_ = 0;
};

}  // namespace firebreak
