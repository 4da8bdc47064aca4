// A flow needs the allowance of every policy that applies. One policy that denies by default is chosen to drive: only
// targets of its allow rules are looked at, each list losing the groups already taken, and each candidate is then
// judged in full. Without such a policy all groups of the same connected part are candidates. What denies leave over
// stays in the lists and is asked again by the next source.

#include "analyzer/flow_spread.h"

#include <algorithm>
#include <map>

namespace firebreak {

FlowSpread::FlowSpread(const Mask& mask, const ZoneComponents& components, const IdVector<NodeId, std::uint8_t>& dark)
    : mask_(mask), able_(mask.graph().node_count, 0), group_of_(mask.graph().node_count) {
  const Graph& graph = mask.graph();
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    able_[n] = graph.kind[n] == NodeKind::system && graph.zone[n].valid() && dark[n] == 0 && !mask.isolated(n) ? 1 : 0;
  }
  make_groups();
  make_areas(components);
  choose_driver();
}

void FlowSpread::make_groups() {
  const FlowRelation& flow = mask_.graph().flow;
  for (const FlowClassId c : ids<FlowClassId>(flow.classes.size())) {
    first_group_.push_back(static_cast<std::uint32_t>(groups_.size()));
    if (!flow.classes[c].zone_itself) split_class(c);
  }
  first_group_.push_back(static_cast<std::uint32_t>(groups_.size()));
  spent_.assign(groups_.size(), 0);
}

void FlowSpread::split_class(FlowClassId c) {
  const Graph& graph = mask_.graph();
  const FlowRelation& flow = graph.flow;
  const Scenario& scenario = mask_.scenario();
  std::vector<std::pair<std::vector<bool>, std::vector<NodeId>>> parts;
  if (scenario.block.empty() && scenario.allow.empty()) {
    const auto members = flow.members[c];
    parts.push_back({{}, {members.begin(), members.end()}});
  } else {
    std::map<std::vector<bool>, std::size_t> known;
    std::vector<bool> key;
    for (const NodeId n : flow.members[c]) {
      key.clear();
      for (const auto* rules : {&scenario.block, &scenario.allow}) {
        for (const FlowRule& rule : *rules) {
          key.push_back(rule.from.contains(n));
          key.push_back(rule.to.contains(n));
        }
      }
      const auto [at, fresh] = known.try_emplace(key, parts.size());
      if (fresh) parts.push_back({key, {}});
      parts[at->second].second.push_back(n);
    }
  }
  const PortSetId exposes = flow.classes[c].exposes;
  const bool listens = !exposes.valid() || !graph.ports[exposes].empty();
  for (const auto& [key, members] : parts) {
    Group group{c, flow.classes[c].zone, static_cast<std::uint32_t>(members_.size()), 0, 0, members.front()};
    for (const NodeId n : members) {
      group_of_[n] = groups_.next_id();
      if (listens && able_[n] != 0 && graph.effort[n] != kNever) members_.push_back(n);
    }
    group.last = static_cast<std::uint32_t>(members_.size());
    groups_.push_back(group);
  }
}

void FlowSpread::make_areas(const ZoneComponents& components) {
  const Graph& graph = mask_.graph();
  in_zone_.resize(graph.node_count);
  std::map<std::pair<std::uint32_t, NodeId>, std::uint32_t> areas;
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    Group& group = groups_[g];
    const std::pair key(components.label(group.zone), mask_.border(group.zone));
    const auto [at, fresh] = areas.try_emplace(key, static_cast<std::uint32_t>(in_area_.size()));
    if (fresh) in_area_.emplace_back();
    group.area = at->second;
    if (group.first == group.last) {
      spent_[g] = 1;
      continue;
    }
    in_area_[group.area].push_back(g);
    in_zone_[group.zone].push_back(g);
  }
}

void FlowSpread::choose_driver() {
  const FlowRelation& flow = mask_.graph().flow;
  by_rule_.resize(flow.rules.size());
  rule_known_.resize(flow.rules.size(), 0);
  by_allow_.resize(mask_.scenario().allow.size());
  allow_known_.resize(by_allow_.size(), 0);
  for (std::size_t p = 0; p < flow.policies.size(); ++p) {
    if (flow.policies[p].allow_otherwise) continue;
    if (driver_ == kNoDriver || (flow.policies[p].within_zones && !flow.policies[driver_].within_zones)) driver_ = p;
  }
}

std::vector<GroupId>& FlowSpread::targets_of(RuleIndex rule, GroupId from) {
  const Graph& graph = mask_.graph();
  if (std::ranges::binary_search(graph.flow.to_everything, rule)) return in_area_[groups_[from].area];
  std::vector<GroupId>& targets = by_rule_[rule];
  if (rule_known_[rule] != 0) return targets;
  rule_known_[rule] = 1;
  const PortSet& ports = graph.ports[graph.flow.rules[rule].ports];
  for (const FlowClassId c : graph.flow.to_classes[rule]) {
    const PortSetId exposes = graph.flow.classes[c].exposes;
    if (exposes.valid() && !intersects(graph.ports[exposes], ports)) continue;
    for (std::uint32_t g = first_group_[c]; g < first_group_[FlowClassId(c.index() + 1)]; ++g) {
      if (spent_[GroupId(g)] == 0) targets.push_back(GroupId(g));
    }
  }
  return targets;
}

std::vector<GroupId>& FlowSpread::targets_of_allow(std::size_t allow) {
  std::vector<GroupId>& targets = by_allow_[allow];
  if (allow_known_[allow] != 0) return targets;
  allow_known_[allow] = 1;
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    if (spent_[g] == 0 && mask_.scenario().allow[allow].to.contains(groups_[g].sample)) targets.push_back(g);
  }
  return targets;
}

bool FlowSpread::permitted(GroupId from, GroupId to, const PortSet& ports) const {
  const Graph& graph = mask_.graph();
  const Scenario& scenario = mask_.scenario();
  const Group& source = groups_[from];
  const Group& target = groups_[to];
  if (scenario.block.empty() && scenario.allow.empty()) {
    return !permitted_of(graph, source.base, target.base, ports).empty();
  }
  const PortSplit parts = split_ports(mask_.scenario(), source.sample, target.sample, ports);
  return !parts.granted.empty() || !permitted_of(graph, source.base, target.base, parts.undecided).empty();
}

bool FlowSpread::can_take(GroupId from, GroupId to) const {
  if (groups_[from].area != groups_[to].area) return false;
  const Graph& graph = mask_.graph();
  const PortSetId exposes = graph.flow.classes[groups_[to].base].exposes;
  return permitted(from, to, exposes.valid() ? graph.ports[exposes] : PortSet::any());
}

bool FlowSpread::can_send(GroupId from, NodeId to, const PortSet& ports) const {
  const GroupId target = group_of_[to];
  return groups_[from].area == groups_[target].area && permitted(from, target, ports);
}

}  // namespace firebreak
