// What is known of the attacker's steps and of needs is a set of clauses, and the best plan for that much is found by
// core-guided search. Both laws are run under the plan: a way around it, or a loss it did not expect, become new
// clauses. When neither is left, the plan is the best there is, for every clause says only what the laws say.
//
// This is the implicit hitting set approach of Karp and Moreno-Centeno, "The implicit hitting set approach to solve
// combinatorial optimization problems" (2013).

#include "firebreak/contain.h"

#include <algorithm>
#include <bit>
#include <set>

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/need_rows.h"
#include "analyzer/containment/plans.h"
#include "analyzer/need_law.h"
#include "analyzer/solver/lexicographic.h"
#include "analyzer/solver/scale.h"

namespace firebreak {

namespace {

using solver::Literal;
using solver::Verdict;
using Cost = solver::Cheapest::Cost;

enum Level : std::uint8_t { kLost, kDegraded, kCost, kCount, kLevels };
/// Where costs are not too large, cost and number of actions are one sum, so that nothing has to be proven twice: the
/// number is what is left of it when it is divided by this.
constexpr Cost kMostActions = Cost{1} << 24U;
constexpr double kMostJoinedCost = 1e11;

class ContainSearch {
 public:
  ContainSearch(const Graph& graph, const Scenario& scenario, const ContainOptions& options)
      : graph_(graph),
        scenario_(scenario),
        options_(options),
        base_(run_need(graph, scenario)),
        cuts_(graph, scenario, options),
        plans_(graph, scenario, options, base_, cuts_),
        best_(sat_, kLevels),
        weight_scale_(weights(graph)),
        cost_scale_(costs(graph, options)),
        joined_(cost_scale_.sum() < kMostJoinedCost),
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
    for (std::uint64_t round = 1;; ++round) {
      const Verdict verdict = best_.solve(options_.patience);
      result.bound = bound();
      if (verdict == Verdict::unsatisfiable) return result;
      if (verdict == Verdict::undecided) break;
      const std::vector<Action> actions = chosen();
      const PlanRun after = plans_.run(actions);
      if (!learn(after)) {
        if (plans_.sound(after)) consider(result, plans_.judged(actions, after));
        break;
      }
      const bool out = has_run_out(options_.patience);
      if (out || is_turn(round)) consider(result, plans_.repaired(actions));
      if (out || meets(result)) break;
    }
    result.proven = meets(result);
    if (result.plan) result.plan = plans_.unplugging(*std::move(result.plan));
    return result;
  }

 private:
  static std::vector<double> weights(const Graph& graph) { return {graph.weight.begin(), graph.weight.end()}; }
  static std::vector<double> costs(const Graph& graph, const ContainOptions& options) {
    std::vector<double> result(graph.cost.begin(), graph.cost.end());
    for (const RuleBlock& rule : options.rules) result.push_back(rule.cost);
    return result;
  }

  [[nodiscard]] PlanBound bound() const {
    const Cost cost = joined_ ? best_.bound(kCost) / kMostActions : best_.bound(kCost);
    const Cost count = joined_ ? best_.bound(kCost) % kMostActions : best_.bound(kCount);
    return {weight_scale_.down(best_.bound(kLost)), weight_scale_.down(best_.bound(kDegraded)), cost_scale_.down(cost),
            static_cast<std::uint32_t>(count)};
  }

  /// In which rounds a plan is made from what is known so far, in case that no better one is found in time.
  [[nodiscard]] static bool is_turn(std::uint64_t round) { return round >= 8 && std::has_single_bit(round); }

  static void consider(Containment& result, std::optional<Plan> plan) {
    if (plan && (!result.plan || Plans::better(*plan, *result.plan))) result.plan = std::move(plan);
  }

  /// Whether the plan is as good as the bounds.
  [[nodiscard]] bool meets(const Containment& result) const {
    if (!result.plan) return false;
    const Plan& plan = *result.plan;
    const Cost cost = cost_scale_.up(plan.cost);
    const Cost count = plan.actions.size();
    if (weight_scale_.up(plan.weight_lost) != best_.bound(kLost)) return false;
    if (weight_scale_.up(plan.weight_degraded) != best_.bound(kDegraded)) return false;
    if (joined_) return cost * kMostActions + count == best_.bound(kCost);
    return cost == best_.bound(kCost) && count == best_.bound(kCount);
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
    const Cost cost = cost_scale_.up(cuts_.cost(c));
    best_.add_cost(kCost, literal, joined_ ? cost * kMostActions + 1 : cost);
    if (!joined_) best_.add_cost(kCount, literal, 1);
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

  /// Makes clauses of what the laws say under a plan. False when they say nothing new.
  [[nodiscard]] bool learn(const PlanRun& after) {
    bool learnt = rows_.explain(after.scenario, after.need);
    for (const StepRow& row : plans_.rows(after)) {
      if (!known_rows_.insert(row).second) continue;
      learnt = true;
      std::vector<Literal> clause{reached(row.to)};
      for (const NodeId from : row.from) clause.push_back(~reached(from));
      for (const CutId c : row.cuts) clause.push_back(literal(c));
      sat_.add_clause(clause);
    }
    return learnt;
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  const NeedRun base_;
  Cuts cuts_;
  Plans plans_;
  solver::SatSolver sat_;
  solver::Lexicographic best_;
  solver::Scale weight_scale_;
  solver::Scale cost_scale_;
  const bool joined_;
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
