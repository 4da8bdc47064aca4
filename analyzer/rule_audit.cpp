// A rule is needed as soon as one pair of places leaves it a port on which the rules behind it would say otherwise. Per
// kind of sources, one walk from the last rule to the first gives what the rules behind each rule say, one walk back
// gives what the rules before it leave; rules that have shown to be needed are not looked at again. What is left over
// after all sources decides nothing, or nothing that would not be decided so without it.

#include <algorithm>

#include "firebreak/policy.h"

#include "analyzer/flow_rows.h"
#include "analyzer/rule_states.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

/// Where the places of one side are, as far as it decides whether two different ones are apart.
struct Whereabouts {
  NodeId zone;   ///< of all of them; none when they are in several
  NodeId place;  ///< the only one; none when there are several
};

template <class IdType>
IdVector<IdType, Whereabouts> locate(const Graph& graph, const FlowGroups& groups,
                                     const Packed<IdType, GroupId>& sides) {
  IdVector<IdType, Whereabouts> result;
  const auto zone_of = [&](GroupId g) { return graph.flow.classes[groups.base[g]].zone; };
  for (const IdType side : ids<IdType>(sides.size())) {
    const std::span<const GroupId> list = sides[side];
    Whereabouts where{zone_of(list.front()), {}};
    if (std::ranges::any_of(list, [&](GroupId g) { return zone_of(g) != where.zone; })) where.zone = NodeId::none();
    if (list.size() == 1 && groups.members[list.front()].size() == 1) where.place = groups.sample(list.front());
    result.push_back(where);
  }
  return result;
}

class Audit {
 public:
  explicit Audit(const Graph& graph)
      : graph_(graph),
        groups_(group_places(graph, Scenario{})),
        sides_(split_sides(graph, Scenario{}, groups_)),
        ports_(graph.ports),
        from_where_(locate(graph, groups_, sides_.senders)),
        to_where_(locate(graph, groups_, sides_.receivers)),
        alive_(graph.flow.rules.size(), 0),
        needed_(graph.flow.rules.size(), 0) {}

  [[nodiscard]] RuleAudit run() {
    RuleAudit audit;
    for (const GraphPolicy& policy : graph_.flow.policies) {
      for (const SenderId s : ids<SenderId>(sides_.senders.size())) try_sender(policy, s);
      for (RuleIndex r = policy.first_rule; r < policy.end_rule; r = RuleIndex(r.index() + 1)) {
        if (needed_[r] != 0) continue;
        if (alive_[r] == 0) {
          audit.dead.push_back(find_takers(policy, r));
        } else {
          audit.redundant.push_back(find_successors(policy, r));
        }
      }
    }
    return audit;
  }

 private:
  /// What the rules behind one say to its targets, at the time it is laid.
  struct Behind {
    std::vector<std::uint32_t> slots;  ///< by target, in the order of for_each_target
    std::vector<CellStates::State> states;
  };

  template <class Visit>
  void for_each_target(RuleIndex rule, Visit visit) const {
    const std::span<const SelectorId> selectors = graph_.flow.to_selectors[rule];
    if (selectors.empty()) {
      for (const ReceiverId t : ids<ReceiverId>(sides_.receivers.size())) visit(t);
    }
    for (const SelectorId selector : selectors) {
      for (const ReceiverId t : sides_.meant_by[selector]) visit(t);
    }
  }

  /// Whether the policy judges a flow from some place of one side to another place of the other.
  [[nodiscard]] bool judges(const GraphPolicy& policy, SenderId s, ReceiverId t) const {
    const Whereabouts& from = from_where_[s];
    const Whereabouts& to = to_where_[t];
    if (policy.within_zones) return !from.place.valid() || from.place != to.place;
    return !from.zone.valid() || from.zone != to.zone;
  }

  void try_sender(const GraphPolicy& policy, SenderId s) {
    const std::vector<RuleIndex> rules = rules_holding(graph_, policy, groups_.base[sides_.senders[s].front()]);
    if (std::ranges::all_of(rules, [&](RuleIndex r) { return needed_[r] != 0; })) return;
    read_behind(policy, rules);
    read_before(policy, s, rules);
  }

  void read_behind(const GraphPolicy& policy, const std::vector<RuleIndex>& rules) {
    const FlowRelation& flow = graph_.flow;
    const PortSetId otherwise = policy.allow_otherwise ? ports_.any() : ports_.none();
    cells_.reset(sides_.receivers.size(), Verdicts{otherwise, otherwise}.packed());
    behind_.resize(std::max(behind_.size(), rules.size()));
    for (std::size_t i = rules.size(); i-- > 0;) {
      const GraphRule& rule = flow.rules[rules[i]];
      if (i + 1 < rules.size() && flow.rules[rules[i + 1]].tier != rule.tier) {
        cells_.change_all([](CellStates::State state) { return Verdicts::unpacked(state).in_new_tier().packed(); });
      }
      Behind& behind = behind_[i];
      if (needed_[rules[i]] == 0) {
        behind.slots.clear();
        for_each_target(rules[i], [&](ReceiverId t) { behind.slots.push_back(cells_.slot(t)); });
        behind.states.assign(cells_.states().begin(), cells_.states().end());
      }
      change_targets(flow, sides_, rules[i], cells_,
                     [&](CellStates::State state) { return Verdicts::unpacked(state).after(rule, ports_).packed(); });
    }
  }

  void read_before(const GraphPolicy& policy, SenderId s, const std::vector<RuleIndex>& rules) {
    const FlowRelation& flow = graph_.flow;
    cells_.reset(sides_.receivers.size(), Taken{ports_.none(), ports_.none()}.packed());
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const GraphRule& rule = flow.rules[rules[i]];
      if (i > 0 && flow.rules[rules[i - 1]].tier != rule.tier) {
        cells_.change_all([&](CellStates::State state) { return Taken::unpacked(state).in_new_tier(ports_).packed(); });
      }
      if (needed_[rules[i]] == 0) try_rule(policy, s, rules[i], behind_[i]);
      change_targets(flow, sides_, rules[i], cells_,
                     [&](CellStates::State state) { return Taken::unpacked(state).after(rule, ports_).packed(); });
    }
  }

  /// Looks at one rule from one kind of sources: does a port come to it, and would it be decided otherwise without it?
  void try_rule(const GraphPolicy& policy, SenderId s, RuleIndex r, const Behind& behind) {
    enum : std::uint8_t { unknown, nothing, comes, matters };
    const std::size_t width = behind.states.size();
    seen_.assign(cells_.states().size() * width, unknown);
    std::size_t at = 0;
    for_each_target(r, [&](ReceiverId t) {
      const std::uint32_t said = behind.slots[at++];
      if (needed_[r] != 0) return;
      std::uint8_t& found = seen_[cells_.slot(t) * width + said];
      if (found == unknown) {
        const GraphRule& rule = graph_.flow.rules[r];
        const PortSetId left = Taken::unpacked(cells_.at(t)).left_to(rule, ports_);
        found = left == ports_.none()                                          ? nothing
                : changes(rule, left, Verdicts::unpacked(behind.states[said])) ? matters
                                                                               : comes;
      }
      if (found == nothing || (found == comes && alive_[r] != 0) || !judges(policy, s, t)) return;
      alive_[r] = 1;
      if (found == matters) needed_[r] = 1;
    });
  }

  /// Whether a rule says something else of these ports than the rules behind it.
  [[nodiscard]] bool changes(const GraphRule& rule, PortSetId left, const Verdicts& behind) {
    const PortSetId without = ports_.intersect(left, behind.permitted);
    switch (rule.action) {
      case RuleAction::allow:
        return without != left;
      case RuleAction::deny:
        return without != ports_.none();
      case RuleAction::pass:
        break;
    }
    return without != ports_.intersect(left, behind.next_tier);
  }

  /// Calls `visit(class, class)` for the pairs of kinds that a rule holds, as far as the limit goes; false when it
  /// ended there.
  template <class Visit>
  bool for_each_pair(const GraphPolicy& policy, RuleIndex rule, Visit visit) const {
    std::size_t pairs = 0;
    bool all = true;
    for (const SenderId s : ids<SenderId>(sides_.senders.size())) {
      const FlowClassId from = groups_.base[sides_.senders[s].front()];
      RuleWalk walk = rules_from(graph_.flow, from);
      if (walk.seek(rule) != rule) continue;
      for_each_target(rule, [&](ReceiverId t) {
        if (!judges(policy, s, t)) return;
        if (++pairs > kMostPairs) {
          all = false;
        } else {
          visit(from, groups_.base[sides_.receivers[t].front()]);
        }
      });
      if (!all) break;
    }
    return all;
  }

  static std::vector<RuleId> named(const Graph& graph, std::vector<RuleIndex>& rules) {
    std::ranges::sort(rules);
    rules.erase(std::ranges::unique(rules).begin(), rules.end());
    std::vector<RuleId> result;
    for (const RuleIndex r : rules) result.push_back(graph.flow.rules[r].rule);
    return result;
  }

  [[nodiscard]] IdleRule find_takers(const GraphPolicy& policy, RuleIndex rule) const {
    IdleRule found{graph_.flow.rules[rule].rule, {}, false, true};
    std::vector<RuleIndex> takers;
    found.complete = for_each_pair(policy, rule, [&](FlowClassId from, FlowClassId to) {
      (void)ports_left_to(graph_, policy, rule, from, to, takers);
    });
    found.by = named(graph_, takers);
    return found;
  }

  [[nodiscard]] IdleRule find_successors(const GraphPolicy& policy, RuleIndex rule) const {
    IdleRule found{graph_.flow.rules[rule].rule, {}, false, true};
    std::vector<RuleIndex> deciding;
    found.complete = for_each_pair(policy, rule, [&](FlowClassId from, FlowClassId to) {
      std::vector<RuleIndex> takers;
      const PortSet left = ports_left_to(graph_, policy, rule, from, to, takers);
      if (left.empty()) return;
      for (const Decision& decision : decisions(graph_, policy, from, to, left, RuleIndex(rule.index() + 1))) {
        if (decision.rule.valid()) deciding.push_back(decision.rule);
        if (!decision.rule.valid()) found.by_default = true;
      }
    });
    found.by = named(graph_, deciding);
    return found;
  }

  static constexpr std::size_t kMostPairs = 2000;  ///< looked at for the rules that make one idle

  const Graph& graph_;
  FlowGroups groups_;
  FlowSides sides_;
  PortAlgebra ports_;
  IdVector<SenderId, Whereabouts> from_where_;
  IdVector<ReceiverId, Whereabouts> to_where_;
  IdVector<RuleIndex, std::uint8_t> alive_;
  IdVector<RuleIndex, std::uint8_t> needed_;
  CellStates cells_;
  std::vector<Behind> behind_;  ///< by place in the list of rules at hand
  std::vector<std::uint8_t> seen_;
};

}  // namespace

RuleAudit audit_rules(const Graph& graph) {
  return Audit(graph).run();
}

}  // namespace firebreak
