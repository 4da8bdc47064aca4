// Two relaxations, and the greater counts. With crews without end, every job at its earliest: no service is back
// sooner, nor before the crews there are could have done the jobs it cannot do without. And: each job's work given to
// one service that needs it, one machine as fast as all crews together, services in the order of work per weight
// (Smith 1956). Where that proves nothing, a tighter and dearer one is asked once: restore_stand_ins.cpp.

#include "analyzer/restore_bounds.h"

#include <algorithm>
#include <numeric>

#include "analyzer/restore_stand_ins.h"

namespace firebreak {

namespace {

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

RestoreBounds::RestoreBounds(const RestoreProblem& problem, const Patience& patience)
    : problem_(problem), order_(all_jobs(problem)), must_(problem.goals.size()) {
  if (problem.crews == 0) return;
  needs_ = find_needs(problem, patience);
  for (const GoalId g : ids<GoalId>(problem.goals.size())) {
    for (const std::uint32_t piece : needs_.of_service[g]) {
      if (piece < problem.jobs.size()) must_[g].push_back(JobId(piece));
    }
  }
}

double RestoreBounds::of(const Rollout& rollout) const {
  Rollout relaxed = rollout;
  relaxed.relax();
  run_by_priority(relaxed, order_);
  const double least = by_goal(rollout, relaxed);
  return problem_.crews == 0 ? least : std::max(least, by_work(rollout, relaxed));
}

double RestoreBounds::of_all(const Rollout& plan, const Patience& patience) const {
  if (problem_.crews == 0) return 0;
  const Rollout beginning(problem_, nullptr);
  Rollout relaxed = beginning;
  relaxed.relax();
  run_by_priority(relaxed, order_);
  return least_delay_by_work(problem_, needs_, plan, earliest(beginning, relaxed), patience);
}

IdVector<GoalId, double> RestoreBounds::earliest(const Rollout& rollout, const Rollout& relaxed) const {
  const std::vector<Seconds> free_at = free_times(problem_, rollout);
  IdVector<GoalId, double> times;
  for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
    auto back = static_cast<double>(relaxed.back(g));
    if (rollout.back(g) == kNever) {
      Seconds work = 0;
      for (const JobId j : must_[g]) work += rollout.begun(j) ? 0 : problem_.jobs[j].takes;
      if (work > 0) back = std::max(back, done_by(free_at, work));
    }
    times.push_back(back);
  }
  return times;
}

double RestoreBounds::by_goal(const Rollout& rollout, const Rollout& relaxed) const {
  if (problem_.crews == 0) return relaxed.cost();
  const IdVector<GoalId, double> times = earliest(rollout, relaxed);
  double bound = 0;
  for (const GoalId g : ids<GoalId>(problem_.goals.size())) bound += problem_.goals[g].weight * times[g];
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
