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
    for (const CutId c : cuts_on_way(graph_, run, cuts_, n)) ++stops[c];
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

/// What does less than an action and may do as well.
std::vector<CutId> Plans::gentler(const Action& action) const {
  std::vector<CutId> others;
  if (action.type == Action::Type::switch_off) others.push_back(cuts_.isolate(action.node));
  const auto some_in = [&](const PlaceSet& places, NodeId zone) {
    const auto inside = [&](NodeId n) { return cuts_.inside(graph_.zone[n], zone); };
    return places.everything || std::ranges::any_of(places.nodes, inside);
  };
  for (std::size_t r = 0; r < options_.rules.size(); ++r) {
    const auto& [from, to, ports] = options_.rules[r].flow;
    const bool blocked =
        action.type == Action::Type::block_zones && some_in(from, action.node) && some_in(to, action.to);
    const bool crosses =
        action.type == Action::Type::isolate_zone && (some_in(from, action.node) || some_in(to, action.node));
    if (blocked || crosses) others.push_back(cuts_.block_rule(r));
  }
  std::erase_if(others, [&](CutId c) { return !c.valid() || cuts_.cost(c) > cuts_.cost(action); });
  constexpr std::size_t kMost = 16;
  others.resize(std::min(others.size(), kMost));
  return others;
}

Plan Plans::gentler(Plan plan) const {
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    for (const CutId other : gentler(plan.actions[i])) {
      std::vector<Action> actions = plan.actions;
      actions[i] = cuts_.action(other);
      const std::optional<Plan> instead = sound_plan(std::move(actions));
      if (!instead || better(plan, *instead) || instead->reached > plan.reached) continue;
      plan = *instead;
      break;
    }
  }
  std::ranges::sort(plan.actions);
  return plan;
}

}  // namespace firebreak
