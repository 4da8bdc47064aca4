// Any plan can be had by beginning its jobs in the order of their begins, each as early as it may but not before the
// one before it: nothing gets later by that. So orders are searched: first good ones, improved by moving jobs; then all
// of them by branch and bound, where of two ways to have begun the same jobs the one that is nowhere later is enough.

#include "analyzer/restore_search.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>

#include "analyzer/restore_bounds.h"
#include "analyzer/restore_priorities.h"

namespace firebreak {

namespace {

/// How much may be tried: visits of jobs and of what is pending.
constexpr std::uint64_t kMostVisitsToImprove = 100'000'000;
constexpr std::uint64_t kMostVisitsToProve = 300'000'000;
/// The most jobs whose orders are searched through.
constexpr std::size_t kMostToProve = 64;
constexpr std::size_t kMostRemembered = 1'000'000;

/// Numbers that look drawn by chance, the same each time (Marsaglia 2003).
class Draws {
 public:
  std::size_t below(std::size_t count) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    return static_cast<std::size_t>(state_ % count);
  }

 private:
  std::uint64_t state_ = 88172645463325252ULL;
};

/// Compares what plans cost, which are sums of as many products as there are goals.
class Costs {
 public:
  explicit Costs(std::size_t goals)
      : slack_(2 * std::numeric_limits<double>::epsilon() * static_cast<double>(goals + 8)) {}

  /// Whether a plan costs less, and not by rounding alone: whole weights are told apart to the last second as long as
  /// their sums are below 2^45 or so.
  [[nodiscard]] bool is_less(double a, double b) const { return a < b - slack_ * b; }

 private:
  double slack_;
};

/// The best plan so far for the jobs that matter.
class Best {
 public:
  explicit Best(const RestoreProblem& problem) : problem_(problem), costs_(problem.goals.size()) {}

  void offer(const Rollout& rollout) {
    Seconds finish = 0;
    for (const JobId j : ids<JobId>(problem_.jobs.size())) {
      if (!problem_.jobs[j].matters) continue;
      if (!rollout.begun(j)) return;
      finish = std::max(finish, rollout.finish_of(j));
    }
    if (plan_ && !costs_.is_less(rollout.cost(), cost_) &&
        (costs_.is_less(cost_, rollout.cost()) || finish >= finish_)) {
      return;
    }
    cost_ = rollout.cost();
    finish_ = finish;
    plan_ = rollout;
  }

  [[nodiscard]] double cost() const { return cost_; }
  [[nodiscard]] const IdVector<JobId, Seconds>& begins() const { return plan_->begins(); }
  [[nodiscard]] const Rollout& plan() const { return *plan_; }

 private:
  const RestoreProblem& problem_;
  const Costs costs_;
  double cost_ = 0;
  Seconds finish_ = 0;
  std::optional<Rollout> plan_;
};

class Search {
 public:
  Search(const RestoreProblem& problem, SpreadGuard& guard, const Patience& patience)
      : problem_(problem),
        guard_(guard),
        patience_(patience),
        costs_(problem.goals.size()),
        best_(problem),
        bounds_(problem, patience) {
    // With crews without end and nothing unclean, all begins at its earliest in any order.
    const bool any_order = problem.crews == 0 && !guard.matters();
    const std::vector<JobId> jobs = any_order ? all_jobs(problem) : order_by_weight(problem, patience);
    std::ranges::copy_if(jobs, std::back_inserter(order_), [&](JobId j) { return problem.jobs[j].matters; });
    const std::size_t count = problem.jobs.size();
    visits_per_run_ = 200 + problem.network.size() + count * (guard.matters() ? 50 : 10) + count * count / 20;
  }

  FoundPlan run() {
    try_first_orders();
    least_ = bounds_.of(Rollout(problem_, &guard_));
    tighten();
    if (!is_least()) {
      const std::uint64_t few = 4 * order_.size() * order_.size() * visits_per_run_;
      improve(std::min(few, kMostVisitsToImprove));
      tighten();
    }
    FoundPlan found;
    found.proven = is_least() || prove();
    if (!found.proven) {
      improve(kMostVisitsToImprove);
      tighten();
      found.proven = is_least();
    }
    found.begins = best_.begins();
    found.cost = best_.cost();
    found.bound = found.proven ? best_.cost() : least_;
    found.ran_out = ran_out_;
    return found;
  }

 private:
  struct Remembered {
    Seconds now = 0;
    double cost = 0;
    std::vector<Seconds> finishes;
  };

  /// Whether the bound says that no plan is better than the best so far.
  [[nodiscard]] bool is_least() const { return !costs_.is_less(least_, best_.cost()); }

  /// The better the plan, the nearer to it the bound.
  void tighten() {
    if (!is_least() && !ran_out_) least_ = std::max(least_, bounds_.of_all(best_.plan(), patience_));
  }

  [[nodiscard]] bool may_go_on(std::uint64_t most) {
    visits_ += visits_per_run_;
    if (visits_ > most || ran_out_) return false;
    ran_out_ = has_run_out(patience_);
    return !ran_out_;
  }

  void offer_by_priority(const std::vector<JobId>& order) {
    Rollout rollout(problem_, &guard_);
    run_by_priority(rollout, order);
    best_.offer(rollout);
  }

  void try_first_orders() {
    offer_by_priority(order_);
    std::vector<JobId> clean_first = order_;
    std::ranges::stable_partition(clean_first, [&](JobId j) { return problem_.jobs[j].type == RestoreJob::rebuild; });
    offer_by_priority(clean_first);
    // Everything made clean before anything starts is safe whatever the spread law says.
    Rollout rollout(problem_, &guard_);
    std::vector<JobId> cleaning;
    std::ranges::copy_if(clean_first, std::back_inserter(cleaning),
                         [&](JobId j) { return problem_.jobs[j].type == RestoreJob::rebuild; });
    run_by_priority(rollout, cleaning);
    run_by_priority(rollout, order_);
    best_.offer(rollout);
  }

  /// Moves single jobs to other places of the order for as long as that is affordable.
  void improve(std::uint64_t most_visits) {
    std::vector<JobId> current = order_;
    std::ranges::stable_sort(current, {}, [&](JobId j) { return best_.begins()[j]; });
    double cost = best_.cost();
    visits_ = 0;
    while (order_.size() > 1 && !is_least() && may_go_on(most_visits)) {
      std::vector<JobId> changed = current;
      const std::size_t from = draws_.below(changed.size());
      const std::size_t to = draws_.below(changed.size());
      const JobId moved = changed[from];
      changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(from));
      changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(to), moved);
      Rollout rollout(problem_, &guard_);
      run_by_priority(rollout, changed);
      best_.offer(rollout);
      if (costs_.is_less(cost, rollout.cost())) continue;
      cost = rollout.cost();
      current = std::move(changed);
    }
  }

  /// Goes through all orders; whether that came to its end.
  bool prove() {
    if (order_.size() > kMostToProve) return false;
    visits_ = 0;
    complete_ = true;
    extend(Rollout(problem_, &guard_), order_.size());
    return complete_;
  }

  /// Every way to go on. As deep as there are jobs, which are few.
  void extend(const Rollout& rollout, std::size_t left) {  // NOLINT(misc-no-recursion)
    if (!may_go_on(kMostVisitsToProve)) {
      complete_ = false;
      return;
    }
    if (left == 0) {
      Rollout whole = rollout;
      while (whole.advance()) {
      }
      best_.offer(whole);
      return;
    }
    if (is_least() || !costs_.is_less(bounds_.of(rollout), best_.cost()) || is_dominated(rollout)) return;
    std::vector<std::pair<Rollout, JobId>> ways;
    for (const JobId j : order_) {
      if (rollout.begun(j)) continue;
      Rollout next = rollout;
      if (next.place(j)) ways.emplace_back(std::move(next), j);
    }
    if (!guard_.matters()) leave_out_late(ways);
    for (const auto& [next, j] : ways) {
      if (!complete_) return;
      extend(next, left - 1);
    }
  }

  /// Where the spread law does not ask, a job that begins when another could have been done already may wait for that
  /// other one.
  void leave_out_late(std::vector<std::pair<Rollout, JobId>>& ways) const {
    Seconds done = kNever;
    for (const auto& [next, j] : ways) done = std::min(done, next.finish_of(j));
    bool one_at_once = false;
    std::erase_if(ways, [&](const auto& way) {
      const auto& [next, j] = way;
      if (next.begin_of(j) < done) return false;
      if (next.finish_of(j) > done || one_at_once) return true;
      one_at_once = true;
      return false;
    });
  }

  /// Whether the same jobs have been begun in a way that is nowhere later; remembers this one otherwise.
  bool is_dominated(const Rollout& rollout) {
    std::uint64_t begun = 0;
    Remembered now{rollout.now(), 0, {}};
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (!rollout.begun(order_[i])) continue;
      begun |= std::uint64_t{1} << i;
      now.finishes.push_back(rollout.finish_of(order_[i]));
    }
    Rollout drained = rollout;
    while (drained.advance()) {
    }
    now.cost = drained.cost();
    std::vector<Remembered>& known = remembered_[begun];
    const auto is_nowhere_later = [](const Remembered& a, const Remembered& b) {
      if (a.now > b.now || a.cost > b.cost) return false;
      for (std::size_t i = 0; i < a.finishes.size(); ++i) {
        if (a.finishes[i] > std::max(b.finishes[i], b.now)) return false;
      }
      return true;
    };
    if (std::ranges::any_of(known, [&](const Remembered& r) { return is_nowhere_later(r, now); })) return true;
    const std::size_t before = known.size();
    std::erase_if(known, [&](const Remembered& r) { return is_nowhere_later(now, r); });
    count_ -= before - known.size();
    if (count_ < kMostRemembered) {
      known.push_back(std::move(now));
      ++count_;
    }
    return false;
  }

  const RestoreProblem& problem_;
  SpreadGuard& guard_;
  const Patience& patience_;
  const Costs costs_;
  Best best_;
  RestoreBounds bounds_;
  double least_ = 0;          ///< no plan costs less
  std::vector<JobId> order_;  ///< the jobs that matter
  Draws draws_;
  std::uint64_t visits_per_run_ = 0;
  std::uint64_t visits_ = 0;
  bool ran_out_ = false;
  bool complete_ = true;
  std::unordered_map<std::uint64_t, std::vector<Remembered>> remembered_;  // never iterated
  std::size_t count_ = 0;
};

}  // namespace

FoundPlan search(const RestoreProblem& problem, SpreadGuard& guard, const Patience& patience) {
  return Search(problem, guard, patience).run();
}

}  // namespace firebreak
