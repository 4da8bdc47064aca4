// Priorities inherited along needs: with everything begun at its earliest it is seen what each service has waited for.
// The service with the most weight per work goes first with all of that; then the others are asked again, what is done
// for it being done. So shared work counts for the first that needs it.

#include "analyzer/restore_priorities.h"

#include <algorithm>

namespace firebreak {

namespace {

constexpr std::uint32_t kNotUp = ~std::uint32_t{0};
/// Services that are put in order whatever patience says.
constexpr std::size_t kMostWithoutAsking = 20;

}  // namespace

Support::Support(const RestoreProblem& problem, const StartState& state)
    : network_(problem.network),
      order_(network_.size(), kNotUp),
      seen_(network_.size(), 0),
      meeting_(network_.size(), kNotUp) {
  std::uint32_t number = 0;
  for (const PendingId p : state.news()) order_[p] = number++;
  for (std::uint32_t m = 0; m < network_.meetings.size(); ++m) meeting_[network_.meetings[m].meeting] = m;
}

std::vector<PendingId> Support::of(PendingId wanted, bool whole) {
  ++question_;
  std::vector<PendingId> found;
  std::vector<PendingId> open;
  seen_[wanted] = question_;
  follow(wanted, open);
  while (!open.empty()) {
    const PendingId p = open.back();
    open.pop_back();
    if (network_.held[p]) found.push_back(p);
    if (whole || !network_.held[p]) follow(p, open);
  }
  std::ranges::sort(found);
  return found;
}

void Support::visit(PendingId p, std::vector<PendingId>& open) {
  if (seen_[p] == question_) return;
  seen_[p] = question_;
  open.push_back(p);
}

void Support::follow(PendingId p, std::vector<PendingId>& open) {
  if (meeting_[p] != kNotUp) return follow_meeting(p, open);
  std::vector<PendingId> inputs;
  for (const PendingId input : network_.inputs[p]) {
    if (order_[input] < order_[p]) inputs.push_back(input);
  }
  std::ranges::stable_sort(inputs, {}, [&](PendingId input) { return order_[input]; });
  if (inputs.size() > network_.open[p]) inputs.resize(network_.open[p]);
  for (const PendingId input : inputs) visit(input, open);
}

void Support::follow_meeting(PendingId meeting, std::vector<PendingId>& open) {
  const StartNetwork::Meeting& ends = network_.meetings[meeting_[meeting]];
  IdVector<PartId, std::uint32_t> by(network_.parts, kNotUp);
  std::vector<PartId> reached{ends.a};
  IdVector<PartId, std::uint8_t> known(network_.parts, 0);
  known[ends.a] = 1;
  for (std::size_t i = 0; i < reached.size() && known[ends.b] == 0; ++i) {
    for (std::uint32_t j = 0; j < network_.joins.size(); ++j) {
      const StartNetwork::Join& join = network_.joins[j];
      if (order_[join.link] >= order_[meeting] || (join.a != reached[i] && join.b != reached[i])) continue;
      const PartId next = join.a == reached[i] ? join.b : join.a;
      if (known[next] != 0) continue;
      known[next] = 1;
      by[next] = j;
      reached.push_back(next);
    }
  }
  for (PartId at = ends.b; at != ends.a && by[at] != kNotUp;) {
    const StartNetwork::Join& join = network_.joins[by[at]];
    visit(join.link, open);
    at = join.a == at ? join.b : join.a;
  }
}

std::vector<JobId> order_by_weight(const RestoreProblem& problem, const Patience& patience) {
  IdVector<PendingId, JobId> job_of(problem.network.size());
  std::vector<JobId> all = all_jobs(problem);
  for (const JobId j : all) {
    if (problem.jobs[j].type == RestoreJob::start) job_of[problem.jobs[j].pending] = j;
  }
  std::vector<JobId> order;
  IdVector<JobId, std::uint8_t> listed(problem.jobs.size(), 0);
  const auto list = [&](JobId j) {
    if (!j.valid() || listed[j] != 0) return;
    listed[j] = 1;
    order.push_back(j);
  };
  std::size_t rounds = 0;
  std::vector<GoalId> open;
  for (const GoalId g : ids<GoalId>(problem.goals.size())) open.push_back(g);
  while (!open.empty()) {
    if (++rounds > kMostWithoutAsking && has_run_out(patience)) break;
    // What is listed costs nothing more: it is begun first of all, without a crew's limit, in a rollout of its own.
    Rollout rollout(problem, nullptr);
    rollout.relax();
    run_by_priority(rollout, order);
    run_by_priority(rollout, all);
    Support support(problem, rollout.state());
    GoalId best;
    double best_ratio = -1;
    std::vector<JobId> best_jobs;
    for (const GoalId g : open) {
      std::vector<JobId> jobs;
      double work = 1;
      for (const PendingId p : support.of(problem.goals[g].pending, true)) {
        const JobId start = job_of[p];
        for (const JobId j : {problem.jobs[start].rebuild, start}) {
          if (!j.valid() || listed[j] != 0) continue;
          jobs.push_back(j);
          work += static_cast<double>(problem.jobs[j].takes);
        }
      }
      const double ratio = problem.goals[g].weight / work;
      if (ratio <= best_ratio) continue;
      best = g;
      best_ratio = ratio;
      best_jobs = std::move(jobs);
    }
    std::ranges::stable_sort(best_jobs, {}, [&](JobId j) { return rollout.begin_of(j); });
    for (const JobId j : best_jobs) {
      list(problem.jobs[j].rebuild);
      list(j);
    }
    std::erase(open, best);
  }
  std::ranges::stable_sort(all, [&](JobId a, JobId b) { return problem.jobs[a].takes > problem.jobs[b].takes; });
  for (const JobId j : all) list(j);
  return order;
}

}  // namespace firebreak
