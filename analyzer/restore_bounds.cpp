// Two relaxations, and the greater counts. With crews without end, every job at its earliest: no service is back
// sooner, nor before the crews there are could have done the jobs it cannot do without. And: each job's work given to
// one service that needs it, one machine as fast as all crews together, services in the order of work per weight
// (Smith 1956).

#include "analyzer/restore_bounds.h"

#include <algorithm>
#include <numeric>

namespace firebreak {

namespace {

/// Jobs that are looked at whatever patience says.
constexpr std::size_t kMostWithoutAsking = 50;

/// When crews that become free at these times, ascending, could have done as much work together.
double done_by(const std::vector<Seconds>& free_at, Seconds work) {
  Seconds sum = 0;
  for (std::size_t crews = 1; crews <= free_at.size(); ++crews) {
    sum += free_at[crews - 1];
    const double when = static_cast<double>(sum + work) / static_cast<double>(crews);
    if (crews == free_at.size() || when <= static_cast<double>(free_at[crews])) return when;
  }
  return 0;
}

/// When each crew is free, ascending.
std::vector<Seconds> free_times(const RestoreProblem& problem, const Rollout& rollout) {
  std::vector<Seconds> times;
  for (const auto& [finish, job] : rollout.running()) times.push_back(finish);
  times.resize(std::max<std::size_t>(times.size(), problem.crews), rollout.now());
  std::ranges::sort(times);
  return times;
}

}  // namespace

IdVector<GoalId, std::vector<JobId>> indispensable_jobs(const RestoreProblem& problem, const Patience& patience) {
  IdVector<GoalId, std::vector<JobId>> must(problem.goals.size());
  for (const JobId without : ids<JobId>(problem.jobs.size())) {
    const RestoreProblem::Job& job = problem.jobs[without];
    if (job.type == RestoreJob::rebuild || !job.matters) continue;
    if (without.index() > kMostWithoutAsking && has_run_out(patience)) break;
    std::vector<JobId> order;
    for (const JobId j : all_jobs(problem)) {
      if (j != without) order.push_back(j);
    }
    Rollout rollout(problem, nullptr);
    rollout.relax();
    run_by_priority(rollout, order);
    for (const GoalId g : ids<GoalId>(problem.goals.size())) {
      if (rollout.back(g) != kNever) continue;
      must[g].push_back(without);
      if (job.rebuild.valid()) must[g].push_back(job.rebuild);
    }
  }
  return must;
}

RestoreBounds::RestoreBounds(const RestoreProblem& problem, const Patience& patience)
    : problem_(problem), order_(all_jobs(problem)), must_(problem.goals.size()) {
  if (problem.crews > 0) must_ = indispensable_jobs(problem, patience);
}

double RestoreBounds::of(const Rollout& rollout) const {
  Rollout relaxed = rollout;
  relaxed.relax();
  run_by_priority(relaxed, order_);
  const double least = by_goal(rollout, relaxed);
  return problem_.crews == 0 ? least : std::max(least, by_work(rollout, relaxed));
}

double RestoreBounds::by_goal(const Rollout& rollout, const Rollout& relaxed) const {
  if (problem_.crews == 0) return relaxed.cost();
  const std::vector<Seconds> free_at = free_times(problem_, rollout);
  double bound = 0;
  for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
    auto back = static_cast<double>(relaxed.back(g));
    if (rollout.back(g) == kNever) {
      Seconds work = 0;
      for (const JobId j : must_[g]) work += rollout.begun(j) ? 0 : problem_.jobs[j].takes;
      if (work > 0) back = std::max(back, done_by(free_at, work));
    }
    bound += problem_.goals[g].weight * back;
  }
  return bound;
}

double RestoreBounds::by_work(const Rollout& rollout, const Rollout& relaxed) const {
  struct Share {
    GoalId goal;
    double weight;
    double work;
  };
  std::vector<Share> shares;
  double bound = 0;
  for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
    const double weight = problem_.goals[g].weight;
    if (weight <= 0) continue;  // it has no place in an order of work per weight
    if (rollout.back(g) != kNever) {
      bound += weight * static_cast<double>(relaxed.back(g));
      continue;
    }
    double work = 0;
    for (const JobId j : must_[g]) work += rollout.begun(j) ? 0.0 : static_cast<double>(problem_.jobs[j].takes);
    shares.push_back({g, weight, work});
  }
  const auto by_ratio = [](const Share& a, const Share& b) { return a.weight * b.work > b.weight * a.work; };
  std::ranges::stable_sort(shares, by_ratio);
  IdVector<JobId, std::uint8_t> given(problem_.jobs.size(), 0);
  for (Share& share : shares) {
    share.work = 0;
    for (const JobId j : must_[share.goal]) {
      if (rollout.begun(j) || given[j] != 0) continue;
      given[j] = 1;
      share.work += static_cast<double>(problem_.jobs[j].takes);
    }
  }
  std::ranges::stable_sort(shares, by_ratio);
  double work = 0;
  for (const Share& share : shares) {
    work += share.work;
    bound += share.weight * (static_cast<double>(rollout.now()) + work / problem_.crews);
  }
  return bound;
}

}  // namespace firebreak
