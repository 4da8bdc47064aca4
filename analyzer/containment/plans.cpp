#include "analyzer/containment/plans.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "analyzer/need_law.h"

namespace firebreak {

Plan consequences(const Graph& graph, const NeedRun& before, const NeedRun& after, const Blast& spread) {
  Plan plan;
  plan.reached = static_cast<std::uint32_t>(spread.order.size());
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    const VertexId v(n.index());
    if (graph.kind[n] != NodeKind::service || before.fails[v] != kNever) continue;
    if (after.fails[v] != kNever) {
      plan.lost.push_back(n);
      plan.weight_lost += graph.weight[n];
    } else if (after.degrades[v] != kNever && before.degrades[v] == kNever) {
      plan.degraded.push_back(n);
      plan.weight_degraded += graph.weight[n];
    }
  }
  return plan;
}

PlanRun Plans::run(const std::vector<Action>& actions) const {
  PlanRun run{with_actions(graph_, scenario_, actions, options_.rules), {}, {}};
  run.need = run_need(graph_, run.scenario);
  run.spread = blast(graph_, run.scenario, run.need);
  return run;
}

bool Plans::kept(const NeedRun& run) const {
  return std::ranges::all_of(options_.keep, [&](NodeId n) { return run.fails[VertexId(n.index())] == kNever; });
}

bool Plans::sound(const PlanRun& run) const {
  return kept(run.need) && std::ranges::none_of(options_.protect, [&](NodeId n) { return run.spread.reached[n]; });
}

Plan Plans::judged(std::vector<Action> actions, const PlanRun& run) const {
  Plan plan = consequences(graph_, base_, run.need, run.spread);
  for (const Action& action : actions) plan.cost += cuts_.cost(action);
  plan.actions = std::move(actions);
  return plan;
}

std::vector<StepRow> Plans::rows(const PlanRun& run, std::span<const NodeId> targets) const {
  const Mask mask(graph_, run.scenario);
  StepCuts steps(mask, run.need, cuts_);
  std::vector<StepRow> rows;
  IdVector<NodeId, bool> seen(graph_.node_count, false);
  std::vector<NodeId> open;
  for (const NodeId n : targets) {
    if (run.spread.reached[n]) open.push_back(n);
  }
  while (!open.empty()) {
    const NodeId n = open.back();
    open.pop_back();
    if (seen[n] || run.spread.shortest[n].type == StepType::start) continue;
    seen[n] = true;
    rows.push_back(steps.row(n, run.spread.shortest[n]));
    open.insert(open.end(), rows.back().from.begin(), rows.back().from.end());
  }
  return rows;
}

bool Plans::better(const Plan& a, const Plan& b) {
  const auto rank = [](const Plan& p) {
    return std::tuple(p.weight_lost, p.weight_degraded, p.cost, p.actions.size());
  };
  return rank(a) < rank(b);
}

std::optional<Plan> Plans::sound_plan(std::vector<Action> actions) const {
  const PlanRun after = run(actions);
  if (!sound(after)) return std::nullopt;
  return judged(std::move(actions), after);
}

/// The action that loses least among those that stop some way the attacker has, preferring those that stop many.
std::optional<Action> Plans::next_action(const std::vector<Action>& actions, const PlanRun& run) {
  constexpr std::size_t kMostTries = 12;
  std::map<CutId, std::size_t> stops;
  const Plan now = judged(actions, run);
  for (const NodeId n : options_.protect) {
    if (!run.spread.reached[n]) continue;
    std::vector<CutId> cuts;
    for (const StepRow& row : rows(run, {&n, 1})) cuts.insert(cuts.end(), row.cuts.begin(), row.cuts.end());
    std::ranges::sort(cuts);
    cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
    for (const CutId c : cuts) ++stops[c];
  }
  std::vector<std::pair<double, CutId>> order;
  for (const auto& [cut, count] : stops) order.emplace_back(cuts_.cost(cut) / static_cast<double>(count), cut);
  std::ranges::sort(order);
  std::optional<std::tuple<double, double, double>> least;
  std::optional<Action> best;
  for (std::size_t i = 0; i < std::min(order.size(), kMostTries); ++i) {
    std::vector<Action> longer = actions;
    longer.push_back(cuts_.action(order[i].second));
    PlanRun after{with_actions(graph_, scenario_, longer, options_.rules), {}, run.spread};
    after.need = run_need(graph_, after.scenario);
    if (!kept(after.need)) continue;
    const Plan plan = judged(longer, after);
    const std::tuple rank(plan.weight_lost, plan.weight_degraded, order[i].first);
    if (least && *least <= rank) continue;
    least = rank;
    best = longer.back();
    if (plan.weight_lost <= now.weight_lost && plan.weight_degraded <= now.weight_degraded) break;
  }
  return best;
}

std::optional<Plan> Plans::repaired(std::vector<Action> actions) {
  while (true) {
    const PlanRun after = run(actions);
    if (sound(after)) break;
    if (!kept(after.need)) return std::nullopt;
    const std::optional<Action> next = next_action(actions, after);
    if (!next) return std::nullopt;
    actions.push_back(*next);
  }
  for (std::size_t i = actions.size(); i-- > 0;) {
    std::vector<Action> shorter = actions;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    if (sound(run(shorter))) actions = std::move(shorter);
  }
  std::ranges::sort(actions);
  return sound_plan(std::move(actions));
}

Plan Plans::unplugging(Plan plan) {
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (plan.actions[i].type != Action::Type::switch_off) continue;
    const CutId unplug = cuts_.isolate(plan.actions[i].node);
    if (!unplug.valid()) continue;
    std::vector<Action> actions = plan.actions;
    actions[i] = cuts_.action(unplug);
    const std::optional<Plan> other = sound_plan(std::move(actions));
    if (other && !better(plan, *other) && other->reached <= plan.reached) plan = *other;
  }
  std::ranges::sort(plan.actions);
  return plan;
}

}  // namespace firebreak
