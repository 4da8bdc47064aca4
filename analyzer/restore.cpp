// The plan for what services wait for is searched; all else is begun where crews are idle. Then the whole plan is
// played once more, and from what came up in which order follows what each step had to wait for.

#include "firebreak/restore.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "analyzer/restore_priorities.h"
#include "analyzer/restore_search.h"
#include "analyzer/restore_setup.h"

namespace firebreak {

namespace {

/// Begins the jobs no service waits for as early as they keep no other job waiting.
class Filler {
 public:
  Filler(const RestoreProblem& problem, SpreadGuard& guard, IdVector<JobId, Seconds> begins)
      : problem_(problem), guard_(guard), begins_(std::move(begins)), rollout_(problem, &guard) {
    for (const JobId j : ids<JobId>(problem.jobs.size())) {
      (problem.jobs[j].matters ? fixed_ : others_).push_back(j);
    }
    std::ranges::stable_sort(fixed_, {}, [&](JobId j) { return begins_[j]; });
    std::ranges::stable_sort(others_, [&](JobId a, JobId b) { return takes(a) > takes(b); });
  }

  IdVector<JobId, Seconds> run() {
    do {
      for (bool any = true; any;) any = begin_fixed() || begin_others();
    } while (rollout_.advance());
    return rollout_.begins();
  }

 private:
  [[nodiscard]] Seconds takes(JobId j) const { return problem_.jobs[j].takes; }

  bool begin_fixed() {
    return std::erase_if(fixed_, [&](JobId j) {
             if (begins_[j] != rollout_.now() || !rollout_.may_begin(j)) return false;
             rollout_.begin(j);
             return true;
           }) > 0;
  }

  bool begin_others() {
    if (!fixed_.empty() && begins_[fixed_.front()] == rollout_.now()) return false;
    return std::erase_if(others_, [&](JobId j) {
             if (!fits(j) || !rollout_.may_begin(j) || !stays_safe(j)) return false;
             rollout_.begin(j);
             return true;
           }) > 0;
  }

  /// Whether the jobs that services wait for can all begin when they are to, though this one is begun now: what is
  /// started may be what the spread law keeps them from.
  [[nodiscard]] bool stays_safe(JobId j) {
    if (!guard_.matters() || problem_.jobs[j].type != RestoreJob::start || fixed_.empty()) return true;
    tried_ += fixed_.size();
    if (tried_ > kMostTried) return false;
    Rollout rest = rollout_;
    rest.begin(j);
    std::vector<JobId> open = fixed_;
    do {
      const auto begins = [&](JobId fixed) {
        if (begins_[fixed] != rest.now() || !rest.may_begin(fixed)) return false;
        rest.begin(fixed);
        return true;
      };
      while (std::erase_if(open, begins) > 0) {
      }
    } while (!open.empty() && rest.advance());
    return open.empty();
  }

  /// Whether beginning a job now leaves a crew to each job that is to begin while it runs.
  [[nodiscard]] bool fits(JobId j) const {
    if (fixed_.empty() || problem_.crews == 0 || takes(j) == 0) return true;
    for (const JobId fixed : fixed_) {
      const Seconds at = begins_[fixed];
      if (at >= rollout_.now() + takes(j)) return true;
      std::size_t busy = 1;
      for (const auto& [finish, job] : rollout_.running()) busy += finish > at ? 1U : 0U;
      for (const JobId other : fixed_) {
        if (begins_[other] > at) break;
        busy += begins_[other] + takes(other) > at ? 1U : 0U;
      }
      if (busy > problem_.crews) return false;
    }
    return true;
  }

  /// Jobs played in trials; what is left then begins behind those that services wait for.
  static constexpr std::size_t kMostTried = 20'000;

  const RestoreProblem& problem_;
  SpreadGuard& guard_;
  IdVector<JobId, Seconds> begins_;
  Rollout rollout_;
  std::vector<JobId> fixed_;
  std::vector<JobId> others_;
  std::size_t tried_ = 0;
};

/// Plays a plan once more and writes it down.
class Writer {
 public:
  Writer(const Graph& graph, const RestoreSetup& setup, SpreadGuard& guard, const IdVector<JobId, Seconds>& begins)
      : graph_(graph),
        setup_(setup),
        problem_(setup.problem),
        guard_(guard),
        begins_(begins),
        rollout_(problem_, nullptr),
        number_(problem_.jobs.size(), 0) {
    rollout_.relax();
    order_ = all_jobs(problem_);
    std::ranges::stable_sort(order_, {},
                             [&](JobId j) { return std::tuple(begins_[j], begins_[j] + problem_.jobs[j].takes); });
  }

  void write(Restoration& result) {
    play(result);
    for (std::uint32_t i = 0; i < order_.size(); ++i) number_[order_[i]] = i;
    IdVector<PendingId, JobId> job_of(problem_.network.size());
    for (const JobId j : order_) {
      if (problem_.jobs[j].type == RestoreJob::start) job_of[problem_.jobs[j].pending] = j;
    }
    Support support(problem_, rollout_.state());
    before_.assign(order_.size(), std::vector<bool>(order_.size(), false));
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      const JobId j = order_[i];
      const RestoreProblem::Job& job = problem_.jobs[j];
      RestoreStep step{job.node, job.type, begins_[j], begins_[j] + job.takes, {}};
      step.by_hand = job.by_hand;
      step.kept_off = job.type == RestoreJob::start && std::ranges::binary_search(setup_.kept_off, job.node);
      if (job.type == RestoreJob::start) {
        for (const PendingId p : support.of(job.pending, false)) wait_for(step, i, number_[job_of[p]]);
        if (job.rebuild.valid()) wait_for(step, i, number_[job.rebuild]);
        add_needed_clean(step, i);
      }
      std::ranges::sort(step.after);
      result.steps.push_back(std::move(step));
    }
    leave_out_implied(result);
    assign_crews(result);
    for (const NodeId n : setup_.down) {
      ServiceReturn back{n, result.works_from[n], {}};
      if (back.back != kNever) back.after = last_steps(result, support, job_of, problem_.network.of[n]);
      result.services.push_back(std::move(back));
    }
    for (const RestoreProblem::Goal& goal : problem_.goals) {
      result.weighted_delay += goal.weight * static_cast<double>(result.works_from[goal.service]);
    }
  }

 private:
  /// From the first moment to the last, with the jobs put into the order in which they really could begin.
  void play(Restoration& result) {
    result.works_from.assign(graph_.node_count, kNever);
    result.works_from_step.assign(graph_.node_count, kNever);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (setup_.running[n] != 0) result.works_from[n] = result.works_from_step[n] = 0;
    }
    std::vector<JobId> open = std::move(order_);
    order_.clear();
    std::size_t seen = 0;
    // What takes no time first: it may be what another is managed by.
    const auto begin = [&](bool at_once) {
      return std::erase_if(open, [&](JobId j) {
               const bool is_now = begins_[j] == rollout_.now() && (problem_.jobs[j].takes == 0) == at_once;
               if (!is_now || !rollout_.may_begin(j)) return false;
               rollout_.begin(j);
               order_.push_back(j);
               if (at_once) note_what_works(result, seen);
               return true;
             }) > 0;
    };
    do {
      note_what_works(result, seen);
      while (begin(true) || begin(false)) {
      }
    } while (rollout_.advance());
    note_what_works(result, seen);
  }

  void note_what_works(Restoration& result, std::size_t& seen) {
    const std::vector<PendingId>& news = rollout_.state().news();
    const auto works = [&](PendingId p) {
      const NodeId n = problem_.network.node[p];
      if (!n.valid() || result.works_from[n] != kNever) return;
      result.works_from[n] = rollout_.now();
      result.works_from_step[n] = static_cast<Seconds>(order_.size());
    };
    if (problem_.network.runs_later && seen < news.size()) {
      const IdVector<PendingId, std::uint8_t> runs = rollout_.state().running();
      for (const PendingId p : ids<PendingId>(runs.size())) {
        if (runs[p] != 0) works(p);
      }
      seen = news.size();
    }
    for (; seen < news.size(); ++seen) works(news[seen]);
  }

  /// The steps at whose end a service is back: of those it rests on, the ones that are done then; where it only runs
  /// later than it is up, all that are done then.
  std::vector<std::uint32_t> last_steps(const Restoration& result, Support& support,
                                        const IdVector<PendingId, JobId>& job_of, PendingId service) {
    const Seconds back = result.works_from[problem_.network.node[service]];
    std::vector<std::uint32_t> steps;
    for (const PendingId p : support.of(service, true)) {
      const std::uint32_t number = number_[job_of[p]];
      if (result.steps[number].finish == back) steps.push_back(number);
    }
    if (steps.empty()) {
      for (std::uint32_t i = 0; i < result.steps.size(); ++i) {
        if (result.steps[i].finish == back && result.steps[i].job == RestoreJob::start) steps.push_back(i);
      }
    }
    std::ranges::sort(steps);
    return steps;
  }

  /// Step `i` waits for an earlier one, and so for all that this one waited for.
  void wait_for(RestoreStep& step, std::uint32_t i, std::uint32_t earlier) {
    if (std::ranges::find(step.after, earlier) != step.after.end()) return;
    step.after.push_back(earlier);
    before_[i][earlier] = true;
    for (std::uint32_t k = 0; k < earlier; ++k) {
      if (before_[earlier][k]) before_[i][k] = true;
    }
  }

  /// Waits for the rebuilds without which starting this would not be safe, were all done that may be done without them.
  /// What no step waits for may take longer than planned, and must not become a way to what is started.
  void add_needed_clean(RestoreStep& step, std::uint32_t i) {
    const JobId j = order_[i];
    if (!guard_.matters() || !std::ranges::binary_search(problem_.off, problem_.jobs[j].node)) return;
    std::vector<NodeId> unclean;
    std::vector<std::uint32_t> cleaned;
    for (std::uint32_t k = 0; k < order_.size(); ++k) {
      const RestoreProblem::Job& other = problem_.jobs[order_[k]];
      if (other.type != RestoreJob::rebuild) continue;
      if (begins_[order_[k]] + other.takes > begins_[j]) {
        unclean.push_back(other.node);
      } else {
        cleaned.push_back(k);
      }
    }
    std::ranges::sort(unclean);
    std::vector<std::uint32_t> harmless;
    for (const std::uint32_t k : cleaned) {
      if (before_[i][k]) continue;
      harmless.push_back(k);
      const bool safe =
          asked_ < kMostAsked && is_safe_without({&k, 1}, unclean, i) && is_safe_without(harmless, unclean, i);
      asked_ += 2;
      if (safe) continue;
      harmless.pop_back();
      wait_for(step, i, k);
    }
  }

  /// Whether starting step `i` is safe with these rebuilds not done, nor any step that waits for one of them.
  [[nodiscard]] bool is_safe_without(std::span<const std::uint32_t> rebuilds, std::vector<NodeId> unclean,
                                     std::uint32_t i) {
    for (const std::uint32_t k : rebuilds) unclean.push_back(problem_.jobs[order_[k]].node);
    std::ranges::sort(unclean);
    std::vector<NodeId> on;
    for (std::uint32_t k = 0; k <= i; ++k) {
      const RestoreProblem::Job& earlier = problem_.jobs[order_[k]];
      if (earlier.type != RestoreJob::start || !std::ranges::binary_search(problem_.off, earlier.node)) continue;
      if (std::ranges::none_of(rebuilds, [&](std::uint32_t r) { return before_[k][r]; })) on.push_back(earlier.node);
    }
    std::ranges::sort(on);
    return guard_.safe(on, unclean);
  }

  /// Takes out what a step need not be told to wait for, since another that it waits for did.
  void leave_out_implied(Restoration& result) const {
    for (RestoreStep& step : result.steps) {
      const std::vector<std::uint32_t> all = step.after;
      std::erase_if(step.after, [&](std::uint32_t earlier) {
        return std::ranges::any_of(all, [&](std::uint32_t other) { return before_[other][earlier]; });
      });
    }
  }

  void assign_crews(Restoration& result) const {
    if (problem_.crews == 0) return;
    std::vector<Seconds> free_at;
    for (RestoreStep& step : result.steps) {
      if (step.start == step.finish) continue;
      std::size_t crew = 0;
      while (crew < free_at.size() && free_at[crew] > step.start) ++crew;
      if (crew == free_at.size()) free_at.push_back(0);
      free_at[crew] = step.finish;
      step.crew = static_cast<std::uint32_t>(crew + 1);
    }
  }

  static constexpr std::size_t kMostAsked = 5000;

  const Graph& graph_;
  const RestoreSetup& setup_;
  const RestoreProblem& problem_;
  SpreadGuard& guard_;
  const IdVector<JobId, Seconds>& begins_;
  Rollout rollout_;
  std::vector<JobId> order_;
  IdVector<JobId, std::uint32_t> number_;
  std::vector<std::vector<bool>> before_;  ///< by step: those it waits for, and these wait for
  std::size_t asked_ = 0;
};

}  // namespace

std::string_view to_string(RestoreJob job) {
  return job == RestoreJob::rebuild ? "rebuild" : "start";
}

Restoration restore(const Graph& graph, const Scenario& scenario, const RestoreOptions& options) {
  RestoreSetup setup = set_up(graph, scenario, options);
  SpreadGuard guard(graph, setup.beginning);
  if (guard.matters()) {
    for (RestoreProblem::Job& job : setup.problem.jobs) {
      if (job.type == RestoreJob::rebuild) job.matters = true;
    }
  }
  const FoundPlan plan = search(setup.problem, guard, options.patience);
  Restoration result;
  const IdVector<JobId, Seconds> begins = Filler(setup.problem, guard, plan.begins).run();
  Writer(graph, setup, guard, begins).write(result);
  result.bound = plan.proven ? result.weighted_delay : plan.bound;
  result.proven = plan.proven;
  result.ran_out = plan.ran_out;
  result.loops = std::move(setup.loops);
  result.stays_off = std::move(setup.stays_off);
  return result;
}

}  // namespace firebreak
