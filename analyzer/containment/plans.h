#pragma once

#include <optional>
#include <vector>

#include "firebreak/contain.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/step_rows.h"

namespace firebreak {

/// Plans as the laws judge them, and better ones made from worse without search.
class Plans {
 public:
  /// `base` is the need law's run with no action of a plan. All must outlive it.
  Plans(const Graph& graph, const Scenario& scenario, const ContainOptions& options, const NeedRun& base, Cuts& cuts)
      : graph_(graph), scenario_(scenario), options_(options), base_(base), cuts_(cuts) {}

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

  [[nodiscard]] static bool better(const Plan& a, const Plan& b);

  /// Nothing to keep fails.
  [[nodiscard]] bool kept(const NeedRun& run) const;

 private:
  [[nodiscard]] std::optional<Plan> sound_plan(std::vector<Action> actions) const;
  [[nodiscard]] std::vector<CutId> gentler(const Action& action) const;
  [[nodiscard]] std::optional<Action> next_action(const std::vector<Action>& actions, const PlanRun& run);

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  const NeedRun& base_;
  Cuts& cuts_;
};

}  // namespace firebreak
