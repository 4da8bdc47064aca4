#include "analyzer/flow_reasons.h"

#include <algorithm>

#include "analyzer/connection.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

const GraphPolicy* find_policy(const Graph& graph, PolicyId id) {
  const auto at = std::ranges::find(graph.flow.policies, id, &GraphPolicy::policy);
  return at == graph.flow.policies.end() ? nullptr : &*at;
}

PortSet ports_of(const Graph& graph, const std::vector<Decision>& decisions, const GraphPolicy& policy, bool allow) {
  PortSet ports;
  for (const Decision& decision : decisions) {
    const bool allows =
        decision.rule.valid() ? graph.flow.rules[decision.rule].action == RuleAction::allow : policy.allow_otherwise;
    if (allows == allow) ports = unite(ports, decision.ports);
  }
  return ports;
}

}  // namespace

ReasonFinder::ReasonFinder(const Versions& versions, const NeedRun& before, const NeedRun& after)
    : versions_(versions), before_(before), after_(after) {}

void ReasonFinder::find(PairId from, PairId to, const PortSet& ports, bool opened, bool felt,
                        std::set<FlowReason>& reasons) const {
  if (found_places(from, to, opened, reasons)) return;
  const Match& match = versions_.match;
  const Ends before{versions_.before,       before_, match.policy_after, match.nodes[from].before,
                    match.nodes[to].before, false};
  const Ends after{versions_.after, after_, match.policy_before, match.nodes[from].after, match.nodes[to].after, true};
  const Ends& allowed = opened ? after : before;
  const Ends& denied = opened ? before : after;
  if (felt) find_links(allowed, denied, reasons);
  find_policies(allowed, denied, ports, reasons);
}

bool ReasonFinder::found_places(PairId from, PairId to, bool opened, std::set<FlowReason>& reasons) const {
  const Match& match = versions_.match;
  bool found = false;
  for (const PairId end : {from, to}) {
    const NodePair& node = match.nodes[end];
    const NodePair zone = versions_.zones(end);
    const PairId was = zone.before.valid() ? match.of_before[zone.before] : PairId::none();
    const PairId is = zone.after.valid() ? match.of_after[zone.after] : PairId::none();
    if (was == is) continue;
    // What is gone has its place only before; all else is shown as it is now.
    const bool after = node.after.valid() && (opened || zone.after.valid() || !node.before.valid());
    reasons.insert({FlowReason::Type::place, after, {}, {}, after ? node.after : node.before});
    found = true;
  }
  return found;
}

void ReasonFinder::find_links(const Ends& joined, const Ends& apart, std::set<FlowReason>& reasons) const {
  const Match& match = versions_.match;
  const auto connection = [](const Ends& ends) {
    return find_connection(ends.graph, ends.run, ends.graph.zone[ends.from], ends.graph.zone[ends.to]);
  };
  if (connection(apart).connected) return;
  if (!joined.graph.has_links) reasons.insert({FlowReason::Type::link, joined.after, {}, {}, {}});
  const auto ends = [&](const Ends& side, NodeId link) {
    const auto& pair_of = side.after ? match.of_after : match.of_before;
    const auto [a, b] = side.graph.ends[link];
    return std::minmax({pair_of[a], pair_of[b]});
  };
  for (const NodeId link : connection(joined).path) {
    const NodePair& pair = match.nodes[joined.after ? match.of_after[link] : match.of_before[link]];
    const NodeId other = joined.after ? pair.before : pair.after;
    const bool works = other.valid() && apart.run.fails[VertexId(other.index())] > 0;
    if (works && ends(joined, link) == ends(apart, other)) continue;
    reasons.insert({FlowReason::Type::link, joined.after, {}, {}, link});
  }
}

void ReasonFinder::find_policies(const Ends& allowed, const Ends& denied, const PortSet& ports,
                                 std::set<FlowReason>& reasons) const {
  const FlowClassId from = denied.graph.flow.class_of[denied.from];
  const FlowClassId to = denied.graph.flow.class_of[denied.to];
  const FlowClassId allowed_from = allowed.graph.flow.class_of[allowed.from];
  const FlowClassId allowed_to = allowed.graph.flow.class_of[allowed.to];
  for (const GraphPolicy& policy : denied.graph.flow.policies) {
    if (!applies(denied.graph, policy, from, to)) continue;
    const PortSet refused = ports_of(denied.graph, decisions(denied.graph, policy, from, to, ports), policy, false);
    if (refused.empty()) continue;
    if (denied.after) {
      add_decisions(denied, policy, refused, reasons);
      continue;
    }
    const GraphPolicy* now = nullptr;
    if (const PolicyId other = denied.other_policy[policy.policy]; other.valid()) {
      now = find_policy(allowed.graph, other);
    }
    if (now != nullptr && applies(allowed.graph, *now, allowed_from, allowed_to)) {
      add_decisions(allowed, *now, refused, reasons);
      continue;
    }
    reasons.insert({FlowReason::Type::gone_policy, false, policy.policy, {}, {}});
    for (const GraphPolicy& other : allowed.graph.flow.policies) {
      const bool stands_in = !allowed.other_policy[other.policy].valid();
      if (stands_in && applies(allowed.graph, other, allowed_from, allowed_to)) {
        add_decisions(allowed, other, refused, reasons);
      }
    }
  }
}

void ReasonFinder::add_decisions(const Ends& ends, const GraphPolicy& policy, const PortSet& ports,
                                 std::set<FlowReason>& reasons) const {
  const FlowClassId from = ends.graph.flow.class_of[ends.from];
  const FlowClassId to = ends.graph.flow.class_of[ends.to];
  for (const Decision& decision : decisions(ends.graph, policy, from, to, ports)) {
    if (!decision.rule.valid()) {
      reasons.insert({FlowReason::Type::otherwise, ends.after, policy.policy, {}, {}});
    } else {
      reasons.insert(
          {FlowReason::Type::rule, ends.after, policy.policy, ends.graph.flow.rules[decision.rule].rule, {}});
    }
  }
}

}  // namespace firebreak
