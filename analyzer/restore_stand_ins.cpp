// Crews together are one machine as fast as all of them. In the sum each service can be stood for by what it cannot be
// back before: all its work done, its earliest time, or the middle of one of its jobs and what must follow it. (Taking
// of each job a moment drawn by chance, two jobs are in one order or the other, as on one machine: that is the bound of
// Eastman, Even and Isaacs 1964.) Which stands for which is tried out.

#include "analyzer/restore_stand_ins.h"

#include <algorithm>
#include <functional>

#include "analyzer/restore_work.h"

namespace firebreak {

namespace {

/// How much may be tried: pairs of services, times the work they wait for.
constexpr double kMostTried = 5e6;
/// The most pairs of jobs of one service that are looked at.
constexpr std::size_t kMostJobs = 1000;

class StandIns {
 public:
  StandIns(const RestoreProblem& problem, const RestoreNeeds& needs, const Rollout& plan, const Patience& patience)
      : problem_(problem), needs_(needs), plan_(plan), patience_(patience), needed_(problem.jobs.size(), 0) {
    for (const std::vector<std::uint32_t>& pieces : needs.of_service) {
      for (const std::uint32_t piece : pieces) {
        if (piece < problem.jobs.size()) needed_[JobId(piece)] = 1;
      }
    }
  }

  double run(const IdVector<GoalId, double>& earliest) {
    for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
      if (problem_.goals[g].weight <= 0) continue;
      const auto back = static_cast<double>(plan_.back(g));
      services_.push_back({g, {{0, work_done(back, true), back, &needs_.of_service[g]}}});
    }
    chosen_.assign(services_.size(), kItself);
    double best = bound();
    for (Service& service : services_) {
      if (!may_go_on()) return best;
      service.by.push_back({earliest[service.goal], earliest[service.goal], 0, nullptr});
      if (const StandIn job = best_job(service.goal); job.pieces != nullptr) service.by.push_back(job);
    }
    rank();
    try_the_likeliest(best);
    try_each(best);
    return best;
  }

 private:
  /// A service is back at least `sure` after all of `pieces` are done; `likely` is how late that may make it.
  struct StandIn {
    double sure = 0;
    double likely = 0;
    double when = 0;  ///< in the plan
    const std::vector<std::uint32_t>* pieces = nullptr;
  };
  struct Service {
    GoalId goal;
    std::vector<StandIn> by;
  };
  struct Choice {
    std::size_t service;
    std::size_t by;
    double gain;
  };
  static constexpr std::size_t kItself = 0;

  /// The middle of which job, and what must follow it, makes a service latest.
  [[nodiscard]] StandIn best_job(GoalId g) const {
    StandIn best;
    std::vector<JobId> starts;
    for (const std::uint32_t piece : needs_.of_service[g]) {
      if (piece >= problem_.jobs.size() || starts.size() == kMostJobs) break;
      if (problem_.jobs[JobId(piece)].type == RestoreJob::start) starts.push_back(JobId(piece));
    }
    std::ranges::stable_sort(starts, std::greater(), [&](JobId j) { return needs_.of_start[j].size(); });
    std::vector<double> after(starts.size(), 0);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const JobId j = starts[i];
      for (std::size_t k = 0; k < i; ++k) {
        if (!std::ranges::binary_search(needs_.of_start[starts[k]], j.index())) continue;
        after[i] = std::max(after[i], after[k] + takes(starts[k]));
      }
      const double middle = static_cast<double>(plan_.begin_of(j)) + takes(j) / 2;
      const double likely = after[i] + takes(j) / 2 + work_done(middle, false);
      if (likely <= best.likely) continue;
      // The first half of the job is work like all other, which counts once for each crew.
      best = {after[i] + takes(j) / 2 * (1 - 1.0 / problem_.crews), likely, middle, &needs_.of_start[j]};
    }
    return best;
  }

  [[nodiscard]] double takes(JobId j) const { return static_cast<double>(problem_.jobs[j].takes); }

  /// How long the crews need for the indispensable work that the plan has done by then, whole jobs only or also parts.
  [[nodiscard]] double work_done(double when, bool whole) const {
    double sum = 0;
    for (const JobId j : ids<JobId>(problem_.jobs.size())) {
      if (needed_[j] == 0) continue;
      const double done = std::min(takes(j), when - static_cast<double>(plan_.begin_of(j)));
      if (done >= takes(j) || (!whole && done > 0)) sum += done;
    }
    return sum / problem_.crews;
  }

  [[nodiscard]] double bound() {
    double sum = 0;
    std::vector<std::pair<double, WaitsForWork::Waiting>> moments;
    for (std::size_t i = 0; i < services_.size(); ++i) {
      const StandIn& by = services_[i].by[chosen_[i]];
      const double weight = problem_.goals[services_[i].goal].weight;
      sum += weight * by.sure;
      if (by.pieces == nullptr) continue;
      moments.push_back({by.when, {weight, *by.pieces}});
      tried_ += static_cast<double>(by.pieces->size() * services_.size());
    }
    std::ranges::stable_sort(moments, {}, [](const auto& moment) { return moment.first; });
    WaitsForWork waits{needs_.pieces, {}};
    for (auto& [when, waiting] : moments) waits.waiting.push_back(std::move(waiting));
    return sum + least_weighted_work(waits, patience_) / problem_.crews;
  }

  [[nodiscard]] bool may_go_on() const { return tried_ < kMostTried && !has_run_out(patience_); }

  /// What could make a service later than its work does, the most likely first.
  void rank() {
    for (std::size_t i = 0; i < services_.size(); ++i) {
      const std::vector<StandIn>& by = services_[i].by;
      for (std::size_t k = kItself + 1; k < by.size(); ++k) {
        if (by[k].likely > by[kItself].likely) choices_.push_back({i, k, by[k].likely / (1 + by[kItself].likely)});
      }
    }
    std::ranges::stable_sort(choices_, std::greater(), &Choice::gain);
  }

  /// Many at once, ever more of them.
  void try_the_likeliest(double& best) {
    std::vector<std::size_t> best_chosen = chosen_;
    for (std::size_t taken = 0, stop = 1; taken < choices_.size() && may_go_on(); stop *= 2) {
      for (; taken < std::min(stop, choices_.size()); ++taken) {
        const Choice& choice = choices_[taken];
        if (chosen_[choice.service] == kItself) chosen_[choice.service] = choice.by;
      }
      const double sum = bound();
      if (sum <= best) continue;
      best = sum;
      best_chosen = chosen_;
    }
    chosen_ = std::move(best_chosen);
  }

  /// One at a time, until none helps.
  void try_each(double& best) {
    for (bool any = true; any;) {
      any = false;
      for (std::size_t i = 0; i < services_.size(); ++i) {
        for (std::size_t k = 0; k < services_[i].by.size(); ++k) {
          if (!may_go_on()) return;
          const std::size_t before = std::exchange(chosen_[i], k);
          const double sum = k == before ? 0 : bound();
          if (sum <= best) {
            chosen_[i] = before;
          } else {
            best = sum;
            any = true;
          }
        }
      }
    }
  }

  const RestoreProblem& problem_;
  const RestoreNeeds& needs_;
  const Rollout& plan_;
  const Patience& patience_;
  IdVector<JobId, std::uint8_t> needed_;
  std::vector<Service> services_;
  std::vector<std::size_t> chosen_;  ///< of each service, which stands for it
  std::vector<Choice> choices_;
  double tried_ = 0;
};

}  // namespace

double least_delay_by_work(const RestoreProblem& problem, const RestoreNeeds& needs, const Rollout& plan,
                           const IdVector<GoalId, double>& earliest, const Patience& patience) {
  return StandIns(problem, needs, plan, patience).run(earliest);
}

}  // namespace firebreak
