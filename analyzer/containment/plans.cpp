#include "analyzer/containment/plans.h"

#include <algorithm>
#include <map>
#include <set>
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
  plan.weight_lost = solver::tidy(plan.weight_lost);
  plan.weight_degraded = solver::tidy(plan.weight_degraded);
  return plan;
}

namespace {

std::vector<double> weights(const Graph& graph) {
  return {graph.weight.begin(), graph.weight.end()};
}

std::vector<double> costs(const Graph& graph, const ContainOptions& options) {
  std::vector<double> result(graph.cost.begin(), graph.cost.end());
  for (const RuleBlock& rule : options.rules) result.push_back(rule.cost);
  return result;
}

}  // namespace

Plans::Plans(const Graph& graph, const Scenario& scenario, const ContainOptions& options, const NeedRun& base,
             Cuts& cuts)
    : graph_(graph),
      scenario_(scenario),
      options_(options),
      base_(base),
      cuts_(cuts),
      weight_scale_(weights(graph)),
      cost_scale_(costs(graph, options)) {}

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
  plan.cost = solver::tidy(plan.cost);
  plan.actions = std::move(actions);
  return plan;
}

PlanMeasures Plans::measures(const Plan& plan) const {
  PlanMeasures sums;
  for (const NodeId n : plan.lost) sums.lost += weight_scale_.up(graph_.weight[n]);
  for (const NodeId n : plan.degraded) sums.degraded += weight_scale_.up(graph_.weight[n]);
  for (const Action& action : plan.actions) sums.cost += cost_scale_.up(cuts_.cost(action));
  sums.count = plan.actions.size();
  return sums;
}

std::optional<Plan> Plans::sound_plan(std::vector<Action> actions) const {
  const PlanRun after = run(actions);
  if (!sound(after)) return std::nullopt;
  return judged(std::move(actions), after);
}

namespace {

/// Cuts by their cost for each way they stop.
std::map<CutId, double> prices(const std::vector<std::vector<CutId>>& ways, const Cuts& cuts) {
  std::map<CutId, std::size_t> stops;
  for (const std::vector<CutId>& way : ways) {
    for (const CutId c : way) ++stops[c];
  }
  std::map<CutId, double> prices;
  for (const auto& [cut, count] : stops) prices[cut] = cuts.cost(cut) / static_cast<double>(count);
  return prices;
}

}  // namespace

/// Of each way that an attacker has to what is protected, what stops it.
std::vector<std::vector<CutId>> Plans::ways(const PlanRun& run) {
  std::vector<std::vector<CutId>> ways;
  for (const NodeId n : options_.protect) {
    if (run.spread.reached[n]) ways.push_back(cuts_on_way(graph_, run, cuts_, n));
  }
  return ways;
}

/// The actions, and for each way what costs least that stops it.
std::vector<Action> Plans::all_ways_stopped(std::vector<Action> actions, const PlanRun& run) {
  const std::vector<std::vector<CutId>> open = ways(run);
  const std::map<CutId, double> price = prices(open, cuts_);
  std::set<CutId> chosen;
  for (const std::vector<CutId>& way : open) {
    if (way.empty() || std::ranges::any_of(way, [&](CutId c) { return chosen.contains(c); })) continue;
    const CutId cut = *std::ranges::min_element(way, {}, [&](CutId c) { return std::pair(price.at(c), c); });
    chosen.insert(cut);
    actions.push_back(cuts_.action(cut));
  }
  return actions;
}

/// The action that loses least among some of those that stop the attacker.
std::optional<Action> Plans::next_action(const std::vector<Action>& actions, const PlanRun& run) {
  constexpr std::size_t kMostTries = 12;
  const Plan now = judged(actions, run);
  std::vector<std::pair<double, CutId>> order;
  for (const auto& [cut, price] : prices(ways(run), cuts_)) order.emplace_back(price, cut);
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
    if (has_run_out(options_.patience)) break;
  }
  return best;
}

std::optional<Plan> Plans::repaired(std::vector<Action> actions) {
  while (true) {
    const PlanRun after = run(actions);
    if (sound(after)) break;
    if (!kept(after.need)) return std::nullopt;
    if (has_run_out(options_.patience)) {
      std::vector<Action> longer = all_ways_stopped(actions, after);
      if (longer.size() > actions.size() &&
          kept(run_need(graph_, with_actions(graph_, scenario_, longer, options_.rules)))) {
        actions = std::move(longer);
        continue;
      }
    }
    const std::optional<Action> next = next_action(actions, after);
    if (!next) return std::nullopt;
    actions.push_back(*next);
  }
  for (std::size_t i = actions.size(); i-- > 0 && !has_run_out(options_.patience);) {
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
