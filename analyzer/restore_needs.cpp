// Everything is started that can be, each time without one thing: what then does not come up cannot do without it. Of a
// group of alternatives at least the cheapest must be done; what is indispensable elsewhere, or common to alternatives,
// counts nothing here.

#include "analyzer/restore_needs.h"

#include <algorithm>
#include <limits>
#include <map>

namespace firebreak {

namespace {

/// Things that are left out whatever patience says.
constexpr std::size_t kMostWithoutAsking = 50;

class Needs {
 public:
  explicit Needs(const RestoreProblem& problem)
      : problem_(problem),
        network_(problem.network),
        jobs_of_(network_.size()),
        groups_of_(network_.size()),
        jobs_of_goal_(problem.goals.size()),
        groups_of_goal_(problem.goals.size()) {
    network_.held.assign(network_.size(), false);
  }

  RestoreNeeds run(const Patience& patience) {
    leave_out_each(patience);
    for (const RestoreProblem::Job& job : problem_.jobs) result_.pieces.push_back(static_cast<double>(job.takes));
    mark_counted();
    for (const PendingId group : groups_) read_group(group);
    add_pieces();
    result_.of_start.resize(problem_.jobs.size());
    for (const JobId j : ids<JobId>(problem_.jobs.size())) {
      const PendingId p = problem_.jobs[j].pending;
      if (p.valid()) result_.of_start[j] = together(jobs_of_[p], groups_of_[p]);
    }
    result_.of_service.resize(problem_.goals.size());
    for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
      result_.of_service[g] = together(jobs_of_goal_[g], groups_of_goal_[g]);
    }
    return std::move(result_);
  }

 private:
  /// What each alternative takes that is counted nowhere else: jobs, ascending.
  using Alternatives = std::vector<std::vector<JobId>>;

  void leave_out_each(const Patience& patience) {
    std::size_t count = 0;
    const auto may_go_on = [&] { return ++count <= kMostWithoutAsking || !has_run_out(patience); };
    for (const JobId j : ids<JobId>(problem_.jobs.size())) {
      const RestoreProblem::Job& job = problem_.jobs[j];
      if (job.type == RestoreJob::rebuild || !job.matters) continue;
      if (!may_go_on()) return;
      leave_out(
          job.pending,
          [&](std::vector<JobId>& jobs) {
            jobs.push_back(j);
            if (job.rebuild.valid()) jobs.push_back(job.rebuild);
          },
          jobs_of_, jobs_of_goal_);
    }
    for (const PendingId p : ids<PendingId>(network_.size())) {
      if (network_.open[p] == 0 || network_.inputs[p].size() <= network_.open[p]) continue;
      if (!may_go_on()) return;
      groups_.push_back(p);
      leave_out(
          p, [&](std::vector<PendingId>& groups) { groups.push_back(p); }, groups_of_, groups_of_goal_);
    }
  }

  template <class Add, class Lists, class GoalLists>
  void leave_out(PendingId without, const Add& add, Lists& lists, GoalLists& goal_lists) {
    const std::uint32_t open = network_.open[without];
    network_.open[without] = std::numeric_limits<std::uint32_t>::max();
    const StartState state(network_);
    for (const PendingId p : ids<PendingId>(network_.size())) {
      if (!state.up(p)) add(lists[p]);
    }
    const IdVector<PendingId, std::uint8_t> runs =
        network_.runs_later ? state.running() : IdVector<PendingId, std::uint8_t>();
    for (const GoalId g : ids<GoalId>(problem_.goals.size())) {
      const PendingId p = problem_.goals[g].pending;
      if (network_.runs_later ? runs[p] == 0 : !state.up(p)) add(goal_lists[g]);
    }
    network_.open[without] = open;
  }

  /// Which jobs are pieces of some service, so that no group may count them once more.
  void mark_counted() {
    counted_.assign(problem_.jobs.size(), 0);
    for (std::vector<JobId>& jobs : jobs_of_) std::ranges::sort(jobs);
    for (std::vector<JobId>& jobs : jobs_of_goal_) {
      std::ranges::sort(jobs);
      for (const JobId j : jobs) counted_[j] = 1;
    }
  }

  /// A group that a service cannot do without, as alternatives that share nothing.
  void read_group(PendingId group) {
    if (std::ranges::none_of(groups_of_goal_,
                             [&](const auto& groups) { return std::ranges::binary_search(groups, group); })) {
      return;
    }
    std::map<JobId, std::size_t> count;
    for (const PendingId input : network_.inputs[group]) {
      for (const JobId j : jobs_of_[input]) ++count[j];
    }
    Alternatives alternatives;
    for (const PendingId input : network_.inputs[group]) {
      alternatives.push_back(jobs_of_[input]);
      std::erase_if(alternatives.back(), [&](JobId j) { return counted_[j] != 0 || count[j] > 1; });
    }
    std::ranges::sort(alternatives);
    std::uint32_t& most = must_do_[alternatives];
    most = std::max(most, network_.open[group]);
    alternatives_[group] = std::move(alternatives);
  }

  /// A piece for each alternative that must be done, the cheapest first. What is in several groups is shared out
  /// evenly.
  void add_pieces() {
    IdVector<JobId, double> groups(problem_.jobs.size(), 0);
    for (const auto& [alternatives, most] : must_do_) {
      for (const std::vector<JobId>& jobs : alternatives) {
        for (const JobId j : jobs) groups[j] += 1;
      }
    }
    for (const auto& [alternatives, most] : must_do_) {
      std::vector<double> works;
      for (const std::vector<JobId>& jobs : alternatives) {
        works.push_back(0);
        for (const JobId j : jobs) works.back() += static_cast<double>(problem_.jobs[j].takes) / groups[j];
      }
      std::ranges::sort(works);
      first_piece_[alternatives] = static_cast<std::uint32_t>(result_.pieces.size());
      result_.pieces.insert(result_.pieces.end(), works.begin(), works.begin() + most);
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> together(const std::vector<JobId>& jobs,
                                                    const std::vector<PendingId>& groups) const {
    std::vector<std::uint32_t> pieces;
    for (const JobId j : jobs) pieces.push_back(j.index());
    for (const PendingId group : groups) {
      const auto at = alternatives_.find(group);
      if (at == alternatives_.end()) continue;
      const std::uint32_t first = first_piece_.at(at->second);
      for (std::uint32_t i = 0; i < network_.open[group]; ++i) pieces.push_back(first + i);
    }
    std::ranges::sort(pieces);
    pieces.erase(std::ranges::unique(pieces).begin(), pieces.end());
    return pieces;
  }

  const RestoreProblem& problem_;
  StartNetwork network_;                             ///< with nothing held
  IdVector<PendingId, std::vector<JobId>> jobs_of_;  ///< that it cannot do without
  IdVector<PendingId, std::vector<PendingId>> groups_of_;
  IdVector<GoalId, std::vector<JobId>> jobs_of_goal_;
  IdVector<GoalId, std::vector<PendingId>> groups_of_goal_;
  std::vector<PendingId> groups_;  ///< that were left out
  IdVector<JobId, std::uint8_t> counted_;
  std::map<PendingId, Alternatives> alternatives_;
  std::map<Alternatives, std::uint32_t> must_do_;  ///< how many of them, at most
  std::map<Alternatives, std::uint32_t> first_piece_;
  RestoreNeeds result_;
};

}  // namespace

RestoreNeeds find_needs(const RestoreProblem& problem, const Patience& patience) {
  return Needs(problem).run(patience);
}

}  // namespace firebreak
