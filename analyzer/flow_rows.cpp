// Read from its end, a list of first-match rules is a sequence of assignments: each rule overwrites, on the ports it
// names, what the rules behind it said; what none names is the default's. `pass` writes what the next tier says. So one
// walk over the rules that hold a source gives the ports permitted to every target.

#include "analyzer/flow_rows.h"

#include <algorithm>
#include <boost/functional/hash.hpp>
#include <unordered_map>

#include "analyzer/rule_states.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

/// Numbers the keys of groups in the order they are met.
template <class IdType>
class Signatures {
 public:
  IdType number(const std::vector<std::uint32_t>& key) {
    const auto found = known_.find(key);
    return found != known_.end() ? found->second : known_.emplace(key, IdType(known_.size())).first->second;
  }
  [[nodiscard]] std::size_t size() const { return known_.size(); }

 private:
  std::unordered_map<std::vector<std::uint32_t>, IdType, boost::hash<std::vector<std::uint32_t>>> known_;
};

/// What of a class's selectors rules name on one side, and which actions hold the group there.
template <class Side>
void read_key(const FlowRelation& flow, const Packed<SelectorId, RuleIndex>& rules, const Scenario& scenario,
              const FlowGroups& groups, GroupId group, Side side, std::vector<std::uint32_t>& key) {
  key.clear();
  for (const SelectorId selector : flow.selectors_of[groups.base[group]]) {
    if (!rules[selector].empty()) key.push_back(selector.index());
  }
  auto action = static_cast<std::uint32_t>(flow.meant_by.size());
  for (const auto* list : {&scenario.block, &scenario.allow}) {
    for (const FlowRule& rule : *list) {
      if (side(rule).contains(groups.sample(group))) key.push_back(action);
      ++action;
    }
  }
}

}  // namespace

IdVector<GroupId, SenderId> find_senders(const Graph& graph, const Scenario& scenario, const FlowGroups& groups) {
  Signatures<SenderId> senders;
  IdVector<GroupId, SenderId> sender_of;
  sender_of.reserve(groups.size());
  std::vector<std::uint32_t> key;
  const auto from = [](const FlowRule& rule) -> const PlaceSet& { return rule.from; };
  for (const GroupId g : ids<GroupId>(groups.size())) {
    read_key(graph.flow, graph.flow.from_rules, scenario, groups, g, from, key);
    sender_of.push_back(senders.number(key));
  }
  return sender_of;
}

FlowSides split_sides(const Graph& graph, const Scenario& scenario, const FlowGroups& groups) {
  const FlowRelation& flow = graph.flow;
  FlowSides sides;
  sides.sender = find_senders(graph, scenario, groups);
  Signatures<ReceiverId> receivers;
  std::vector<std::uint32_t> key;
  std::vector<std::vector<ReceiverId>> meant_by(flow.meant_by.size());
  const auto to = [](const FlowRule& rule) -> const PlaceSet& { return rule.to; };
  std::size_t senders = 0;
  for (const GroupId g : ids<GroupId>(groups.size())) {
    senders = std::max<std::size_t>(senders, sides.sender[g].index() + 1);
    read_key(flow, flow.to_rules, scenario, groups, g, to, key);
    const std::size_t before = receivers.size();
    const ReceiverId receiver = receivers.number(key);
    sides.receiver.push_back(receiver);
    if (receivers.size() == before) continue;
    for (const std::uint32_t selector : key) {
      if (selector < meant_by.size()) meant_by[selector].push_back(receiver);
    }
  }
  sides.meant_by = packed_lists<SelectorId>(meant_by);
  sides.senders = grouped(sides.sender, senders);
  sides.receivers = grouped(sides.receiver, receivers.size());
  return sides;
}

std::vector<RuleIndex> rules_holding(const Graph& graph, const GraphPolicy& policy, FlowClassId source) {
  std::vector<RuleIndex> rules;
  RuleWalk walk = rules_from(graph.flow, source);
  for (RuleIndex r = walk.seek(policy.first_rule); r.valid() && r < policy.end_rule;
       r = walk.seek(RuleIndex(r.index() + 1))) {
    rules.push_back(r);
  }
  return rules;
}

FlowRows::FlowRows(const Graph& graph, const Scenario& scenario, const FlowGroups& groups)
    : graph_(graph), groups_(groups), sides_(split_sides(graph, scenario, groups)), ports_(graph.ports) {
  read_actions(scenario);
  for (const GraphPolicy& policy : graph.flow.policies) same_inside_ = same_inside_ && policy.within_zones;
  inside_ = same_inside_ ? &first_ : &second_;
}

void FlowRows::read_actions(const Scenario& scenario) {
  const auto read = [&](const FlowRule& rule, bool allow) {
    Action action;
    for (const SenderId s : ids<SenderId>(sides_.senders.size())) {
      if (rule.from.contains(groups_.sample(sides_.senders[s].front()))) action.from.push_back(s);
    }
    action.to_everything = rule.to.everything;
    for (const ReceiverId r : ids<ReceiverId>(sides_.receivers.size())) {
      if (!rule.to.everything && rule.to.contains(groups_.sample(sides_.receivers[r].front()))) action.to.push_back(r);
    }
    action.ports = ports_.intern(rule.ports);
    action.allow = allow;
    actions_.push_back(std::move(action));
  };
  for (const FlowRule& rule : scenario.allow) read(rule, true);
  for (const FlowRule& rule : scenario.block) read(rule, false);
}

void FlowRows::load(SenderId sender) {
  const auto meet = [&](CellStates::State a, CellStates::State b) {
    return CellStates::State{ports_.intersect(ports_of(a), ports_of(b)).index()};
  };
  const std::size_t receivers = sides_.receivers.size();
  first_.reset(receivers, ports_.any().index());
  if (!same_inside_) second_.reset(receivers, ports_.any().index());
  for (const GraphPolicy& policy : graph_.flow.policies) {
    lay_rules(policy, sender, policy_);
    if (!same_inside_ && policy.within_zones) second_.combine(policy_, meet);
    if (&policy == &graph_.flow.policies.front()) {
      std::swap(first_, policy_);
    } else {
      first_.combine(policy_, meet);
    }
  }
  lay_actions(sender, first_);
  if (!same_inside_) lay_actions(sender, second_);
}

void FlowRows::lay_rules(const GraphPolicy& policy, SenderId sender, CellStates& cells) {
  const FlowRelation& flow = graph_.flow;
  const PortSetId otherwise = policy.allow_otherwise ? ports_.any() : ports_.none();
  cells.reset(sides_.receivers.size(), Verdicts{otherwise, otherwise}.packed());
  const std::vector<RuleIndex> rules = rules_holding(graph_, policy, groups_.base[sides_.senders[sender].front()]);
  const auto is_pass = [&](RuleIndex r) { return flow.rules[r].action == RuleAction::pass; };
  const bool passes = std::ranges::any_of(rules, is_pass);
  for (std::size_t i = rules.size(); i-- > 0;) {
    const GraphRule& rule = flow.rules[rules[i]];
    if (passes && i + 1 < rules.size() && flow.rules[rules[i + 1]].tier != rule.tier) {
      cells.change_all([](CellStates::State state) { return Verdicts::unpacked(state).in_new_tier().packed(); });
    }
    change_targets(flow, sides_, rules[i], cells,
                   [&](CellStates::State state) { return Verdicts::unpacked(state).after(rule, ports_).packed(); });
  }
  cells.change_all(
      [](CellStates::State state) { return CellStates::State{Verdicts::unpacked(state).permitted.index()}; });
}

void FlowRows::lay_actions(SenderId sender, CellStates& cells) {
  for (const Action& action : actions_) {
    if (!std::ranges::binary_search(action.from, sender)) continue;
    const auto lay = [&](CellStates::State state) {
      const PortSetId ports = ports_of(state);
      return CellStates::State{
          (action.allow ? ports_.unite(ports, action.ports) : ports_.subtract(ports, action.ports)).index()};
    };
    if (action.to_everything) {
      cells.change_all(lay);
    } else {
      cells.begin_change();
      cells.change(action.to, lay);
    }
  }
}

}  // namespace firebreak
