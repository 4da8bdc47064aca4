// First the two ends, then what lies below the line between two plans, as long as there is something: a plan that is
// the best by some price for each that is reached, and found as easily as the cheapest containment is (Aneja and Nair,
// "Bicriteria transportation problem", 1979). What loses less than one neighbour and leaves fewer reached than the
// other, yet lies above their line, is looked for between them.

#include <algorithm>
#include <numeric>

#include "firebreak/contain.h"

#include "analyzer/containment/between.h"
#include "analyzer/containment/model.h"

namespace firebreak {

namespace {

using Cost = ContainModel::Cost;
using solver::Verdict;

class FrontierSearch {
 public:
  FrontierSearch(const Graph& graph, const Scenario& scenario, const ContainOptions& options)
      : scenario_(scenario), options_(options), model_(graph, scenario, options, true) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (graph.kind[n] == NodeKind::service) all_lost_ += plans().weight_scale().up(graph.weight[n]);
    }
    all_reached_ = graph.node_count;
  }

  Frontier run() {
    Frontier result;
    if (!plans().kept(model_.base())) return result;  // complete: there is none
    std::vector<Corner> found;
    if (std::optional<Corner> near = best(ContainModel::kLevels)) found.push_back(*std::move(near));
    if (!found.empty() && found.back().reached > 0) {
      model_.weigh(0, 1);
      const std::optional<Corner> far = best(ContainModel::kLevels);
      if (far && far->reached < found.back().reached) found = corners(found.back(), *far);
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i > 0) result.open.back() = !fill(found[i - 1], found[i], result);
      add(std::move(found[i].plan), result);
    }
    if (!result.open.empty()) result.open.back() = out_ && found.size() == 1;
    result.complete = !found.empty() && std::ranges::none_of(result.open, [](bool open) { return open; });
    return result;
  }

 private:
  /// A plan, and where it stands.
  struct Corner {
    Plan plan;
    Cost lost = 0;
    std::uint32_t reached = 0;  ///< not from the start
  };

  [[nodiscard]] Plans& plans() { return model_.plans(); }

  /// The best plan by the first so many levels once nothing new is learnt from it; `solve` finds the best by what is
  /// known.
  template <typename Solve>
  std::optional<Corner> settled(const Solve& solve) {
    while (true) {
      const Verdict verdict = solve();
      out_ |= verdict == Verdict::undecided || has_run_out(options_.patience);
      if (verdict != Verdict::satisfiable || out_) return std::nullopt;
      const std::vector<Action> actions = model_.chosen();
      const PlanRun after = plans().run(actions);
      if (model_.learn(after, model_.surprises(after))) continue;
      Corner corner{plans().judged(actions, after), 0, 0};
      corner.lost = plans().measures(corner.plan).lost;
      corner.reached = corner.plan.reached - static_cast<std::uint32_t>(scenario_.compromised.size());
      return corner;
    }
  }

  std::optional<Corner> best(std::size_t levels) {
    std::optional<Corner> corner = settled([&] { return model_.solve(levels, options_.patience); });
    if (corner && levels == ContainModel::kLevels) corner->plan = plans().gentler(std::move(corner->plan));
    return corner;
  }

  /// The prices at which two plans are as good as each other.
  [[nodiscard]] PlanGap prices(const Corner& near, const Corner& far) const {
    PlanGap gap;
    gap.per_lost = near.reached - far.reached;
    gap.per_reached = far.lost - near.lost;
    const Cost common = std::gcd(gap.per_lost, gap.per_reached);
    gap.per_lost /= common;
    gap.per_reached /= common;
    const auto sum = [&] {
      return static_cast<double>(gap.per_lost) * static_cast<double>(all_lost_) +
             static_cast<double>(gap.per_reached) * static_cast<double>(all_reached_);
    };
    while (sum() > 0x1p62) {  // other prices do as well: less is seen to lie below the line, and more between
      gap.per_lost = std::max<Cost>(gap.per_lost / 2, 1);
      gap.per_reached = std::max<Cost>(gap.per_reached / 2, 1);
      if (gap.per_lost == 1 && gap.per_reached == 1) break;
    }
    gap.lost = far.lost;
    gap.most = near.reached - 1;
    gap.least_reached = far.reached;
    return gap;
  }

  [[nodiscard]] static Cost weight(const Corner& c, const PlanGap& gap) {
    return gap.per_lost * c.lost + gap.per_reached * c.reached;
  }

  [[nodiscard]] static bool has_room(const Corner& near, const Corner& far) {
    return near.reached - far.reached > 1 && far.lost - near.lost > 1;
  }

  /// From one to another: all that are below the lines between others.
  std::vector<Corner> corners(Corner near, Corner far) {
    std::vector<Corner> found{std::move(near)};
    std::vector<Corner> ahead{std::move(far)};  // the next one last
    while (!ahead.empty()) {
      if (!out_ && has_room(found.back(), ahead.back())) {
        if (std::optional<Corner> below = below_line(found.back(), ahead.back())) {
          ahead.push_back(*std::move(below));
          continue;
        }
      }
      found.push_back(std::move(ahead.back()));
      ahead.pop_back();
    }
    return found;
  }

  /// What weighs the least at the prices of a gap; says how much that is.
  std::optional<Corner> lightest(PlanGap& gap) {
    model_.weigh(gap.per_lost, gap.per_reached);
    std::optional<Corner> corner = best(ContainModel::kLost + 1);
    if (corner) gap.least = weight(*corner, gap);
    return corner;
  }

  /// A plan between two that weighs less than both.
  std::optional<Corner> below_line(const Corner& near, const Corner& far) {
    PlanGap gap = prices(near, far);
    const std::optional<Corner> corner = lightest(gap);
    if (!corner || gap.least >= std::min(weight(near, gap), weight(far, gap))) return std::nullopt;
    if (corner->lost <= near.lost || corner->reached <= far.reached) return std::nullopt;
    return best(ContainModel::kLevels);
  }

  static void add(Plan plan, Frontier& frontier) {
    frontier.plans.push_back(std::move(plan));
    frontier.open.push_back(false);
  }

  /// Adds the plans between two corners that are next to each other. False: there may be more before the second.
  bool fill(const Corner& near, const Corner& far, Frontier& frontier) {
    if (!has_room(near, far)) return true;
    if (out_) return false;
    PlanGap gap = prices(near, far);
    if (!lightest(gap)) return false;
    std::optional<PlansBetween> search;
    for (std::uint32_t most = gap.most; most > gap.least_reached;) {
      bool again = false;
      const std::optional<Corner> found = settled([&] {
        if (!search || again) search.emplace(model_, gap);  // with what was learnt
        again = true;
        return search->solve(most, options_.patience);
      });
      if (!found) return !out_ && !search->too_many();
      add(plans().gentler(found->plan), frontier);
      most = found->reached - 1;
    }
    return true;
  }

  const Scenario& scenario_;
  const ContainOptions& options_;
  ContainModel model_;
  Cost all_lost_ = 0;
  std::size_t all_reached_ = 0;
  bool out_ = false;  ///< patience has run out
};

}  // namespace

Frontier frontier(const Graph& graph, const Scenario& scenario, const ContainOptions& options) {
  return FrontierSearch(graph, scenario, options).run();
}

}  // namespace firebreak
