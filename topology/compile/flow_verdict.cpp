// First match, tier by tier: the rules that match both classes are walked in order; what a rule decides leaves the
// ports still open; `pass` closes them only until the next tier begins.

#include "topology/compile/flow_verdict.h"

#include "firebreak/policy.h"

namespace firebreak {

namespace {

/// Calls `visit(rule index)` for every rule of the policy that matches both classes, in order, until it returns false.
template <class Visit>
void walk_matching(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to, Visit visit) {
  RuleMerge sources = rules_from(graph.flow, from);
  RuleMerge targets = rules_to(graph.flow, to);
  sources.skip_to(policy.first_rule);
  targets.skip_to(policy.first_rule);
  while (!sources.done() && !targets.done()) {
    const RuleIndex s = sources.current();
    const RuleIndex t = targets.current();
    if (std::max(s, t) >= policy.end_rule) return;
    if (s == t) {
      if (!visit(s)) return;
      sources.next();
      targets.next();
    } else if (s < t) {
      sources.next();
    } else {
      targets.next();
    }
  }
}

}  // namespace

PortSet allowed_by(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                   const PortSet& wanted) {
  PortSet undecided = wanted;
  PortSet open = wanted;  // of the undecided, those no pass of this tier has sent on
  PortSet allowed;
  std::int64_t tier = 0;
  bool first = true;
  walk_matching(graph, policy, from, to, [&](RuleIndex index) {
    const GraphRule& rule = graph.flow.rules[index];
    if (first || rule.tier != tier) {
      tier = rule.tier;
      open = undecided;
      first = false;
    }
    const PortSet hit = intersect(open, graph.ports[rule.ports]);
    if (hit.empty()) return true;
    open = subtract(open, hit);
    if (rule.action == RuleAction::pass) return true;
    undecided = subtract(undecided, hit);
    if (rule.action == RuleAction::allow) allowed = unite(allowed, hit);
    return !undecided.empty();
  });
  return policy.allow_otherwise ? unite(allowed, undecided) : allowed;
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
  walk_matching(graph, policy, from, to, [&](RuleIndex index) {
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
  walk_matching(graph, policy, from, to, [&](RuleIndex index) {
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
