#pragma once

#include <optional>
#include <vector>

#include "firebreak/contain.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/step_rows.h"
#include "analyzer/solver/scale.h"

namespace firebreak {

/// What plans are compared by, in this order, as whole numbers, so that sums are exact.
struct PlanMeasures {
  std::uint64_t lost = 0;
  std::uint64_t degraded = 0;
  std::uint64_t cost = 0;  ///< with the number of actions where there is room for it
  std::uint64_t count = 0;

  friend auto operator<=>(const PlanMeasures&, const PlanMeasures&) = default;
};

/// Plans as the laws judge them, and better ones made from worse without search.
class Plans {
 public:
  /// `base` is the need law's run with no action of a plan. All must outlive it.
  Plans(const Graph& graph, const Scenario& scenario, const ContainOptions& options, const NeedRun& base, Cuts& cuts);

  [[nodiscard]] const solver::Scale& weight_scale() const { return weight_scale_; }
  [[nodiscard]] const solver::CountedScale& cost_scale() const { return cost_scale_; }

  [[nodiscard]] PlanRun run(const std::vector<Action>& actions) const;

  /// Nothing protected is reached, and nothing to keep fails.
  [[nodiscard]] bool sound(const PlanRun& run) const;

  /// What a plan leads to.
  [[nodiscard]] Plan judged(std::vector<Action> actions, const PlanRun& run) const;

  /// A sound plan that begins with these actions, made longer by one that stops the attacker at the least loss until
  /// nothing protected is reached, and then without what can be left out. Nothing when that comes to no end.
  [[nodiscard]] std::optional<Plan> repaired(std::vector<Action> actions);

  /// The same plan, but what it switches off is unplugged where that does as well, since evidence in memory stays, and
  /// where it cuts off a zone or all between two, and blocking a rule does as well, just that.
  [[nodiscard]] Plan gentler(Plan plan) const;

  [[nodiscard]] PlanMeasures measures(const Plan& plan) const;
  [[nodiscard]] bool better(const Plan& a, const Plan& b) const { return measures(a) < measures(b); }

  /// Nothing to keep fails.
  [[nodiscard]] bool kept(const NeedRun& run) const;

 private:
  [[nodiscard]] std::optional<Plan> sound_plan(std::vector<Action> actions) const;
  [[nodiscard]] std::vector<CutId> gentler(const Action& action) const;
  [[nodiscard]] std::optional<Action> next_action(const std::vector<Action>& actions, const PlanRun& run);
  [[nodiscard]] std::vector<std::vector<CutId>> ways(const PlanRun& run);
  [[nodiscard]] std::vector<Action> all_ways_stopped(std::vector<Action> actions, const PlanRun& run);

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  const NeedRun& base_;
  Cuts& cuts_;
  solver::Scale weight_scale_;
  solver::CountedScale cost_scale_;
};

}  // namespace firebreak
