#include "analyzer/containment/model.h"

#include <algorithm>

#include "analyzer/need_law.h"

namespace firebreak {

using solver::Literal;

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

ContainModel::ContainModel(const Graph& graph, const Scenario& scenario, const ContainOptions& options,
                           bool reach_costs)
    : graph_(graph),
      scenario_(scenario),
      options_(options),
      reach_costs_(reach_costs),
      base_(run_need(graph, scenario)),
      cuts_(graph, scenario, options),
      plans_(graph, scenario, options, base_, cuts_),
      best_(sat_, kLevels),
      weight_scale_(weights(graph)),
      cost_scale_(costs(graph, options)),
      keep_(graph.node_count, 0),
      needs_(graph, base_, cuts_, sat_,
             [this](NodeId s, Literal fails, Literal degraded) { feel(s, fails, degraded); }),
      steps_(graph, scenario, cuts_),
      reached_(graph.node_count) {
  for (const NodeId n : options.keep) keep_[n] = 1;
  if (reach_costs) return;
  for (const NodeId n : options.protect) sat_.add_clause({~reached(StepRows::station(n))});
}

/// A service may fail or be degraded, and did neither before.
void ContainModel::feel(NodeId service, Literal fails, Literal degraded) {
  const Cost weight = weight_scale_.up(graph_.weight[service]);
  const VertexId v(service.index());
  if (base_.fails[v] != kNever) return;
  if (keep_[service] != 0) {
    sat_.add_clause({~fails});
  } else {
    best_.add_cost(kLost, fails, weight);
  }
  if (base_.degrades[v] != kNever || weight == 0) return;
  const Literal only_degraded(sat_.add_variable());
  sat_.add_clause({~degraded, fails, only_degraded});
  best_.add_cost(kDegraded, only_degraded, weight);
}

Literal ContainModel::literal(CutId c) {
  while (cut_literals_.size() <= c.index()) cut_literals_.push_back({});
  if (cut_literals_[c].valid()) return cut_literals_[c];
  const Literal literal(sat_.add_variable());
  cut_literals_[c] = literal;
  best_.add_cost(kCost, literal, cost_scale_.up(cuts_.cost(c)));
  if (!cost_scale_.counts()) best_.add_cost(kCount, literal, 1);
  needs_.add(c, literal);
  return literal;
}

Literal ContainModel::reached(StationId s) {
  while (reached_.size() <= s.index()) reached_.push_back({});
  if (reached_[s].valid()) return reached_[s];
  const Literal literal(sat_.add_variable(!steps_.is_node(s)));
  reached_[s] = literal;
  if (!steps_.is_node(s)) return literal;
  if (std::ranges::binary_search(scenario_.compromised, NodeId(s.index()))) {
    sat_.add_clause({literal});
  } else {
    reachable_.push_back(literal);
    if (reach_costs_) best_.add_cost(kReached, literal, 1);
  }
  return literal;
}

void ContainModel::reach_at_most(std::size_t count) {
  const std::size_t more = count - std::min(count, scenario_.compromised.size());
  if (more >= reachable_.size()) return;
  solver::Totalizer sum(reachable_);
  sat_.add_clause({~sum.at_least(more + 1, sat_)});
}

std::vector<Action> ContainModel::chosen() const {
  std::vector<Action> actions;
  for (const CutId c : ids<CutId>(cut_literals_.size())) {
    if (cut_literals_[c].valid() && sat_.holds(cut_literals_[c])) actions.push_back(cuts_.action(c));
  }
  std::ranges::sort(actions);
  return actions;
}

bool ContainModel::learn(const PlanRun& after, std::span<const NodeId> targets) {
  bool learnt = needs_.explain(after.scenario, after.need);
  for (const StepRow& row : steps_.leading_to(targets, after)) {
    say(row);
    learnt = true;
  }
  return learnt;
}

void ContainModel::learn_pivots() {
  constexpr std::size_t kMostPairs = 4'000'000;
  for (const StepRow& row : steps_.by_pivots(plans_.run({}), kMostPairs)) say(row);
}

void ContainModel::say(const StepRow& row) {
  std::vector<Literal> clause{reached(row.to)};
  for (const StationId from : row.from) clause.push_back(~reached(from));
  for (const CutId c : row.cuts) clause.push_back(literal(c));
  sat_.add_clause(clause);
}

std::vector<NodeId> ContainModel::surprises(const PlanRun& after) const {
  std::vector<NodeId> found;
  for (const NodeId n : after.spread.order) {
    const Literal reached = reached_[StepRows::station(n)];
    if (!reached.valid() || !sat_.holds(reached)) found.push_back(n);
  }
  return found;
}

PlanBound ContainModel::bound() const {
  const auto [cost, count] = cost_scale_.least(best_.bound(kCost), cut_literals_.size());
  return {weight_scale_.down(best_.bound(kLost)), weight_scale_.down(best_.bound(kDegraded)), cost,
          static_cast<std::uint32_t>(cost_scale_.counts() ? count : best_.bound(kCount))};
}

bool ContainModel::meets(const Plan& plan) const {
  if (weight_scale_.up(plan.weight_lost) != best_.bound(kLost)) return false;
  if (weight_scale_.up(plan.weight_degraded) != best_.bound(kDegraded)) return false;
  if (cost_scale_.up(plan.cost, plan.actions.size()) != best_.bound(kCost)) return false;
  return cost_scale_.counts() || plan.actions.size() == best_.bound(kCount);
}

}  // namespace firebreak
