// Undoing more actions never makes a node worse. So a set of them that does not mend it is made as large as it can be
// without mending it: every fix undoes at least one of the others. The smallest set that does so for all such sets
// known is a fix, or the next to be made larger. Reiter, "A theory of diagnosis from first principles" (1987), with the
// hitting sets found as in Cheapest. Only actions that the node can feel are tried.

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "firebreak/explain.h"

#include "analyzer/need_law.h"
#include "analyzer/solver/cheapest.h"
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
      : graph_(graph), scenario_(scenario), vertex_(node.index()), goal_(unharmed(now)), runs_left_(max_runs) {
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
    if (value(result.impact.run) >= goal_) return;  // nothing that could be undone makes it so
    Set all(candidates_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (!mends(all)) return;
    find_all();
    result.complete = runs_left_ > 0;
    if (found_.empty()) found_.push_back(shrink(std::move(all)));
    std::ranges::sort(found_, {}, [](const Set& set) { return std::pair(set.size(), set); });
    for (const Set& set : found_) {
      std::vector<Undo> fix;
      fix.reserve(set.size());
      for (const std::size_t i : set) fix.push_back(candidates_[i]);
      result.fixes.push_back(std::move(fix));
    }
  }

 private:
  using Set = std::vector<std::size_t>;  ///< of candidates_, ascending

  void add_all(Undo::Type type, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) candidates_.push_back({type, i});
  }

  [[nodiscard]] State value(const NeedRun& run) const {
    if (run.fails[vertex_] != kNever) return State::fails;
    return run.degrades[vertex_] != kNever ? State::degraded : State::works;
  }

  /// The value with everything undone. What the scenario allows stays allowed, and can make it better than no action.
  [[nodiscard]] State unharmed(const Impact& now) const {
    if (scenario_.allow.empty()) return value(*now.baseline);
    Scenario only_allowed;
    only_allowed.allow = scenario_.allow;
    return value(run_need(graph_, only_allowed));
  }

  [[nodiscard]] bool mends(const Set& undone) {
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

  void find_all() {
    solver::SatSolver sat;
    solver::Cheapest cheapest(sat);
    std::vector<solver::Literal> undone;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      undone.emplace_back(sat.add_variable());
      cheapest.add_cost(undone.back(), 1);
    }
    while (runs_left_ > 0 && cheapest.solve() == solver::Verdict::satisfiable) {
      Set set;
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (sat.holds(undone[i])) set.push_back(i);
      }
      const bool fix = mends(set);
      std::vector<solver::Literal> clause;
      for (const std::size_t i : fix ? set : needed_besides(set)) clause.push_back(fix ? ~undone[i] : undone[i]);
      sat.add_clause(clause);
      if (fix) found_.push_back(std::move(set));
    }
  }

  /// Of what a set that does not mend leaves: those of which one is needed whatever else of it is undone. Runs are
  /// spent on halves, so that what is needed by itself is found among many at the price of a logarithm.
  [[nodiscard]] Set needed_besides(Set set) {
    Set needed;
    std::vector<Set> open{{}};
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!std::ranges::binary_search(set, i)) open.front().push_back(i);
    }
    while (!open.empty()) {
      const Set part = std::move(open.back());
      open.pop_back();
      Set more;
      std::ranges::set_union(set, part, std::back_inserter(more));
      if (runs_left_ > 0 && !mends(more)) {
        set = std::move(more);
      } else if (part.size() == 1 || runs_left_ == 0) {
        needed.insert(needed.end(), part.begin(), part.end());
      } else {
        const auto middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
        open.emplace_back(middle, part.end());
        open.emplace_back(part.begin(), middle);
      }
    }
    return needed;
  }

  /// A minimal set inside one that mends: what can be left out is.
  [[nodiscard]] Set shrink(Set set) {
    for (std::size_t i = set.size(); i-- > 0;) {
      Set smaller = set;
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
  std::vector<Undo> candidates_;
  std::vector<Set> found_;
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
