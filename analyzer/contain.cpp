// What is known of the attacker's steps and of needs is a set of clauses, and the best plan for that much is found by
// core-guided search. Both laws are run under the plan: a way around it, or a loss it did not expect, become new
// clauses. When neither is left, the plan is the best there is, for every clause says only what the laws say.
//
// This is the implicit hitting set approach of Karp and Moreno-Centeno, "The implicit hitting set approach to solve
// combinatorial optimization problems" (2013).

#include "firebreak/contain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/need_rows.h"
#include "analyzer/containment/step_cuts.h"
#include "analyzer/need_law.h"
#include "analyzer/solver/lexicographic.h"

namespace firebreak {

namespace {

using solver::Literal;
using solver::Verdict;
using Cost = solver::Cheapest::Cost;

/// Weights as whole numbers, so that sums of them are exact: in the smallest power of ten in which they are whole;
/// where there is none, or their sum grows too large, rounded.
class Scale {
 public:
  explicit Scale(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    const auto whole = [&](double factor) {
      return std::ranges::all_of(values,
                                 [&](double v) { return std::abs(v * factor - std::round(v * factor)) < 1e-6; });
    };
    constexpr double kMostSum = 4e18;
    constexpr double kMostFactor = 1e9;
    while (factor_ < kMostFactor && sum * factor_ * 10 < kMostSum && !whole(factor_)) factor_ *= 10;
    while (sum * factor_ > kMostSum) factor_ /= 10;
  }
  [[nodiscard]] Cost up(double value) const { return static_cast<Cost>(std::llround(value * factor_)); }
  [[nodiscard]] double down(Cost value) const { return static_cast<double>(value) / factor_; }

 private:
  double factor_ = 1;
};

enum Level : std::uint8_t { kLost, kDegraded, kCost, kCount, kLevels };
/// A plan has fewer actions than this; those that switch off count one more of so many.
constexpr Cost kOneAction = Cost{1} << 24U;

class ContainSearch {
 public:
  ContainSearch(const Graph& graph, const Scenario& scenario, const ContainOptions& options)
      : graph_(graph),
        scenario_(scenario),
        options_(options),
        base_(run_need(graph, scenario)),
        cuts_(graph, scenario, options),
        best_(sat_, kLevels),
        weight_scale_(weights(graph)),
        cost_scale_(costs(graph, options)),
        rows_(graph, base_, cuts_, sat_,
              [this](NodeId s, Literal fails, Literal degraded) { feel(s, fails, degraded); }),
        reached_(graph.node_count) {
    keep_.assign(graph.node_count, 0);
    for (const NodeId n : options.keep) keep_[n] = 1;
  }

  [[nodiscard]] Containment run() {
    Containment result;
    for (const NodeId n : options_.protect) {
      if (std::ranges::binary_search(scenario_.compromised, n)) result.lost_already.push_back(n);
    }
    const bool kept =
        std::ranges::all_of(options_.keep, [&](NodeId n) { return base_.fails[VertexId(n.index())] == kNever; });
    if (!result.lost_already.empty() || !kept) return result;
    while (true) {
      const Verdict verdict = best_.solve(options_.patience);
      result.bound = bound();
      if (verdict != Verdict::satisfiable) {
        result.proven = verdict == Verdict::unsatisfiable;
        return result;
      }
      const std::vector<Action> actions = chosen();
      if (!learn(actions)) {
        result.plan = judged(actions);
        result.proven = result.plan && weight_scale_.up(result.plan->weight_lost) == best_.bound(kLost);
        return result;
      }
      if (has_run_out(options_.patience)) {
        result.proven = false;
        return result;
      }
    }
  }

 private:
  static std::vector<double> weights(const Graph& graph) { return {graph.weight.begin(), graph.weight.end()}; }
  static std::vector<double> costs(const Graph& graph, const ContainOptions& options) {
    std::vector<double> result(graph.cost.begin(), graph.cost.end());
    for (const RuleBlock& rule : options.rules) result.push_back(rule.cost);
    return result;
  }

  [[nodiscard]] PlanBound bound() const {
    return {weight_scale_.down(best_.bound(kLost)), weight_scale_.down(best_.bound(kDegraded)),
            cost_scale_.down(best_.bound(kCost)), static_cast<std::uint32_t>(best_.bound(kCount) / kOneAction)};
  }

  /// A service may fail or be degraded, and did neither before.
  void feel(NodeId service, Literal fails, Literal degraded) {
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

  [[nodiscard]] Literal literal(CutId c) {
    while (cut_literals_.size() <= c.index()) cut_literals_.push_back({});
    if (cut_literals_[c].valid()) return cut_literals_[c];
    const Literal literal(sat_.add_variable());
    cut_literals_[c] = literal;
    best_.add_cost(kCost, literal, cost_scale_.up(cuts_.cost(c)));
    best_.add_cost(kCount, literal, kOneAction + (cuts_.action(c).type == Action::Type::switch_off ? 1 : 0));
    rows_.add(c, literal);
    return literal;
  }

  [[nodiscard]] Literal reached(NodeId n) {
    if (!reached_[n].valid()) {
      reached_[n] = Literal(sat_.add_variable());
      if (std::ranges::binary_search(scenario_.compromised, n)) sat_.add_clause({reached_[n]});
      if (std::ranges::find(options_.protect, n) != options_.protect.end()) sat_.add_clause({~reached_[n]});
    }
    return reached_[n];
  }

  [[nodiscard]] std::vector<Action> chosen() const {
    std::vector<Action> actions;
    for (const CutId c : ids<CutId>(cut_literals_.size())) {
      if (cut_literals_[c].valid() && sat_.holds(cut_literals_[c])) actions.push_back(cuts_.action(c));
    }
    std::ranges::sort(actions);
    return actions;
  }

  /// Runs the laws under a plan. False when they say nothing that the clauses do not.
  [[nodiscard]] bool learn(const std::vector<Action>& actions) {
    const Scenario after = with_actions(graph_, scenario_, actions, options_.rules);
    const NeedRun run = run_need(graph_, after);
    const bool reached = learn_steps(after, run);
    if (rows_.explain(after, run)) return true;
    return reached;
  }

  bool learn_steps(const Scenario& after, const NeedRun& run) {
    const Blast spread = blast(graph_, after, run);
    const Mask mask(graph_, after);
    StepCuts steps(mask, run, cuts_);
    bool learnt = false;
    IdVector<NodeId, bool> seen(graph_.node_count, false);
    std::vector<NodeId> open;
    for (const NodeId n : options_.protect) {
      if (spread.reached[n]) open.push_back(n);
    }
    while (!open.empty()) {
      const NodeId n = open.back();
      open.pop_back();
      if (seen[n] || spread.shortest[n].type == StepType::start) continue;
      seen[n] = true;
      const StepRow row = steps.row(n, spread.shortest[n]);
      for (const NodeId from : row.from) open.push_back(from);
      if (!known_rows_.insert(row).second) continue;
      learnt = true;
      std::vector<Literal> clause{this->reached(n)};
      for (const NodeId from : row.from) clause.push_back(~this->reached(from));
      for (const CutId c : row.cuts) clause.push_back(literal(c));
      sat_.add_clause(clause);
    }
    return learnt;
  }

  /// What a plan leads to; nothing when it is not sound.
  [[nodiscard]] std::optional<Plan> judged(std::vector<Action> actions) {
    const Scenario after = with_actions(graph_, scenario_, actions, options_.rules);
    const NeedRun run = run_need(graph_, after);
    const Blast spread = blast(graph_, after, run);
    if (std::ranges::any_of(options_.protect, [&](NodeId n) { return spread.reached[n]; })) return std::nullopt;
    Plan plan;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (spread.reached[n]) ++plan.reached;
      const VertexId v(n.index());
      if (graph_.kind[n] != NodeKind::service || base_.fails[v] != kNever) continue;
      if (run.fails[v] != kNever) {
        plan.lost.push_back(n);
        plan.weight_lost += graph_.weight[n];
      } else if (run.degrades[v] != kNever && base_.degrades[v] == kNever) {
        plan.degraded.push_back(n);
        plan.weight_degraded += graph_.weight[n];
      }
    }
    for (const Action& action : actions) plan.cost += cuts_.cost(action);
    plan.actions = std::move(actions);
    return plan;
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  const NeedRun base_;
  Cuts cuts_;
  solver::SatSolver sat_;
  solver::Lexicographic best_;
  Scale weight_scale_;
  Scale cost_scale_;
  IdVector<NodeId, std::uint8_t> keep_;
  NeedRows rows_;
  IdVector<NodeId, Literal> reached_;
  IdVector<CutId, Literal> cut_literals_;
  std::set<StepRow> known_rows_;
};

void put(std::vector<NodeId>& list, NodeId n) {
  const auto at = std::ranges::lower_bound(list, n);
  if (at == list.end() || *at != n) list.insert(at, n);
}

}  // namespace

Containment contain(const Graph& graph, const Scenario& scenario, const ContainOptions& options) {
  return ContainSearch(graph, scenario, options).run();
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
