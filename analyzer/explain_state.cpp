// Undoing more actions never makes a node worse, so the sets of actions to undo are searched from small to large and
// what contains one already found is left out. Only actions that the node can feel are tried.

#include <algorithm>

#include "firebreak/explain.h"

#include "analyzer/combinations.h"
#include "analyzer/need_law.h"
#include "analyzer/support.h"

namespace firebreak {

namespace {

/// How many visits of vertices the search may take in all, so that it answers within seconds on any topology.
constexpr std::uint64_t kMostVisits = 200'000'000;
constexpr std::uint64_t kFewestRuns = 200;

template <class T>
std::vector<T> without(const std::vector<T>& all, const std::vector<std::size_t>& gone) {
  std::vector<T> left;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::find(gone, i) == gone.end()) left.push_back(all[i]);
  }
  return left;
}

class FixSearch {
 public:
  FixSearch(const Graph& graph, const Scenario& scenario, NodeId node, const Impact& now, std::uint64_t max_runs)
      : graph_(graph), scenario_(scenario), vertex_(node.index()), goal_(value(*now.baseline)), runs_left_(max_runs) {
    const IdVector<VertexId, bool> support = find_support(graph, {&node, 1});
    for (std::size_t i = 0; i < scenario.off.size(); ++i) {
      if (support[VertexId(scenario.off[i].index())]) candidates_.push_back({Undo::Type::off, i});
    }
    add_all(Undo::Type::isolated_system, scenario.isolated_systems.size());
    add_all(Undo::Type::isolated_zone, scenario.isolated_zones.size());
    add_all(Undo::Type::block, scenario.block.size());
  }

  /// Fills the fixes of an explanation.
  void run(StateExplanation& result) {
    if (value(result.impact.run) >= goal_) return;  // it is so with no action at all
    std::vector<std::size_t> chosen = first_combination(candidates_.size());
    if (!mends(chosen)) return;
    for (std::size_t size = 1; size <= candidates_.size() && runs_left_ > 0 && !all_found_; ++size) {
      all_found_ = true;
      try_sets(size);
    }
    result.complete = runs_left_ > 0;
    if (found_.empty()) found_.push_back(shrink(std::move(chosen)));
    for (const auto& set : found_) {
      std::vector<Undo> fix;
      fix.reserve(set.size());
      for (const std::size_t i : set) fix.push_back(candidates_[i]);
      result.fixes.push_back(std::move(fix));
    }
  }

 private:
  void add_all(Undo::Type type, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) candidates_.push_back({type, i});
  }

  [[nodiscard]] State value(const NeedRun& run) const {
    if (run.fails[vertex_] != kNever) return State::fails;
    return run.degrades[vertex_] != kNever ? State::degraded : State::works;
  }

  [[nodiscard]] bool mends(const std::vector<std::size_t>& undone) {
    if (runs_left_ > 0) --runs_left_;
    const auto of_type = [&](Undo::Type type) {
      std::vector<std::size_t> gone;
      for (const std::size_t i : undone) {
        if (candidates_[i].type == type) gone.push_back(candidates_[i].index);
      }
      return gone;
    };
    Scenario left = scenario_;
    left.off = without(left.off, of_type(Undo::Type::off));
    left.isolated_systems = without(left.isolated_systems, of_type(Undo::Type::isolated_system));
    left.isolated_zones = without(left.isolated_zones, of_type(Undo::Type::isolated_zone));
    left.block = without(left.block, of_type(Undo::Type::block));
    return value(run_need(graph_, left)) >= goal_;
  }

  /// Tries all sets of one size that hold no set found before, in lexicographic order.
  void try_sets(std::size_t size) {
    std::vector<std::size_t> set = first_combination(size);
    do {
      const bool known = std::ranges::any_of(found_, [&](const auto& f) { return std::ranges::includes(set, f); });
      if (known) continue;
      all_found_ = false;
      if (mends(set)) found_.push_back(set);
    } while (runs_left_ > 0 && next_combination(set, candidates_.size()));
  }

  /// A minimal set inside one that mends: what can be left out is.
  [[nodiscard]] std::vector<std::size_t> shrink(std::vector<std::size_t> set) {
    for (std::size_t i = set.size(); i-- > 0;) {
      std::vector<std::size_t> smaller = set;
      smaller.erase(smaller.begin() + static_cast<std::ptrdiff_t>(i));
      if (mends(smaller)) set = std::move(smaller);
    }
    return set;
  }

  const Graph& graph_;
  const Scenario& scenario_;
  VertexId vertex_;
  State goal_;
  std::uint64_t runs_left_;
  bool all_found_ = false;  ///< every larger set holds one that is found
  std::vector<Undo> candidates_;
  std::vector<std::vector<std::size_t>> found_;
};

}  // namespace

StateExplanation explain_state(const Graph& graph, const Scenario& scenario, NodeId node, std::uint64_t max_runs) {
  StateExplanation result;
  result.impact = impact(graph, scenario);
  result.chain = CauseFinder(graph, scenario, result.impact.run).chain(node);
  const State state = result.impact.state[node];
  if (state == State::off || state == State::fails || state == State::degraded) {
    const std::uint64_t affordable = std::max<std::uint64_t>(kFewestRuns, kMostVisits / graph.need.owner.size());
    FixSearch(graph, scenario, node, result.impact, std::min(max_runs, affordable)).run(result);
  }
  return result;
}

}  // namespace firebreak
