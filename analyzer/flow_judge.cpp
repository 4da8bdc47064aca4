#include "firebreak/policy.h"

#include "analyzer/mask.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

/// The first of the rules that matches a flow.
std::optional<std::size_t> first_match(const std::vector<FlowRule>& rules, NodeId from, NodeId to, std::uint32_t port) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].from.contains(from) && rules[i].to.contains(to) && rules[i].ports.contains(port)) return i;
  }
  return std::nullopt;
}

}  // namespace

FlowJudgement judge(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to, std::uint32_t port) {
  FlowJudgement result;
  result.block = first_match(scenario.block, from, to, port);
  if (!result.block) result.allow = first_match(scenario.allow, from, to, port);
  bool all = true;
  const FlowClassId source = graph.flow.class_at(from);
  const FlowClassId target = graph.flow.class_at(to);
  for (const GraphPolicy& policy : graph.flow.policies) {
    if (!source.valid() || !target.valid() || !applies(graph, policy, source, target)) continue;
    const RuleIndex rule = deciding_rule(graph, policy, source, target, port);
    Verdict verdict{policy.policy, {}, policy.allow_otherwise};
    if (rule.valid()) {
      verdict.rule = graph.flow.rules[rule].rule;
      verdict.allow = graph.flow.rules[rule].action == RuleAction::allow;
    }
    all = all && verdict.allow;
    result.verdicts.push_back(verdict);
  }
  result.permitted = !result.block && (result.allow || all);
  return result;
}

PortSet exposed_ports(const Graph& graph, NodeId to) {
  const FlowClassId c = graph.flow.class_at(to);
  const PortSetId exposes = c.valid() ? graph.flow.classes[c].exposes : PortSetId::none();
  return exposes.valid() ? graph.ports[exposes] : PortSet::any();
}

PortSet permitted_ports(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to) {
  const PortSplit parts = split_ports(scenario, from, to, PortSet::any());
  const FlowClassId source = graph.flow.class_at(from);
  const FlowClassId target = graph.flow.class_at(to);
  if (!source.valid() || !target.valid()) return unite(parts.granted, parts.undecided);
  return unite(parts.granted, permitted_of(graph, source, target, parts.undecided));
}

}  // namespace firebreak
