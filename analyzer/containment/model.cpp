#include "analyzer/containment/model.h"

#include <algorithm>

#include "analyzer/need_law.h"

namespace firebreak {

using solver::Literal;

ContainModel::ContainModel(const Graph& graph, const Scenario& scenario, const ContainOptions& options,
                           bool reach_costs)
    : graph_(graph),
      scenario_(scenario),
      options_(options),
      reach_level_(reach_costs ? std::optional(kReached) : std::nullopt),
      base_(run_need(graph, scenario)),
      cuts_(graph, scenario, options),
      plans_(graph, scenario, options, base_, cuts_),
      best_(sat_, kLevels),
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
  const Cost weight = plans_.weight_scale().up(graph_.weight[service]);
  const VertexId v(service.index());
  if (base_.fails[v] != kNever) return;
  if (keep_[service] != 0) {
    sat_.add_clause({~fails});
  } else {
    losses_.emplace_back(fails, weight);
    best_.add_cost(kLost, fails, weight);
    best_.add_cost(kWeighed, fails, weight * per_lost_);
  }
  if (base_.degrades[v] != kNever || weight == 0) return;
  const Literal only_degraded(sat_.add_variable());
  sat_.add_clause({~degraded, fails, only_degraded});
  best_.add_cost(kDegraded, only_degraded, weight);
}

void ContainModel::weigh(Cost lost, Cost reached) {
  best_.clear(kWeighed);
  best_.clear(kReached);
  per_lost_ = lost;
  per_reached_ = reached;
  reach_level_ = kWeighed;
  for (const auto& [literal, cost] : losses_) best_.add_cost(kWeighed, literal, cost * lost);
  for (const Literal literal : reachable_) best_.add_cost(kWeighed, literal, reached);
}

Literal ContainModel::literal(CutId c) {
  while (cut_literals_.size() <= c.index()) cut_literals_.push_back({});
  if (cut_literals_[c].valid()) return cut_literals_[c];
  const Literal literal(sat_.add_variable());
  cut_literals_[c] = literal;
  best_.add_cost(kCost, literal, plans_.cost_scale().up(cuts_.cost(c)));
  if (!plans_.cost_scale().counts()) best_.add_cost(kCount, literal, 1);
  if (cuts_.action(c).type == Action::Type::switch_off) best_.add_cost(kOff, literal, 1);
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
    if (reach_level_) best_.add_cost(*reach_level_, literal, per_reached_);
  }
  return literal;
}

void ContainModel::count_reached() {
  reach_level_ = kLeft;
  for (const Literal literal : reachable_) best_.add_cost(kLeft, literal, 1);
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

void ContainModel::learn_steps() {
  constexpr std::size_t kMostPairs = 4'000'000;
  const PlanRun base = plans_.run({});
  for (const StepRow& row : steps_.by_pivots(base, kMostPairs)) say(row);
  for (const StepRow& row : steps_.by_flows(base, kMostPairs)) say(row);
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
  const auto [cost, count] = plans_.cost_scale().least(best_.bound(kCost), cut_literals_.size());
  return {plans_.weight_scale().down(best_.bound(kLost)), plans_.weight_scale().down(best_.bound(kDegraded)), cost,
          static_cast<std::uint32_t>(plans_.cost_scale().counts() ? count : best_.bound(kCount))};
}

bool ContainModel::meets(const Plan& plan) const {
  const PlanMeasures found = plans_.measures(plan);
  return found.lost == best_.bound(kLost) && found.degraded == best_.bound(kDegraded) &&
         found.cost == best_.bound(kCost) && (plans_.cost_scale().counts() || found.count == best_.bound(kCount));
}

}  // namespace firebreak
