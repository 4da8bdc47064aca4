// Time goes from one finished job to the next. A start may begin when the start law holds, its node is clean, a crew is
// free and, with a guard, the state it makes is safe.

#include "analyzer/rollout.h"

#include <algorithm>
#include <limits>

namespace firebreak {

namespace {

/// The most jobs each of which is asked about alone.
constexpr std::size_t kMostAskedAlone = 200;

}  // namespace

std::vector<JobId> all_jobs(const RestoreProblem& problem) {
  std::vector<JobId> jobs;
  for (const JobId j : ids<JobId>(problem.jobs.size())) jobs.push_back(j);
  return jobs;
}

Rollout::Rollout(const RestoreProblem& problem, SpreadGuard* guard)
    : problem_(&problem),
      guard_(guard != nullptr && guard->matters() ? guard : nullptr),
      crews_(problem.crews == 0 ? std::numeric_limits<std::uint32_t>::max() : problem.crews),
      state_(problem.network),
      begins_(problem.jobs.size(), kNever),
      finished_(problem.jobs.size(), 0),
      back_(problem.goals.size(), kNever),
      unclean_(problem.compromised) {
  notice();
}

bool Rollout::may_begin(JobId j) const {
  const RestoreProblem::Job& job = problem_->jobs[j];
  if (job.takes > 0 && running_.size() >= crews_) return false;
  if (job.type == RestoreJob::rebuild) return true;
  if (job.rebuild.valid() && finished_[job.rebuild] == 0) return false;
  if (!state_.ready(job.pending)) return false;
  if (guard_ == nullptr || !std::ranges::binary_search(problem_->off, job.node)) return true;
  std::vector<NodeId> on;
  if (!alone_) on = on_;
  on.insert(std::ranges::upper_bound(on, job.node), job.node);
  return guard_->safe(on, unclean_);
}

void Rollout::begin(JobId j) {
  const RestoreProblem::Job& job = problem_->jobs[j];
  begins_[j] = now_;
  if (guard_ != nullptr && job.type == RestoreJob::start && std::ranges::binary_search(problem_->off, job.node)) {
    on_.insert(std::ranges::upper_bound(on_, job.node), job.node);
  }
  if (job.takes > 0) {
    running_.emplace_back(now_ + job.takes, j);
  } else {
    finish(j);
    notice();
  }
}

bool Rollout::advance() {
  if (running_.empty()) return false;
  now_ = std::ranges::min(running_).first;
  std::size_t kept = 0;
  for (const auto& entry : running_) {
    if (entry.first == now_) {
      finish(entry.second);
    } else {
      running_[kept++] = entry;
    }
  }
  running_.resize(kept);
  notice();
  return true;
}

bool Rollout::place(JobId j) {
  while (!may_begin(j)) {
    if (!advance()) return false;
  }
  begin(j);
  return true;
}

void Rollout::relax() {
  alone_ = true;
  if (problem_->jobs.size() > kMostAskedAlone) guard_ = nullptr;
  crews_ = std::numeric_limits<std::uint32_t>::max();
}

void Rollout::finish(JobId j) {
  const RestoreProblem::Job& job = problem_->jobs[j];
  finished_[j] = 1;
  if (job.type == RestoreJob::start) {
    state_.finish(job.pending);
  } else if (guard_ != nullptr) {
    std::erase(unclean_, job.node);
  }
}

void Rollout::notice() {
  const auto back = [&](GoalId g) {
    if (!g.valid() || back_[g] != kNever) return;
    back_[g] = now_;
    cost_ += problem_->goals[g].weight * static_cast<double>(now_);
  };
  const std::vector<PendingId>& news = state_.news();
  if (!problem_->network.runs_later) {
    for (; noticed_ < news.size(); ++noticed_) back(problem_->goal_of[news[noticed_]]);
    return;
  }
  if (noticed_ == news.size()) return;
  noticed_ = news.size();
  const IdVector<PendingId, std::uint8_t> runs = state_.running();
  for (const GoalId g : ids<GoalId>(problem_->goals.size())) {
    if (runs[problem_->goals[g].pending] != 0) back(g);
  }
}

void run_by_priority(Rollout& rollout, const std::vector<JobId>& order) {
  std::vector<JobId> open;
  for (const JobId j : order) {
    if (!rollout.begun(j)) open.push_back(j);
  }
  while (!open.empty()) {
    // What takes no time makes more possible at the same moment, so each round goes through all that is left.
    bool any = true;
    while (any) {
      any = false;
      std::erase_if(open, [&](JobId j) {
        if (!rollout.may_begin(j)) return false;
        rollout.begin(j);
        any = true;
        return true;
      });
    }
    if (!rollout.advance()) return;
  }
  while (rollout.advance()) {
  }
}

bool run_in_order(Rollout& rollout, const std::vector<JobId>& order) {
  for (const JobId j : order) {
    if (!rollout.place(j)) return false;
  }
  while (rollout.advance()) {
  }
  return true;
}

}  // namespace firebreak
