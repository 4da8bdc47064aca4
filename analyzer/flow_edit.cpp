#include "analyzer/flow_edit.h"

#include <algorithm>

namespace firebreak {

namespace {

template <class Item>
std::vector<Item> copied(std::span<const Item> items) {
  return {items.begin(), items.end()};
}

bool is_in(const Graph& graph, NodeId inner, NodeId zone) {
  while (inner.valid() && inner != zone) inner = graph.parent[inner];
  return inner == zone;
}

}  // namespace

FlowDraft::FlowDraft(const Graph& graph)
    : graph_(graph),
      selectors_(graph.flow.meant_by.size()),
      class_of_(graph.flow.class_of),
      classes_(graph.flow.classes),
      only_(graph.node_count),
      inside_(graph.node_count) {
  const FlowRelation& flow = graph.flow;
  for (const FlowClassId c : ids<FlowClassId>(classes_.size())) selectors_of_.push_back(copied(flow.selectors_of[c]));
  for (const GraphPolicy& policy : flow.policies) {
    policies.push_back({policy, {}});
    for (RuleIndex r = policy.first_rule; r < policy.end_rule; r = RuleIndex(r.index() + 1)) {
      policies.back().rules.push_back({flow.rules[r], copied(flow.from_selectors[r]), copied(flow.to_selectors[r])});
    }
  }
}

SelectorId FlowDraft::only(NodeId place) {
  if (only_[place].valid()) return only_[place];
  const FlowClassId old = class_of_[place];
  const FlowRelation::Class like = classes_[old];
  std::vector<SelectorId> selectors = selectors_of_[old];
  only_[place] = new_selector();
  selectors.push_back(only_[place]);
  class_of_[place] = classes_.push_back(like);
  selectors_of_.push_back(std::move(selectors));
  return only_[place];
}

SelectorId FlowDraft::inside(NodeId zone) {
  if (inside_[zone].valid()) return inside_[zone];
  inside_[zone] = new_selector();
  for (const FlowClassId c : ids<FlowClassId>(classes_.size())) {
    if (is_in(graph_, classes_[c].zone, zone)) selectors_of_[c].push_back(inside_[zone]);
  }
  return inside_[zone];
}

FlowRelation FlowDraft::packed() const {
  FlowRelation flow;
  // Classes that lost all their places are left out.
  const Packed<FlowClassId, NodeId> members = grouped(class_of_, classes_.size());
  flow.class_of.resize(class_of_.size());
  for (const FlowClassId c : ids<FlowClassId>(classes_.size())) {
    if (members[c].empty()) continue;
    for (const NodeId n : members[c]) flow.class_of[n] = flow.classes.next_id();
    flow.classes.push_back(classes_[c]);
    flow.members.add_row(members[c]);
    flow.selectors_of.add_row(selectors_of_[c]);
  }
  flow.meant_by = inverted<SelectorId>(flow.selectors_of, selectors_);
  for (const DraftPolicy& draft : policies) {
    GraphPolicy policy = draft.policy;
    policy.first_rule = flow.rules.next_id();
    for (const DraftRule& rule : draft.rules) {
      if (rule.from.empty()) flow.from_everything.push_back(flow.rules.next_id());
      if (rule.to.empty()) flow.to_everything.push_back(flow.rules.next_id());
      flow.rules.push_back(rule.rule);
      std::vector<SelectorId> from = rule.from;
      std::vector<SelectorId> to = rule.to;
      std::ranges::sort(from);
      std::ranges::sort(to);
      flow.from_selectors.add_row(from);
      flow.to_selectors.add_row(to);
    }
    policy.end_rule = flow.rules.next_id();
    flow.policies.push_back(policy);
  }
  flow.from_rules = inverted<SelectorId>(flow.from_selectors, selectors_);
  flow.to_rules = inverted<SelectorId>(flow.to_selectors, selectors_);
  return flow;
}

PortSetId add_ports(Graph& graph, const PortSet& ports) {
  const auto at = std::ranges::find(graph.ports, ports);
  if (at != graph.ports.end()) return PortSetId(static_cast<std::size_t>(at - graph.ports.begin()));
  return graph.ports.push_back(ports);
}

Graph allowing_only(const Graph& graph, const std::vector<LeastRule>& rules) {
  Graph result = graph;
  FlowDraft draft(graph);
  draft.policies.clear();
  draft.policies.emplace_back();
  draft.policies.back().policy.within_zones = true;
  for (const LeastRule& rule : rules) {
    FlowDraft::DraftRule drafted{{RuleId::none(), RuleAction::allow, 0, add_ports(result, rule.ports)}, {}, {}};
    for (const NodeId n : rule.from) drafted.from.push_back(draft.only(n));
    for (const NodeId n : rule.to) drafted.to.push_back(draft.only(n));
    draft.policies.back().rules.push_back(std::move(drafted));
  }
  result.flow = draft.packed();
  return result;
}

}  // namespace firebreak
