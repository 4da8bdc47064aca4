#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "firebreak/patience.h"
#include "firebreak/restore.h"

#include "analyzer/spread_guard.h"
#include "analyzer/start_network.h"

namespace firebreak {

using JobId = Id<struct JobTag>;
using GoalId = Id<struct GoalTag>;

/// What is to be planned: jobs, and services that are to be back.
struct RestoreProblem {
  struct Job {
    NodeId node;
    RestoreJob type = RestoreJob::start;
    Seconds takes = 0;
    JobId rebuild;      ///< of a start: the rebuild it follows, or none
    PendingId pending;  ///< of a start: what comes up
    bool by_hand = false;
    bool matters = false;  ///< when it is done can change when a service is back
  };
  struct Goal {
    NodeId service;
    PendingId pending;
    double weight = 0;
  };

  IdVector<JobId, Job> jobs;  ///< rebuilds first, then starts, each in source order
  IdVector<GoalId, Goal> goals;
  IdVector<PendingId, GoalId> goal_of;
  StartNetwork network;
  std::vector<NodeId> off;          ///< what is off at the beginning, ascending
  std::vector<NodeId> compromised;  ///< ascending
  std::uint32_t crews = 0;          ///< 0 = any number
};

/// Every job, in order.
[[nodiscard]] std::vector<JobId> all_jobs(const RestoreProblem& problem);

/// A plan as far as it has been laid down: which jobs have begun, what is up at the moment. Copying one is how a search
/// goes back.
class Rollout {
 public:
  /// Without a guard the spread law is not asked.
  Rollout(const RestoreProblem& problem, SpreadGuard* guard);

  [[nodiscard]] Seconds now() const { return now_; }
  [[nodiscard]] bool begun(JobId j) const { return begins_[j] != kNever; }
  [[nodiscard]] Seconds begin_of(JobId j) const { return begins_[j]; }
  [[nodiscard]] Seconds finish_of(JobId j) const { return begins_[j] + problem_->jobs[j].takes; }
  [[nodiscard]] const IdVector<JobId, Seconds>& begins() const { return begins_; }
  [[nodiscard]] Seconds back(GoalId g) const { return back_[g]; }
  [[nodiscard]] const StartState& state() const { return state_; }
  /// Weight times time, of the goals that are back.
  [[nodiscard]] double cost() const { return cost_; }
  /// When the jobs that are running finish, in no order.
  [[nodiscard]] const std::vector<std::pair<Seconds, JobId>>& running() const { return running_; }

  /// Whether a job that has not begun could begin now.
  [[nodiscard]] bool may_begin(JobId j) const;
  void begin(JobId j);
  /// Moves on to the next moment at which a job finishes; false when none is running.
  bool advance();
  /// Begins a job as early as it may; false when nothing that runs makes it possible.
  bool place(JobId j);
  /// Crews count no longer, and the spread law only for each start as if nothing else were started, or not at all when
  /// there are too many: nothing begins later by that.
  void relax();

 private:
  void finish(JobId j);
  void notice();

  const RestoreProblem* problem_;
  SpreadGuard* guard_;
  std::uint32_t crews_;
  bool alone_ = false;  ///< the spread law is asked about each start alone
  Seconds now_ = 0;
  StartState state_;
  IdVector<JobId, Seconds> begins_;
  IdVector<JobId, std::uint8_t> finished_;
  std::vector<std::pair<Seconds, JobId>> running_;
  IdVector<GoalId, Seconds> back_;
  std::size_t noticed_ = 0;
  double cost_ = 0;
  std::vector<NodeId> on_;       ///< what was off and has begun to start, ascending
  std::vector<NodeId> unclean_;  ///< ascending
};

/// Begins at each moment what may begin, in the order of `order`, until all of them are done or nothing more may.
void run_by_priority(Rollout& rollout, const std::vector<JobId>& order);

/// The plan in which the jobs of `order` begin one after the other, each as early as it may; false when that cannot be.
bool run_in_order(Rollout& rollout, const std::vector<JobId>& order);

}  // namespace firebreak
