#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/mask.h"
#include "analyzer/zone_components.h"
#include "topology/compile/flow_verdict.h"

namespace firebreak {

using GroupId =
    Id<struct GroupTag>;  ///< a class of places, split further by what the blocks and allows of a scenario tell apart

/// What can be taken by flows under one mask, asked class by class. Each group of targets is given up once all its
/// members are taken, so that a run over all sources costs the rules they match, not the pairs of systems they permit.
class FlowSpread {
 public:
  /// `dark` says of each node whether it is off, or its site or host is. Cost: linear in nodes and links.
  FlowSpread(const Mask& mask, const ZoneComponents& components, const IdVector<NodeId, std::uint8_t>& dark);

  [[nodiscard]] std::size_t group_count() const { return groups_.size(); }

  /// The group of a system that can send; none for one that is dark, isolated or outside every zone.
  [[nodiscard]] GroupId sender(NodeId n) const { return able_[n] != 0 ? group_of_[n] : GroupId::none(); }

  /// Whether `from` can send `to` a flow on some of `ports`, whatever `to` exposes. Both must be able.
  [[nodiscard]] bool can_send(GroupId from, NodeId to, const PortSet& ports) const;

  /// Whether a system is neither dark nor isolated.
  [[nodiscard]] bool able(NodeId n) const { return able_[n] != 0; }

  /// Calls `take(system)` for every system a flow from this group can take and none before could. Call it once per
  /// group.
  template <class Take>
  void spread_from(GroupId from, Take take) {
    const auto visit = [&](std::vector<GroupId>& targets) {
      std::size_t kept = 0;
      for (const GroupId to : targets) {
        if (spent_[to] != 0) continue;
        if (!can_take(from, to)) {
          targets[kept++] = to;
          continue;
        }
        spent_[to] = 1;
        for (const NodeId n : takeable(to)) take(n);
      }
      targets.resize(kept);
    };
    for_each_candidate_list(from, visit);
  }

 private:
  struct Group {
    FlowClassId base;
    NodeId zone;
    std::uint32_t first = 0;  ///< in members_: those a flow can take
    std::uint32_t last = 0;
    std::uint32_t area = 0;
    NodeId sample;  ///< any member, for blocks and allows, which do not tell members apart
  };

  [[nodiscard]] std::span<const NodeId> takeable(GroupId g) const {
    return std::span<const NodeId>(members_).subspan(groups_[g].first, groups_[g].last - groups_[g].first);
  }

  void make_groups();
  void split_class(FlowClassId c);
  void make_areas(const ZoneComponents& components);
  void choose_driver();
  [[nodiscard]] bool can_take(GroupId from, GroupId to) const;
  [[nodiscard]] bool permitted(GroupId from, GroupId to, const PortSet& ports) const;
  std::vector<GroupId>& targets_of(RuleIndex rule, GroupId from);
  std::vector<GroupId>& targets_of_allow(std::size_t allow);

  /// Lists which together hold every group a flow from this one may be permitted to, and may hold others.
  template <class Visit>
  void for_each_candidate_list(GroupId from, const Visit& visit) {
    const Group& source = groups_[from];
    if (driver_ == kNoDriver) {
      visit(in_area_[source.area]);
      return;
    }
    const FlowRelation& flow = mask_.graph().flow;
    const GraphPolicy& policy = flow.policies[driver_];
    for_each_allow_rule(source.base, policy, [&](RuleIndex rule) { visit(targets_of(rule, from)); });
    if (!policy.within_zones) visit(in_zone_[source.zone]);
    for (std::size_t a = 0; a < mask_.scenario().allow.size(); ++a) {
      if (mask_.scenario().allow[a].from.contains(source.sample)) visit(targets_of_allow(a));
    }
  }

  template <class Found>
  void for_each_allow_rule(FlowClassId c, const GraphPolicy& policy, const Found& found) const {
    const FlowRelation& flow = mask_.graph().flow;
    RuleMerge rules = rules_from(flow, c);
    for (rules.skip_to(policy.first_rule); !rules.done() && rules.current() < policy.end_rule; rules.next()) {
      if (flow.rules[rules.current()].action == RuleAction::allow) found(rules.current());
    }
  }

  static constexpr std::size_t kNoDriver = ~std::size_t{0};

  const Mask& mask_;
  IdVector<NodeId, std::uint8_t> able_;
  IdVector<NodeId, GroupId> group_of_;
  IdVector<GroupId, Group> groups_;
  IdVector<FlowClassId, std::uint32_t> first_group_;  ///< groups of class c: first_group_[c] .. first_group_[c+1]
  std::vector<NodeId> members_;
  IdVector<GroupId, std::uint8_t> spent_;
  std::vector<std::vector<GroupId>> in_area_;          ///< targets by connected part and border
  IdVector<NodeId, std::vector<GroupId>> in_zone_;     ///< targets by zone
  IdVector<RuleIndex, std::vector<GroupId>> by_rule_;  ///< targets left per rule, filled when first asked
  IdVector<RuleIndex, std::uint8_t> rule_known_;
  std::vector<std::vector<GroupId>> by_allow_;
  std::vector<std::uint8_t> allow_known_;
  std::size_t driver_ = kNoDriver;  ///< a policy that denies by default: only what its rules allow can be permitted
};

}  // namespace firebreak
