#include <algorithm>
#include <set>
#include <tuple>

#include "firebreak/policy.h"

#include "analyzer/flow_demands.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

class UseFinder {
 public:
  explicit UseFinder(const Graph& graph)
      : graph_(graph), used_(graph.flow.rules.size(), 0), perhaps_(graph.flow.rules.size(), 0) {}

  void find(const NeededFlow& flow) {
    const FlowClassId from = graph_.flow.class_of[flow.from];
    const FlowClassId to = graph_.flow.class_of[flow.to];
    const bool stated = flow.ports.valid();
    if (!known_.insert({from, to, stated ? flow.ports : PortSetId::none()}).second) return;
    const PortSet& ports = stated ? graph_.ports[flow.ports] : PortSet::any();
    for_each_deciding(from, to, ports, [&](RuleIndex rule) { (stated ? used_ : perhaps_)[rule] = 1; });
  }

  [[nodiscard]] std::vector<UnusedRule> unused() const {
    std::vector<UnusedRule> result;
    for (const RuleIndex r : ids<RuleIndex>(graph_.flow.rules.size())) {
      const GraphRule& rule = graph_.flow.rules[r];
      if (rule.action == RuleAction::allow && used_[r] == 0) result.push_back({rule.rule, perhaps_[r] != 0, {}});
    }
    std::ranges::sort(result, {}, &UnusedRule::rule);
    return result;
  }

  /// The rules that decide some port between places of two sets, among those of `rules`.
  [[nodiscard]] std::set<RuleId> deciding(const FlowDemand& demand, std::set<RuleId> rules) const {
    std::set<RuleId> found;
    for (const FlowClassId from : classes(demand.from)) {
      for (const FlowClassId to : classes(demand.to)) {
        if (rules.empty()) return found;
        for_each_deciding(from, to, demand.ports, [&](RuleIndex rule) {
          const RuleId id = graph_.flow.rules[rule].rule;
          if (rules.erase(id) > 0) found.insert(id);
        });
      }
    }
    return found;
  }

 private:
  template <class Visit>
  void for_each_deciding(FlowClassId from, FlowClassId to, const PortSet& ports, Visit visit) const {
    for (const GraphPolicy& policy : graph_.flow.policies) {
      if (!applies(graph_, policy, from, to)) continue;
      for (const Decision& decision : decisions(graph_, policy, from, to, ports)) {
        if (decision.rule.valid()) visit(decision.rule);
      }
    }
  }

  [[nodiscard]] std::vector<FlowClassId> classes(const PlaceSet& places) const {
    std::vector<FlowClassId> found;
    for (const FlowClassId c : ids<FlowClassId>(graph_.flow.classes.size())) {
      const auto members = graph_.flow.members[c];
      if (std::ranges::any_of(members, [&](NodeId n) { return places.contains(n); })) found.push_back(c);
    }
    return found;
  }

  const Graph& graph_;
  IdVector<RuleIndex, std::uint8_t> used_;
  IdVector<RuleIndex, std::uint8_t> perhaps_;
  std::set<std::tuple<FlowClassId, FlowClassId, PortSetId>> known_;
};

}  // namespace

std::vector<UnusedRule> unused_rules(const Graph& graph, std::span<const FlowDemand> demands) {
  UseFinder finder(graph);
  for (const NeededFlow& flow : needed_flows(graph)) finder.find(flow);
  std::vector<UnusedRule> unused = finder.unused();
  std::set<RuleId> rules;
  for (const UnusedRule& rule : unused) rules.insert(rule.rule);
  for (const FlowDemand& demand : demands) {
    const std::set<RuleId> deciding = finder.deciding(demand, rules);
    for (UnusedRule& rule : unused) {
      if (deciding.contains(rule.rule)) rule.demanded_by.push_back(demand.require);
    }
  }
  return unused;
}

}  // namespace firebreak
