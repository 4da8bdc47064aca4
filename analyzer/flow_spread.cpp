// A flow needs the allowance of every policy that applies. One policy that denies by default is chosen to drive: only
// targets that its allow rules name are looked at, each list losing the groups already taken, and each candidate is
// then judged in full. Without such a policy all groups of the same connected part are candidates. What denies leave
// over stays in the lists and is asked again by the next source.

#include "analyzer/flow_spread.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "analyzer/flow_rows.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

FlowSpread::FlowSpread(const Mask& mask, const ZoneComponents& components, const IdVector<NodeId, std::uint8_t>& dark)
    : mask_(mask), groups_(group_places(mask.graph(), mask.scenario())), able_(mask.graph().node_count, 0) {
  find_able(dark);
  make_areas(components);
  find_sources();
  choose_driver();
}

void FlowSpread::find_able(const IdVector<NodeId, std::uint8_t>& dark) {
  const Graph& graph = mask_.graph();
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    able_[n] = graph.kind[n] == NodeKind::system && graph.zone[n].valid() && dark[n] == 0 && !mask_.isolated(n) ? 1 : 0;
  }
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    const PortSetId exposes = graph.flow.classes[groups_.base[g]].exposes;
    const bool listens = !exposes.valid() || !graph.ports[exposes].empty();
    for (const NodeId n : groups_.members[g]) {
      if (listens && able_[n] != 0 && graph.effort[n] != kNever) takeable_.items.push_back(n);
    }
    takeable_.end_row();
  }
}

void FlowSpread::make_areas(const ZoneComponents& components) {
  in_zone_.resize(mask_.graph().node_count);
  area_.resize(groups_.size());
  spent_.assign(groups_.size(), 0);
  std::map<std::pair<std::uint32_t, NodeId>, std::uint32_t> known;
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    const NodeId zone = zone_of(g);
    const std::pair key(components.label(zone), mask_.border(zone));
    const auto [at, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(areas_.size()));
    if (fresh) areas_.emplace_back();
    area_[g] = at->second;
    if (takeable_[g].empty()) {
      spent_[g] = 1;
      continue;
    }
    Area& area = areas_[area_[g]];
    area.targets.push_back(g);
    ++area.untaken;
    in_zone_[zone].push_back(g);
  }
}

void FlowSpread::find_sources() {
  const IdVector<GroupId, SenderId> senders = find_senders(mask_.graph(), mask_.scenario(), groups_);
  std::unordered_map<std::uint64_t, std::uint32_t> known;  // never iterated
  source_.reserve(groups_.size());
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    const std::uint64_t key = std::uint64_t{senders[g].index()} << 32U | zone_of(g).index();
    source_.push_back(known.try_emplace(key, static_cast<std::uint32_t>(known.size())).first->second);
  }
  sent_.assign(known.size(), 0);
}

void FlowSpread::choose_driver() {
  const FlowRelation& flow = mask_.graph().flow;
  selected_.resize(flow.meant_by.size());
  selected_known_.resize(flow.meant_by.size(), 0);
  listed_.resize(flow.meant_by.size(), 0);
  by_allow_.resize(mask_.scenario().allow.size());
  allow_known_.resize(by_allow_.size(), 0);
  for (std::size_t p = 0; p < flow.policies.size(); ++p) {
    if (flow.policies[p].allow_otherwise) continue;
    if (driver_ == kNoDriver || (flow.policies[p].within_zones && !flow.policies[driver_].within_zones)) driver_ = p;
  }
}

void FlowSpread::find_candidates(GroupId from) {
  candidate_count_ = 0;
  Area& area = areas_[area_[from]];
  constexpr std::size_t kFew = 16;  // to try them all costs less than to look for the right ones
  if (driver_ == kNoDriver || area.untaken <= kFew) {
    add_candidates(area.targets);
    return;
  }
  const GraphPolicy& policy = mask_.graph().flow.policies[driver_];
  add_allowed(from, policy);
  if (!policy.within_zones) add_candidates(in_zone_[zone_of(from)]);
  const std::vector<FlowRule>& allows = mask_.scenario().allow;
  for (std::size_t a = 0; a < allows.size(); ++a) {
    if (allows[a].from.contains(groups_.sample(from))) add_candidates(meant_by_allow(a));
  }
}

void FlowSpread::add_allowed(GroupId from, const GraphPolicy& policy) {
  const FlowRelation& flow = mask_.graph().flow;
  RuleWalk rules = rules_from(flow, groups_.base[from]);
  for (RuleIndex r = rules.seek(policy.first_rule); r.valid() && r < policy.end_rule;
       r = rules.seek(RuleIndex(r.index() + 1))) {
    if (flow.rules[r].action != RuleAction::allow) continue;
    if (std::ranges::binary_search(flow.to_everything, r)) {
      candidate_count_ = 0;
      add_candidates(areas_[area_[from]].targets);
      return;
    }
    for (const SelectorId selector : flow.to_selectors[r]) {
      std::vector<GroupId>& targets = meant_by(selector);
      if (targets.empty()) continue;
      std::size_t& at = listed_[selector];
      if (at >= candidate_count_ || candidates_[at].targets != &targets) {
        at = candidate_count_;
        add_candidates(targets);
      }
      candidates_[at].add(flow.rules[r].ports);
    }
  }
}

void FlowSpread::Candidates::add(PortSetId rule_ports) {
  constexpr std::size_t kMany = 32;
  if (many || std::ranges::find(ports, rule_ports) != ports.end()) return;
  ports.push_back(rule_ports);
  many = ports.size() > kMany;
}

void FlowSpread::add_candidates(std::vector<GroupId>& targets) {
  if (candidate_count_ == candidates_.size()) candidates_.emplace_back();
  Candidates& fresh = candidates_[candidate_count_++];
  fresh.targets = &targets;
  fresh.ports.clear();
  fresh.many = false;
}

bool FlowSpread::may_take(const Candidates& candidates, GroupId to) const {
  const Graph& graph = mask_.graph();
  const PortSetId exposes = graph.flow.classes[groups_.base[to]].exposes;
  if (candidates.ports.empty() || candidates.many || !exposes.valid()) return true;
  return std::ranges::any_of(candidates.ports,
                             [&](PortSetId p) { return intersects(graph.ports[p], graph.ports[exposes]); });
}

std::vector<GroupId>& FlowSpread::meant_by(SelectorId selector) {
  std::vector<GroupId>& targets = selected_[selector];
  if (selected_known_[selector] != 0) return targets;
  selected_known_[selector] = 1;
  for (const FlowClassId c : mask_.graph().flow.meant_by[selector]) {
    for (const GroupId g : groups_.of_class(c)) {
      if (spent_[g] == 0) targets.push_back(g);
    }
  }
  return targets;
}

std::vector<GroupId>& FlowSpread::meant_by_allow(std::size_t allow) {
  std::vector<GroupId>& targets = by_allow_[allow];
  if (allow_known_[allow] != 0) return targets;
  allow_known_[allow] = 1;
  for (const GroupId g : ids<GroupId>(groups_.size())) {
    if (spent_[g] == 0 && mask_.scenario().allow[allow].to.contains(groups_.sample(g))) targets.push_back(g);
  }
  return targets;
}

bool FlowSpread::permitted(GroupId from, GroupId to, const PortSet& ports) const {
  const Graph& graph = mask_.graph();
  const Scenario& scenario = mask_.scenario();
  if (scenario.block.empty() && scenario.allow.empty()) {
    return !permitted_of(graph, groups_.base[from], groups_.base[to], ports).empty();
  }
  const PortSplit parts = split_ports(scenario, groups_.sample(from), groups_.sample(to), ports);
  return !parts.granted.empty() || !permitted_of(graph, groups_.base[from], groups_.base[to], parts.undecided).empty();
}

bool FlowSpread::can_take(GroupId from, GroupId to) const {
  if (area_[from] != area_[to]) return false;
  const Graph& graph = mask_.graph();
  const PortSetId exposes = graph.flow.classes[groups_.base[to]].exposes;
  return permitted(from, to, exposes.valid() ? graph.ports[exposes] : PortSet::any());
}

bool FlowSpread::can_send(GroupId from, NodeId to, const PortSet& ports) const {
  const GroupId target = groups_.group_of[to];
  return area_[from] == area_[target] && permitted(from, target, ports);
}

}  // namespace firebreak
