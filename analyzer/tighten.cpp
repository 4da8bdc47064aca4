// Every change is a switch on one copy of the graph, in which all rules that any of them would write stand already,
// with no ports: so a choice of changes is measured by giving some rules their ports and taking others'. Changes only
// ever take flows away, so more of them never reach more, and all of them together bring as much as any choice can.

#include "firebreak/tighten.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "analyzer/combinations.h"
#include "analyzer/flow_demands.h"
#include "analyzer/flow_edit.h"
#include "analyzer/least_policy.h"
#include "analyzer/tightening_candidates.h"

namespace firebreak {

namespace {

using Choice = std::vector<std::size_t>;  ///< of candidates, ascending

/// The graph with a switch for each candidate: rules that have their ports, or none.
class Switches {
 public:
  Switches(const Graph& graph, const std::vector<Candidate>& candidates)
      : graph_(graph), nothing_(add_ports(graph_, {})), any_(add_ports(graph_, PortSet::any())) {
    FlowDraft draft(graph);
    single_out(draft, candidates);
    switches_.resize(candidates.size());
    std::map<RuleIndex, std::size_t> of_rule;
    std::map<std::size_t, std::size_t> of_default;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if (candidates[c].at.valid()) of_rule[candidates[c].at] = c;
      if (candidates[c].change.type == Tightening::Type::deny_by_default) of_default[candidates[c].policy] = c;
    }
    for (std::size_t p = 0; p < graph.flow.policies.size(); ++p) {
      std::vector<FlowDraft::DraftRule> old = std::exchange(draft.policies[p].rules, {});
      policies_.emplace_back();
      for (std::size_t i = 0; i < old.size(); ++i) {
        const auto found = of_rule.find(RuleIndex(graph.flow.policies[p].first_rule.index() + i));
        const std::int64_t tier = old[i].rule.tier;
        add(draft.policies[p], std::move(old[i]), found == of_rule.end() ? kNone : found->second, false);
        if (found != of_rule.end()) add_kept(draft, p, candidates[found->second], found->second, tier);
      }
      if (const auto found = of_default.find(p); found != of_default.end()) {
        const auto& all = draft.policies[p].rules;
        add_kept(draft, p, candidates[found->second], found->second, all.empty() ? 0 : all.back().rule.tier + 1);
        switches_[found->second].policy = p;
      }
    }
    for (std::size_t c = 0; c < candidates.size(); ++c) add_new_policy(draft, candidates[c], c);
    graph_.flow = draft.packed();
    find_rules();
  }

  [[nodiscard]] BlastSizes measure(const Choice& choice) {
    for (const std::size_t c : choice) set(switches_[c], true);
    const BlastSizes sizes = together(graph_, blast_sizes(graph_, {}));
    for (const std::size_t c : choice) set(switches_[c], false);
    return sizes;
  }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  struct Toggled {
    RuleIndex rule;
    PortSetId off;
    PortSetId on;
  };
  struct Switch {
    std::vector<Toggled> rules;
    std::size_t policy = kNone;  ///< that denies by default when it is on
  };
  /// A rule of the draft: whose switch it is, and its ports when that is on.
  struct Drafted {
    std::size_t candidate = kNone;
    PortSetId on;
  };

  /// Every place that a rule may have to name; zones behind them.
  static void single_out(FlowDraft& draft, const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates) {
      for (const LeastRule& rule : candidate.change.kept) {
        for (const auto* side : {&rule.from, &rule.to}) {
          for (const NodeId n : *side) static_cast<void>(draft.only(n));
        }
      }
    }
  }

  void add(FlowDraft::DraftPolicy& policy, FlowDraft::DraftRule rule, std::size_t candidate, bool kept) {
    const PortSetId ports = rule.rule.ports;
    if (kept) rule.rule.ports = nothing_;
    policies_.back().push_back({candidate, kept ? ports : nothing_});
    policy.rules.push_back(std::move(rule));
  }

  void add_kept(FlowDraft& draft, std::size_t policy, const Candidate& candidate, std::size_t number,
                std::int64_t tier) {
    for (const LeastRule& rule : candidate.change.kept) {
      FlowDraft::DraftRule drafted{{RuleId::none(), RuleAction::allow, tier, add_ports(graph_, rule.ports)}, {}, {}};
      for (const NodeId n : rule.from) {
        drafted.from.push_back(graph_.kind[n] == NodeKind::zone ? draft.inside(n) : draft.only(n));
      }
      for (const NodeId n : rule.to) drafted.to.push_back(draft.only(n));
      add(draft.policies[policy], std::move(drafted), number, true);
    }
  }

  void add_new_policy(FlowDraft& draft, const Candidate& candidate, std::size_t number) {
    const bool wall = candidate.change.type == Tightening::Type::split_zone;
    if (!wall && candidate.change.type != Tightening::Type::new_policy) return;
    draft.policies.emplace_back();
    policies_.emplace_back();
    draft.policies.back().policy.within_zones = wall;
    draft.policies.back().policy.allow_otherwise = true;
    add_kept(draft, draft.policies.size() - 1, candidate, number, 0);
    if (!wall) {
      switches_[number].policy = draft.policies.size() - 1;
      return;
    }
    const SelectorId zone = draft.inside(candidate.change.zone);
    add(draft.policies.back(), {{RuleId::none(), RuleAction::deny, 0, any_}, {zone}, {zone}}, number, true);
  }

  /// The numbers of the drafted rules, now that they have some.
  void find_rules() {
    for (std::size_t p = 0; p < policies_.size(); ++p) {
      RuleIndex rule = graph_.flow.policies[p].first_rule;
      for (const Drafted& drafted : policies_[p]) {
        if (drafted.candidate != kNone) {
          switches_[drafted.candidate].rules.push_back({rule, graph_.flow.rules[rule].ports, drafted.on});
        }
        rule = RuleIndex(rule.index() + 1);
      }
    }
  }

  void set(const Switch& one, bool on) {
    for (const Toggled& toggled : one.rules) graph_.flow.rules[toggled.rule].ports = on ? toggled.on : toggled.off;
    if (one.policy != kNone) graph_.flow.policies[one.policy].allow_otherwise = !on;
  }

  Graph graph_;
  PortSetId nothing_;
  PortSetId any_;
  std::vector<Switch> switches_;
  std::vector<std::vector<Drafted>> policies_;  ///< as in the draft
};

/// The choice of candidates that brings most.
class TighteningSearch {
 public:
  TighteningSearch(const Graph& graph, std::vector<Candidate> candidates, std::size_t most, TighteningPlan& plan)
      : candidates_(std::move(candidates)), plan_(plan), most_(most) {
    budget_ = std::max<std::size_t>(10, 300'000 / (graph.node_count + 1));
    leave_out_the_small();
    switches_.emplace(graph, candidates_);
  }

  void run() {
    plan_.now = measure({});
    Choice all;
    for (std::size_t c = 0; c < candidates_.size(); ++c) all.push_back(c);
    plan_.best = measure(all);
    if (score(plan_.best) >= score(plan_.now)) return;
    most_ = std::min(most_, all.size());
    if (choices(all.size(), most_) <= static_cast<double>(budget_)) {
      order(best_of_all(all));
      return;
    }
    plan_.exact = false;
    leave_out_the_idle(all);
    most_ = std::min(most_, all.size());
    order(choices(all.size(), most_) <= static_cast<double>(budget_) ? best_of_all(all) : step_by_step(all));
  }

 private:
  /// The fewer the better, of both what is reached on average and at worst, each relative to now.
  [[nodiscard]] double score(const BlastSizes& sizes) const {
    const auto share = [](double is, double was) { return was == 0 ? 0 : is / was; };
    return share(sizes.mean(), plan_.now.mean()) +
           share(static_cast<double>(sizes.worst), static_cast<double>(plan_.now.worst));
  }

  [[nodiscard]] const BlastSizes& measure(const Choice& choice) {
    const auto at = known_.find(choice);
    if (at != known_.end()) return at->second;
    return known_.emplace(choice, switches_->measure(choice)).first->second;
  }

  /// Where there are more candidates than may be measured, those that speak of the most pairs of places.
  void leave_out_the_small() {
    const std::size_t fit = std::max<std::size_t>(10, budget_ / 2);
    if (candidates_.size() <= fit) return;
    plan_.complete = false;
    plan_.exact = false;
    std::vector<std::size_t> order(candidates_.size());
    for (std::size_t c = 0; c < order.size(); ++c) order[c] = c;
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t c) { return candidates_[c].pairs; });
    order.resize(fit);
    std::ranges::sort(order);
    std::vector<Candidate> kept;
    for (const std::size_t c : order) kept.push_back(std::move(candidates_[c]));
    candidates_ = std::move(kept);
  }

  /// Those that bring nothing alone, and without which all others together bring as much.
  void leave_out_the_idle(Choice& all) {
    Choice useful;
    for (const std::size_t c : all) {
      Choice without = all;
      std::erase(without, c);
      if (!may_measure() || score(measure({c})) < score(plan_.now) || score(measure(without)) > score(plan_.best)) {
        useful.push_back(c);
      }
    }
    all = std::move(useful);
  }

  /// How many choices of up to `most` of `count` there are.
  [[nodiscard]] static double choices(std::size_t count, std::size_t most) {
    double sum = 0;
    double exactly = 1;
    for (std::size_t k = 1; k <= most; ++k) {
      exactly = exactly * static_cast<double>(count - k + 1) / static_cast<double>(k);
      sum += exactly;
    }
    return sum;
  }

  [[nodiscard]] Choice best_of_all(const Choice& all) {
    Choice best;
    for (std::size_t size = 1; size <= most_; ++size) {
      std::vector<std::size_t> at = first_combination(size);
      do {
        Choice choice;
        for (const std::size_t i : at) choice.push_back(all[i]);
        if (score(measure(choice)) < score(measure(best))) best = std::move(choice);
      } while (next_combination(at, all.size()));
    }
    return best;
  }

  /// One change after the other, each the one that brings most; where none alone does, two at once.
  [[nodiscard]] Choice step_by_step(const Choice& all) {
    Choice chosen;
    while (chosen.size() < most_) {
      Choice best = chosen;
      const auto consider = [&](Choice choice) {
        std::ranges::sort(choice);
        if (score(measure(choice)) < score(measure(best))) best = std::move(choice);
      };
      for (const std::size_t c : all) {
        if (std::ranges::binary_search(chosen, c) || !may_measure()) continue;
        Choice choice = chosen;
        choice.push_back(c);
        consider(std::move(choice));
      }
      for (std::size_t i = 0; i < all.size() && best == chosen && chosen.size() + 2 <= most_; ++i) {
        for (std::size_t j = i + 1; j < all.size() && may_measure(); ++j) {
          Choice choice = chosen;
          choice.insert(choice.end(), {all[i], all[j]});
          std::ranges::sort(choice);
          if (std::ranges::adjacent_find(choice) == choice.end()) consider(std::move(choice));
        }
      }
      if (best == chosen) break;
      chosen = std::move(best);
    }
    return chosen;
  }

  [[nodiscard]] bool may_measure() {
    if (known_.size() < 2 * budget_) return true;
    plan_.complete = false;
    return false;
  }

  /// The steps of a choice, the one that brings most first, each with what it brings.
  void order(const Choice& chosen) {
    Choice done;
    Choice left = chosen;
    while (!left.empty()) {
      std::size_t best = 0;
      Choice with_best;
      for (std::size_t i = 0; i < left.size(); ++i) {
        Choice with = done;
        with.push_back(left[i]);
        std::ranges::sort(with);
        if (!with_best.empty() && score(measure(with)) >= score(measure(with_best))) continue;
        best = i;
        with_best = std::move(with);
      }
      plan_.steps.push_back(candidates_[left[best]].change);
      plan_.steps.back().after = measure(with_best);
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
      done = std::move(with_best);
    }
  }

  std::vector<Candidate> candidates_;
  TighteningPlan& plan_;
  std::size_t most_;
  std::size_t budget_ = 0;
  std::optional<Switches> switches_;  ///< made once the candidates are settled
  std::map<Choice, BlastSizes> known_;
};

/// What needs state that are permitted it, and what requires demand.
std::vector<LeastRule> least_flows(const Graph& graph, std::span<const FlowDemand> demands) {
  std::vector<LeastRule> rules = joined_rules(stated_flows(graph, Needs::permitted));
  for (const FlowDemand& demand : demands) {
    LeastRule rule{{}, {}, demand.ports, {}};
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (!graph.flow.class_of[n].valid()) continue;
      if (demand.from.contains(n)) rule.from.push_back(n);
      if (demand.to.contains(n)) rule.to.push_back(n);
    }
    if (!rule.from.empty() && !rule.to.empty()) rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

TighteningPlan tighten(const Graph& graph, std::span<const FlowDemand> demands, std::uint32_t most) {
  TighteningPlan plan;
  plan.asked = most;
  TighteningSearch(graph, tightening_candidates(graph, demands), most, plan).run();
  plan.floor_sizes = blast_sizes(allowing_only(graph, least_flows(graph, demands)), {});
  plan.floor = together(graph, plan.floor_sizes);
  return plan;
}

}  // namespace firebreak
