#include "tests/oracle/flows.h"

#include <algorithm>
#include <set>

#include "tests/oracle/values.h"

// Ports are judged one by one, places pair by pair, rules from the first to the last. Only the question whether a
// selector means a place is answered beforehand.

namespace firebreak::oracle {

namespace {

IdVector<NodeId, bool> meant(const Topology& topology, const Selectors& selectors) {
  IdVector<NodeId, bool> found(topology.nodes.size(), selectors.empty());
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    for (const Selector& s : selectors) {
      if (means(topology, s, n)) found[n] = true;
    }
  }
  return found;
}

std::optional<std::size_t> first_flow(const std::vector<FlowRule>& flows, NodeId from, NodeId to, std::uint32_t port) {
  for (std::size_t i = 0; i < flows.size(); ++i) {
    if (holds(flows[i].from, from) && holds(flows[i].to, to) && holds(flows[i].ports, port)) return i;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> port_points(const Topology& topology, const Scenario& scenario) {
  std::set<std::uint32_t> points = {kTcp, kUdp, kSctp, kIcmp};
  const auto add = [&](const PortSet& ports) {
    for (const PortRange r : ports.ranges()) {
      points.insert(r.first);
      if (r.last < kLastPort) points.insert(r.last + 1);
    }
  };
  for (const PortSet& p : topology.ports) add(p);
  for (const FlowRule& f : scenario.block) add(f.ports);
  for (const FlowRule& f : scenario.allow) add(f.ports);
  return {points.begin(), points.end()};
}

}  // namespace

Flows::Flows(const Topology& topology, const Scenario& scenario, std::vector<RuleId> left_out)
    : topology_(topology),
      scenario_(scenario),
      left_out_(std::move(left_out)),
      tiers_(topology.policies.size()),
      points_(port_points(topology, scenario)) {
  for (const Rule& rule : topology.rules) {
    tiers_[rule.policy][rule.tier].push_back(sends_.next_id());
    sends_.push_back(meant(topology, rule.from));
    receives_.push_back(meant(topology, rule.to));
  }
}

bool Flows::applies(PolicyId policy, NodeId from, NodeId to) const {
  for (const Policy& other : topology_.policies) {
    for (const Located<PolicyId>& replaced : other.replaces) {
      if (replaced.value == policy) return false;
    }
  }
  return topology_.policies[policy].within_zones || zone_of(topology_, from) != zone_of(topology_, to);
}

bool Flows::matches(RuleId rule, NodeId from, NodeId to, std::uint32_t port) const {
  if (std::ranges::find(left_out_, rule) != left_out_.end()) return false;
  return sends_[rule][from] && receives_[rule][to] && holds(topology_.ports[topology_.rules[rule].ports], port);
}

RuleId Flows::first_match(const std::vector<RuleId>& rules, NodeId from, NodeId to, std::uint32_t port) const {
  for (RuleId rule : rules) {
    if (matches(rule, from, to, port)) return rule;
  }
  return RuleId::none();
}

Verdict Flows::verdict(PolicyId policy, NodeId from, NodeId to, std::uint32_t port) const {
  for (const auto& [tier, rules] : tiers_[policy]) {
    const RuleId rule = first_match(rules, from, to, port);
    if (!rule.valid() || topology_.rules[rule].action == RuleAction::pass) continue;
    return {policy, rule, topology_.rules[rule].action == RuleAction::allow};
  }
  return {policy, RuleId::none(), topology_.policies[policy].otherwise == RuleAction::allow};
}

std::vector<RuleId> Flows::asked(PolicyId policy, NodeId from, NodeId to, std::uint32_t port) const {
  std::vector<RuleId> result;
  for (const auto& [tier, rules] : tiers_[policy]) {
    const RuleId rule = first_match(rules, from, to, port);
    if (rule.valid()) result.push_back(rule);
    if (rule.valid() && topology_.rules[rule].action != RuleAction::pass) break;
  }
  return result;
}

Judgement Flows::judge(NodeId from, NodeId to, std::uint32_t port) const {
  Judgement judgement;
  bool all_allow = true;
  for (const PolicyId policy : ids<PolicyId>(topology_.policies.size())) {
    if (!applies(policy, from, to)) continue;
    judgement.verdicts.push_back(verdict(policy, from, to, port));
    all_allow = all_allow && judgement.verdicts.back().allow;
  }
  judgement.block = first_flow(scenario_.block, from, to, port);
  if (!judgement.block) judgement.allow = first_flow(scenario_.allow, from, to, port);
  judgement.permitted = !judgement.block && (judgement.allow || all_allow);
  return judgement;
}

bool Flows::permitted(NodeId from, NodeId to, std::uint32_t port) const {
  if (first_flow(scenario_.block, from, to, port)) return false;
  if (first_flow(scenario_.allow, from, to, port)) return true;
  bool all_allow = true;
  for (const PolicyId policy : ids<PolicyId>(topology_.policies.size())) {
    all_allow = all_allow && (!applies(policy, from, to) || verdict(policy, from, to, port).allow);
  }
  return all_allow;
}

bool Flows::permitted_on_every(NodeId from, NodeId to, const PortSet& ports) const {
  return std::ranges::all_of(points_, [&](std::uint32_t p) { return !holds(ports, p) || permitted(from, to, p); });
}

bool Flows::permitted_on_some(NodeId from, NodeId to, const PortSet& ports) const {
  return std::ranges::any_of(points_, [&](std::uint32_t p) { return holds(ports, p) && permitted(from, to, p); });
}

bool Flows::blocked_wholly(NodeId from, NodeId to) const {
  return std::ranges::any_of(scenario_.block, [&](const FlowRule& block) {
    const bool every_port = std::ranges::all_of(points_, [&](std::uint32_t p) { return holds(block.ports, p); });
    return every_port && holds(block.from, from) && holds(block.to, to);
  });
}

bool Flows::border_between(NodeId zone, NodeId other) const {
  const std::vector<NodeId> around_zone = with_outer(topology_, zone);
  const std::vector<NodeId> around_other = with_outer(topology_, other);
  return std::ranges::any_of(scenario_.isolated_zones, [&](NodeId isolated) {
    return holds(around_zone, isolated) != holds(around_other, isolated);
  });
}

}  // namespace firebreak::oracle
