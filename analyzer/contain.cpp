// What is known of the attacker's steps and of needs is a set of clauses, and the best plan for that much is found by
// core-guided search. Both laws are run under the plan: a way around it, or a loss it did not expect, become new
// clauses. When neither is left, the plan is the best there is, for every clause says only what the laws say.
//
// This is the implicit hitting set approach of Karp and Moreno-Centeno, "The implicit hitting set approach to solve
// combinatorial optimization problems" (2013).

#include "firebreak/contain.h"

#include <algorithm>
#include <bit>

#include "analyzer/containment/model.h"

namespace firebreak {

namespace {

using solver::Verdict;

constexpr std::uint32_t kAnyNumber = ~std::uint32_t{0};

/// In which rounds a plan is made from what is known so far, in case that no better one is found in time.
bool is_turn(std::uint64_t round) {
  return round >= 8 && std::has_single_bit(round);
}

void consider(std::optional<Plan>& best, std::optional<Plan> plan) {
  if (plan && (!best || Plans::better(*plan, *best))) best = std::move(plan);
}

void put(std::vector<NodeId>& list, NodeId n) {
  const auto at = std::ranges::lower_bound(list, n);
  if (at == list.end() || *at != n) list.insert(at, n);
}

}  // namespace

Containment contain(const Graph& graph, const Scenario& scenario, const ContainOptions& options) {
  Containment result;
  ContainModel model(graph, scenario, options, false);
  Plans& plans = model.plans();
  for (const NodeId n : options.protect) {
    if (std::ranges::binary_search(scenario.compromised, n)) result.lost_already.push_back(n);
    model.protect(n);
  }
  if (!result.lost_already.empty() || !plans.kept(model.base())) return result;
  std::vector<Action> actions;
  for (std::uint64_t round = 1;; ++round) {
    const Verdict verdict = model.solve();
    result.bound = model.bound();
    if (verdict == Verdict::unsatisfiable) return result;
    if (verdict == Verdict::undecided) {
      consider(result.plan, plans.repaired(actions));
      break;
    }
    actions = model.chosen();
    const PlanRun after = plans.run(actions);
    if (!model.learn(after, options.protect)) {
      if (plans.sound(after)) consider(result.plan, plans.judged(actions, after));
      break;
    }
    const bool out = has_run_out(options.patience);
    if (out || is_turn(round)) consider(result.plan, plans.repaired(actions));
    if (out || (result.plan && model.meets(*result.plan))) break;
  }
  result.proven = result.plan && model.meets(*result.plan);
  if (result.plan) result.plan = plans.unplugging(*std::move(result.plan));
  return result;
}

Frontier frontier(const Graph& graph, const Scenario& scenario, const ContainOptions& options) {
  Frontier result;
  ContainModel model(graph, scenario, options, true);
  Plans& plans = model.plans();
  std::uint32_t below = kAnyNumber;  // fewer than this are to be reached
  while (plans.kept(model.base())) {
    const Verdict verdict = model.solve();
    if (verdict == Verdict::unsatisfiable) break;
    if (verdict == Verdict::undecided || has_run_out(options.patience)) {
      result.complete = false;
      break;
    }
    const std::vector<Action> actions = model.chosen();
    const PlanRun after = plans.run(actions);
    if (model.learn(after, model.surprises(after))) continue;
    Plan plan = plans.unplugging(plans.judged(actions, after));
    if (plan.reached < below) {  // otherwise some are reached that were not known when it was set
      below = plan.reached;
      result.plans.push_back(std::move(plan));
    }
    if (below <= scenario.compromised.size()) break;
    model.reach_at_most(below - 1);
  }
  return result;
}

Scenario with_actions(const Graph& graph, Scenario scenario, const std::vector<Action>& actions,
                      const std::vector<RuleBlock>& rules) {
  for (const Action& action : actions) {
    switch (action.type) {
      case Action::Type::isolate_system:
        put(scenario.isolated_systems, action.node);
        break;
      case Action::Type::isolate_zone:
        put(scenario.isolated_zones, action.node);
        break;
      case Action::Type::switch_off:
      case Action::Type::disable:
        put(scenario.off, action.node);
        break;
      case Action::Type::block_rule:
        scenario.block.push_back(std::ranges::find(rules, action.rule, &RuleBlock::rule)->flow);
        break;
      case Action::Type::block_zones:
        scenario.block.push_back({places_in(graph, action.node), places_in(graph, action.to), PortSet::any()});
        break;
    }
  }
  return scenario;
}

}  // namespace firebreak
