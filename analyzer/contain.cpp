// What is known of the attacker's steps and of needs is a set of clauses, and the best plan for that much is found by
// core-guided search. Both laws are run under the plan: a way around it, or a loss it did not expect, become new
// clauses. When neither is left, the plan is the best there is, for every clause says only what the laws say.
//
// This is the implicit hitting set approach of Karp and Moreno-Centeno, "The implicit hitting set approach to solve
// combinatorial optimization problems" (2013).

#include "firebreak/contain.h"

#include <algorithm>

#include "analyzer/containment/model.h"

namespace firebreak {

namespace {

using Learn = ContainOptions::Learn;
using solver::Verdict;

/// So often patience is asked for, or a plan looked at, while steps are learnt as they are met; then they are learnt
/// all at once.
constexpr std::uint64_t kTries = 100;
constexpr std::uint64_t kRounds = 20;
/// While the best of equally good plans is looked for: so often patience is asked for, and so many visits of nodes the
/// laws may take; and the search looks at no more clauses than it did until then, or at so many.
constexpr std::uint64_t kTriesForTies = 5000;
constexpr std::size_t kVisitsForTies = 400'000;
constexpr std::uint64_t kClausesForTies = 50'000'000;

void put(std::vector<NodeId>& list, NodeId n) {
  const auto at = std::ranges::lower_bound(list, n);
  if (at == list.end() || *at != n) list.insert(at, n);
}

/// Learns steps as plans meet them, which settles most questions in a few rounds. Where that takes long, each model
/// that knows only some of the steps is as hard as the whole, and easier questions stand behind harder ones: then it
/// begins anew with all steps by pivots, and settles one measure of a plan after the other.
class ContainSearch {
 public:
  ContainSearch(const Graph& graph, const Scenario& scenario, const ContainOptions& options)
      : graph_(graph),
        scenario_(scenario),
        options_(options),
        tries_(options.learn == Learn::as_met ? kNoEnd : kTries) {
    model_.emplace(graph, scenario, options, false);
    if (options.learn == Learn::at_once) learn_at_once();
  }

  Containment run() {
    if (!plans().kept(model_->base())) return result_;
    while (!done_) look();
    result_.proven = result_.plan ? model_->meets(*result_.plan) : none_;
    if (result_.plan && result_.proven) settle_ties();
    if (result_.plan) result_.plan = plans().gentler(*std::move(result_.plan));
    return result_;
  }

 private:
  static constexpr std::uint64_t kNoEnd = ~std::uint64_t{0};

  [[nodiscard]] Plans& plans() { return model_->plans(); }
  [[nodiscard]] bool out() const { return has_run_out(options_.patience); }

  void learn_at_once() {
    tries_ = kNoEnd;
    levels_ = ContainModel::kLost + 1;
    model_.emplace(graph_, scenario_, options_, false);
    model_->learn_steps();
  }

  /// Patience as far as it goes for now.
  [[nodiscard]] bool goes_on() {
    if (tries_ == 0) return false;
    if (tries_ != kNoEnd) --tries_;
    return !out();
  }

  /// One round: the best plan by what is known, and what the laws say of it.
  void look() {
    const Verdict verdict = model_->solve(levels_, [this] { return goes_on(); });
    result_.bound = model_->bound();
    if (verdict == Verdict::undecided && tries_ == 0 && !out()) {
      learn_at_once();
    } else if (verdict == Verdict::satisfiable) {
      actions_ = model_->chosen();
      judge();
    } else {
      if (verdict == Verdict::undecided && !result_.plan) result_.plan = plans().repaired(actions_);
      none_ = verdict == Verdict::unsatisfiable;
      done_ = true;
    }
  }

  void consider(std::optional<Plan> plan) {
    if (plan && (!result_.plan || plans().better(*plan, *result_.plan))) result_.plan = std::move(plan);
  }

  void judge() {
    if (++round_ > kRounds && tries_ != kNoEnd) {
      learn_at_once();
      return;
    }
    const PlanRun after = plans().run(actions_);
    if (!model_->learn(after, options_.protect)) {
      if (plans().sound(after)) consider(plans().judged(actions_, after));
      done_ = levels_ == ContainModel::kOff;
      ++levels_;
      return;
    }
    if (out() && !result_.plan) consider(plans().repaired(actions_));
    done_ = out() || (result_.plan && model_->meets(*result_.plan));
  }

  /// Looks among the plans that are as good for one that switches off less, and of these for one that leaves fewer
  /// reached: the best there is, unless that takes long.
  void settle_ties() {
    const auto rank = [](const Plan& plan) {
      return std::pair(std::ranges::count(plan.actions, Action::Type::switch_off, &Action::type), plan.reached);
    };
    if (rank(*result_.plan) <= std::pair(std::ptrdiff_t{0}, static_cast<std::uint32_t>(scenario_.compromised.size()))) {
      return;
    }
    tries_ = kTriesForTies;
    std::size_t rounds = std::max<std::size_t>(10, kVisitsForTies / graph_.node_count);
    model_->count_reached();
    const std::uint64_t before = model_->clauses().effort();
    const std::uint64_t most = before + std::max(before, kClausesForTies);
    const auto is_worth_it = [&] { return goes_on() && model_->clauses().effort() < most; };
    while (rounds-- > 0 && is_worth_it() && model_->solve(ContainModel::kLevels, is_worth_it) == Verdict::satisfiable) {
      actions_ = model_->chosen();
      const PlanRun after = plans().run(actions_);
      std::vector<NodeId> targets = model_->surprises(after);
      targets.insert(targets.end(), options_.protect.begin(), options_.protect.end());
      const bool learnt = model_->learn(after, targets);
      if (plans().sound(after)) {
        Plan plan = plans().judged(actions_, after);
        if (rank(plan) < rank(*result_.plan) && !plans().better(*result_.plan, plan)) result_.plan = std::move(plan);
      }
      if (!learnt) return;
    }
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const ContainOptions& options_;
  std::optional<ContainModel> model_;
  Containment result_;
  std::vector<Action> actions_;  ///< of the last model
  std::uint64_t tries_;          ///< before all is learnt at once
  std::size_t levels_ = ContainModel::kOff;
  std::uint64_t round_ = 0;
  bool none_ = false;  ///< no plan is sound
  bool done_ = false;
};

}  // namespace

Containment contain(const Graph& graph, const Scenario& scenario, const ContainOptions& options) {
  Containment lost;
  for (const NodeId n : options.protect) {
    if (std::ranges::binary_search(scenario.compromised, n)) lost.lost_already.push_back(n);
  }
  return lost.lost_already.empty() ? ContainSearch(graph, scenario, options).run() : lost;
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

double cost_of(const Graph& graph, const Scenario& actions, const std::vector<RuleBlock>& rules) {
  double cost = 0;
  for (const auto* list : {&actions.off, &actions.isolated_systems, &actions.isolated_zones}) {
    for (const NodeId n : *list) cost += graph.cost[n];
  }
  for (const FlowRule& block : actions.block) {
    const auto rule = std::ranges::find(rules, block, &RuleBlock::flow);
    const NodeId from = zone_of(graph, block.from);
    const NodeId to = zone_of(graph, block.to);
    const double between = from.valid() && to.valid() ? std::max(graph.cost[from], graph.cost[to]) : 1;
    cost += rule == rules.end() ? between : rule->cost;
  }
  return cost;
}

}  // namespace firebreak
