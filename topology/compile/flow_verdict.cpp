// First match, tier by tier: the rules that match both classes are walked in order; what a rule decides leaves the
// ports still open; `pass` closes them only until the next tier begins.

#include "topology/compile/flow_verdict.h"

#include <algorithm>
#include <utility>

#include "firebreak/policy.h"

namespace firebreak {

namespace {

/// Leaves out the rules before one, where `rules` ascend.
std::span<const RuleIndex> from_rule_on(std::span<const RuleIndex> rules, RuleIndex first) {
  if (rules.empty() || rules.front() >= first) return rules;
  std::size_t step = 1;  // rules[step / 2] is before `first`
  while (step < rules.size() && rules[step] < first) step *= 2;
  const auto begin = rules.begin() + static_cast<std::ptrdiff_t>(step / 2);
  const auto end = rules.begin() + static_cast<std::ptrdiff_t>(std::min(step, rules.size()));
  return {std::lower_bound(begin, end, first), rules.end()};
}

/// Calls `visit(rule index)` for every rule of the policy, from `first` on, that matches both classes, in order, until
/// it returns false.
template <class Visit>
void walk_matching(const Graph& graph, const GraphPolicy& policy, RuleIndex first, FlowClassId from, FlowClassId to,
                   Visit visit) {
  RuleWalk sources = rules_from(graph.flow, from);
  RuleWalk targets = rules_to(graph.flow, to);
  for (RuleIndex r = first;;) {
    r = sources.seek(r);
    if (!r.valid() || r >= policy.end_rule) return;
    const RuleIndex other = targets.seek(r);
    if (!other.valid() || other >= policy.end_rule) return;
    if (other == r) {
      if (!visit(r)) return;
      r = RuleIndex(r.index() + 1);
    } else {
      r = other;
    }
  }
}

/// Calls `decide(rule, ports)` for every rule, from `first` on, that decides some of `wanted`; returns what none of
/// them does.
template <class Decide>
PortSet walk_decisions(const Graph& graph, const GraphPolicy& policy, RuleIndex first, FlowClassId from, FlowClassId to,
                       const PortSet& wanted, Decide decide) {
  PortSet undecided = wanted;
  PortSet open = wanted;  // of the undecided, those no pass of this tier has sent on
  std::int64_t tier = 0;
  bool begun = false;
  walk_matching(graph, policy, first, from, to, [&](RuleIndex index) {
    const GraphRule& rule = graph.flow.rules[index];
    if (!begun || rule.tier != tier) {
      tier = rule.tier;
      open = undecided;
      begun = true;
    }
    const PortSet hit = intersect(open, graph.ports[rule.ports]);
    if (hit.empty()) return true;
    open = subtract(open, hit);
    if (rule.action == RuleAction::pass) return true;
    undecided = subtract(undecided, hit);
    decide(index, hit);
    return !undecided.empty();
  });
  return undecided;
}

}  // namespace

RuleWalk::RuleWalk(const FlowRelation& flow, FlowClassId c, const Packed<SelectorId, RuleIndex>& of,
                   std::span<const RuleIndex> everything) {
  const std::span<const SelectorId> selectors = flow.selectors_of[c];
  if (selectors.size() >= few_.size()) more_.reserve(selectors.size() + 1);
  const auto add = [&](Rules rules) {
    if (rules.empty()) return;
    if (more_.capacity() > 0) {
      more_.push_back(rules);
    } else {
      few_[count_++] = rules;
    }
  };
  for (const SelectorId selector : selectors) add(of[selector]);
  add(everything);
}

RuleIndex RuleWalk::seek(RuleIndex at_least) {
  RuleIndex next;
  for (Rules& rules : lists()) {
    rules = from_rule_on(rules, at_least);
    if (!rules.empty()) next = std::min(next, rules.front());
  }
  return next;
}

PortSet allowed_by(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                   const PortSet& wanted) {
  PortSet allowed;
  const PortSet undecided =
      walk_decisions(graph, policy, policy.first_rule, from, to, wanted, [&](RuleIndex rule, const PortSet& ports) {
        if (graph.flow.rules[rule].action == RuleAction::allow) allowed = unite(allowed, ports);
      });
  return policy.allow_otherwise ? unite(allowed, undecided) : allowed;
}

std::vector<Decision> decisions(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                                const PortSet& wanted, RuleIndex first) {
  std::vector<Decision> result;
  PortSet undecided = walk_decisions(graph, policy, first.valid() ? first : policy.first_rule, from, to, wanted,
                                     [&](RuleIndex rule, const PortSet& ports) {
                                       result.push_back({rule, ports});
                                     });
  if (!undecided.empty()) result.push_back({{}, std::move(undecided)});
  return result;
}

PortSet permitted_of(const Graph& graph, FlowClassId from, FlowClassId to, PortSet wanted) {
  for (const GraphPolicy& policy : graph.flow.policies) {
    if (wanted.empty()) break;
    if (applies(graph, policy, from, to)) wanted = allowed_by(graph, policy, from, to, wanted);
  }
  return wanted;
}

RuleIndex deciding_rule(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                        std::uint32_t port) {
  RuleIndex decided;
  std::int64_t passed_tier = 0;
  bool passed = false;
  walk_matching(graph, policy, policy.first_rule, from, to, [&](RuleIndex index) {
    const GraphRule& rule = graph.flow.rules[index];
    if (passed && rule.tier == passed_tier) return true;
    if (!graph.ports[rule.ports].contains(port)) return true;
    if (rule.action == RuleAction::pass) {
      passed = true;
      passed_tier = rule.tier;
      return true;
    }
    decided = index;
    return false;
  });
  return decided;
}

PortSet ports_left_to(const Graph& graph, const GraphPolicy& policy, RuleIndex rule, FlowClassId from, FlowClassId to,
                      std::vector<RuleIndex>& takers) {
  PortSet left = graph.ports[graph.flow.rules[rule].ports];
  walk_matching(graph, policy, policy.first_rule, from, to, [&](RuleIndex index) {
    if (index >= rule) return false;
    const GraphRule& earlier = graph.flow.rules[index];
    const bool passes_on = earlier.action == RuleAction::pass && earlier.tier != graph.flow.rules[rule].tier;
    if (passes_on || !intersects(left, graph.ports[earlier.ports])) return true;
    left = subtract(left, graph.ports[earlier.ports]);
    takers.push_back(index);
    return !left.empty();
  });
  return left;
}

PortSet permitted_ports(const Graph& graph, FlowClassId from, FlowClassId to) {
  return permitted_of(graph, from, to, PortSet::any());
}

}  // namespace firebreak
