#include "analyzer/tightening_candidates.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "analyzer/flow_demands.h"
#include "analyzer/least_policy.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

/// What of something that allows flows is needed.
struct Use {
  FlowPairs kept;
  bool fixed = false;  ///< it must stay as it is
};

class CandidateFinder {
 public:
  explicit CandidateFinder(const Graph& graph)
      : graph_(graph),
        rules_(graph.flow.rules.size()),
        defaults_(graph.flow.policies.size()),
        places_in_(graph.node_count) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (!graph.flow.class_of[n].valid()) continue;
      for (NodeId zone = graph.zone[n]; zone.valid(); zone = graph.parent[zone]) places_in_[zone].push_back(n);
    }
  }

  void add_need(const NeededFlow& flow) {
    const PortSet wanted = flow.ports.valid() ? graph_.ports[flow.ports] : PortSet::any();
    const PortSet permitted = permitted_of(graph_, at(flow.from), at(flow.to), wanted);
    if (permitted.empty()) return;
    for (std::size_t p = 0; p < graph_.flow.policies.size(); ++p) {
      const GraphPolicy& policy = graph_.flow.policies[p];
      if (!applies(graph_, policy, at(flow.from), at(flow.to))) continue;
      for (const Decision& decision : decisions(graph_, policy, at(flow.from), at(flow.to), permitted)) {
        Use& use = decision.rule.valid() ? rules_[decision.rule] : defaults_[p];
        keep(use, flow, decision.ports);
        if (decision.rule.valid() && lets_in_others(decision.rule, flow.from)) use.fixed = true;
      }
    }
    add_inside(flow, permitted);
    if (graph_.zone[flow.from] == graph_.zone[flow.to]) return;
    keep(between_, flow, permitted);
  }

  /// A need that states a port, but not where its traffic starts: what could let it in stays as it is.
  void add_from_anywhere(const Leaf& leaf) {
    between_.fixed = true;
    for (Use& use : defaults_) use.fixed = true;
    const FlowRelation& flow = graph_.flow;
    for (const RuleIndex r : ids<RuleIndex>(flow.rules.size())) {
      if (holds(flow.to_selectors[r], at(leaf.provider)) &&
          intersects(graph_.ports[flow.rules[r].ports], graph_.ports[leaf.port])) {
        rules_[r].fixed = true;
      }
    }
  }

  void add_demand(const FlowDemand& demand) {
    between_.fixed = true;
    for (const FlowClassId from : classes(demand.from)) {
      for (const FlowClassId to : classes(demand.to)) {
        fix_zones(graph_.flow.classes[from].zone, graph_.flow.classes[to].zone);
        for (std::size_t p = 0; p < graph_.flow.policies.size(); ++p) {
          const GraphPolicy& policy = graph_.flow.policies[p];
          if (!applies(graph_, policy, from, to)) continue;
          for (const Decision& decision : decisions(graph_, policy, from, to, demand.ports)) {
            (decision.rule.valid() ? rules_[decision.rule] : defaults_[p]).fixed = true;
          }
        }
      }
    }
  }

  [[nodiscard]] std::vector<Candidate> candidates() const {
    std::vector<Candidate> removals;
    std::vector<Candidate> narrowings;
    std::vector<Candidate> others;
    for (const RuleIndex r : ids<RuleIndex>(graph_.flow.rules.size())) {
      if (graph_.flow.rules[r].action != RuleAction::allow || rules_[r].fixed) continue;
      Candidate candidate = made(rules_[r]);
      candidate.at = r;
      candidate.change.rule = graph_.flow.rules[r].rule;
      candidate.pairs = places(graph_.flow.from_selectors[r]) * places(graph_.flow.to_selectors[r]);
      const bool needed = !rules_[r].kept.empty();
      candidate.change.type = needed ? Tightening::Type::narrow_rule : Tightening::Type::remove_rule;
      (needed ? narrowings : removals).push_back(std::move(candidate));
    }
    const auto everywhere = static_cast<double>(graph_.flow.class_of.size());
    for (std::size_t p = 0; p < graph_.flow.policies.size(); ++p) {
      if (!graph_.flow.policies[p].allow_otherwise || defaults_[p].fixed || !room_behind(p)) continue;
      others.push_back(made(defaults_[p]));
      others.back().change.type = Tightening::Type::deny_by_default;
      others.back().policy = p;
      others.back().pairs = everywhere * everywhere;
    }
    if (graph_.flow.policies.empty() && !between_.fixed) {
      others.push_back(made(between_));
      others.back().change.type = Tightening::Type::new_policy;
      others.back().pairs = everywhere * everywhere;
    }
    add_zones(others);
    removals.insert(removals.end(), narrowings.begin(), narrowings.end());
    removals.insert(removals.end(), others.begin(), others.end());
    for (Candidate& candidate : removals) {
      if (candidate.at.valid()) candidate.change.policy = policy_of(candidate.at);
      if (candidate.change.type == Tightening::Type::deny_by_default) {
        candidate.change.policy = graph_.flow.policies[candidate.policy].policy;
      }
    }
    return removals;
  }

 private:
  [[nodiscard]] FlowClassId at(NodeId n) const { return graph_.flow.class_of[n]; }

  static void keep(Use& use, const NeededFlow& flow, const PortSet& ports) {
    PortSet& all = use.kept[{flow.from, flow.to}];
    all = unite(all, ports);
  }

  /// Named in a narrower rule, a zone lets all that is in it through: is there something that the rule does not hold?
  [[nodiscard]] bool lets_in_others(RuleIndex rule, NodeId from) const {
    if (graph_.kind[from] != NodeKind::zone) return false;
    return std::ranges::any_of(places_in_[from],
                               [&](NodeId n) { return !holds(graph_.flow.from_selectors[rule], at(n)); });
  }

  /// Whether selectors of a rule, none of which mean every place, mean a class.
  [[nodiscard]] bool holds(std::span<const SelectorId> selectors, FlowClassId c) const {
    if (selectors.empty()) return true;
    const auto meaning = graph_.flow.selectors_of[c];
    return std::ranges::any_of(selectors, [&](SelectorId s) { return std::ranges::binary_search(meaning, s); });
  }

  /// What a need uses inside each zone that holds both of its places.
  void add_inside(const NeededFlow& flow, const PortSet& permitted) {
    std::set<NodeId> around;
    for (NodeId zone = graph_.zone[flow.from]; zone.valid(); zone = graph_.parent[zone]) around.insert(zone);
    for (NodeId zone = graph_.zone[flow.to]; zone.valid(); zone = graph_.parent[zone]) {
      if (!around.contains(zone)) continue;
      keep(zones_[zone], flow, permitted);
    }
  }

  void fix_zones(NodeId a, NodeId b) {
    std::set<NodeId> around;
    for (NodeId zone = a; zone.valid(); zone = graph_.parent[zone]) around.insert(zone);
    for (NodeId zone = b; zone.valid(); zone = graph_.parent[zone]) {
      if (around.contains(zone)) zones_[zone].fixed = true;
    }
  }

  void add_zones(std::vector<Candidate>& all) const {
    for (const NodeId zone : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[zone] != NodeKind::zone) continue;
      const auto is_direct = [&](NodeId n) { return graph_.zone[n] == zone && graph_.kind[n] == NodeKind::system; };
      if (std::ranges::count_if(places_in_[zone], is_direct) < 2) continue;
      const auto use = zones_.find(zone);
      if (use != zones_.end() && use->second.fixed) continue;
      all.push_back(made(use == zones_.end() ? Use{} : use->second));
      all.back().change.type = Tightening::Type::split_zone;
      all.back().change.zone = zone;
      const auto count = static_cast<double>(places_in_[zone].size());
      all.back().pairs = count * count;
    }
  }

  [[nodiscard]] static Candidate made(const Use& use) {
    Candidate candidate;
    candidate.change.kept = joined_rules(use.kept);
    return candidate;
  }

  [[nodiscard]] double places(std::span<const SelectorId> selectors) const {
    if (selectors.empty()) return static_cast<double>(graph_.flow.class_of.size());
    std::size_t count = 0;
    for (const SelectorId s : selectors) {
      for (const FlowClassId c : graph_.flow.meant_by[s]) count += graph_.flow.members[c].size();
    }
    return static_cast<double>(count);
  }

  /// Whether there is a tier behind the last of a policy, for the rules that stand in for its default.
  [[nodiscard]] bool room_behind(std::size_t p) const {
    const GraphPolicy& policy = graph_.flow.policies[p];
    if (policy.first_rule == policy.end_rule) return true;
    const GraphRule& last = graph_.flow.rules[RuleIndex(policy.end_rule.index() - 1)];
    return last.tier < std::numeric_limits<std::int64_t>::max();
  }

  [[nodiscard]] PolicyId policy_of(RuleIndex rule) const {
    const auto holds_rule = [&](const GraphPolicy& p) { return p.first_rule <= rule && rule < p.end_rule; };
    return std::ranges::find_if(graph_.flow.policies, holds_rule)->policy;
  }

  [[nodiscard]] std::vector<FlowClassId> classes(const PlaceSet& set) const {
    std::vector<FlowClassId> found;
    for (const FlowClassId c : ids<FlowClassId>(graph_.flow.classes.size())) {
      const auto held = [&](NodeId n) { return set.contains(n); };
      if (std::ranges::any_of(graph_.flow.members[c], held)) found.push_back(c);
    }
    return found;
  }

  const Graph& graph_;
  IdVector<RuleIndex, Use> rules_;
  std::vector<Use> defaults_;
  std::map<NodeId, Use> zones_;
  Use between_;
  IdVector<NodeId, std::vector<NodeId>> places_in_;  ///< by zone: all places in it and in zones under it
};

}  // namespace

std::vector<Candidate> tightening_candidates(const Graph& graph, std::span<const FlowDemand> demands) {
  CandidateFinder finder(graph);
  for (const NeededFlow& flow : needed_flows(graph)) finder.add_need(flow);
  for (const LeafId l : ids<LeafId>(graph.need.leaves.size())) {
    const Leaf leaf = leaf_of(graph, l);
    if (leaf.port.valid() && leaf.to_zone.valid() && !leaf.from_zone.valid() && !leaf.only_isolation) {
      finder.add_from_anywhere(leaf);
    }
  }
  for (const FlowDemand& demand : demands) finder.add_demand(demand);
  return finder.candidates();
}

}  // namespace firebreak
