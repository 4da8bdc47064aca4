#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/flow_groups.h"
#include "analyzer/mask.h"
#include "analyzer/zone_components.h"

namespace firebreak {

/// What can be taken by flows under one mask, asked group by group. Each group of targets is given up once all its
/// members are taken, so that a run over all sources costs the rules they match, not the pairs of systems they permit.
/// One that was asked nothing yet may be copied, for several runs.
class FlowSpread {
 public:
  /// `dark` says of each node whether it is off, or its site or host is. Cost: linear in nodes and links.
  FlowSpread(const Mask& mask, const ZoneComponents& components, const IdVector<NodeId, std::uint8_t>& dark);

  [[nodiscard]] std::size_t group_count() const { return groups_.size(); }

  /// The group of a system that can send; none for one that is dark, isolated or outside every zone.
  [[nodiscard]] GroupId sender(NodeId n) const { return able_[n] != 0 ? groups_.group_of[n] : GroupId::none(); }

  /// Starts fetching what `sender` looks at.
  void prefetch(NodeId n) const {
    __builtin_prefetch(&able_[n]);
    __builtin_prefetch(&groups_.group_of[n]);
  }

  /// Whether `from` can send `to` a flow on some of `ports`, whatever `to` exposes. Both must be able.
  [[nodiscard]] bool can_send(GroupId from, NodeId to, const PortSet& ports) const;

  /// Whether some flow could take this system, if one were permitted to it.
  [[nodiscard]] bool can_be_taken(NodeId n) const {
    const GroupId g = groups_.group_of[n];
    return g.valid() && std::ranges::binary_search(takeable_[g], n);
  }

  /// Whether a system is neither dark nor isolated.
  [[nodiscard]] bool able(NodeId n) const { return able_[n] != 0; }

  /// Calls `take(system)` for every system a flow from this group can take and none before could, the sender perhaps
  /// among them. Cost: of the groups of one zone that the same rules and actions hold as sources, all but the first
  /// cost nothing.
  template <class Take>
  void spread_from(GroupId from, Take take) {
    if (sent_[source_[from]] != 0) return;
    sent_[source_[from]] = 1;
    Area& area = areas_[area_[from]];
    if (area.untaken == 0) return;
    find_candidates(from);
    for (std::size_t i = 0; i < candidate_count_; ++i) {
      std::vector<GroupId>& targets = *candidates_[i].targets;
      std::size_t kept = 0;
      for (const GroupId to : targets) {
        if (spent_[to] != 0) continue;
        if (!may_take(candidates_[i], to) || !can_take(from, to)) {
          targets[kept++] = to;
          continue;
        }
        spent_[to] = 1;
        --area.untaken;
        for (const NodeId n : takeable_[to]) take(n);
      }
      targets.resize(kept);
    }
  }

 private:
  /// What is connected and on one side of every isolated border.
  struct Area {
    std::vector<GroupId> targets;  ///< those left, and some that are spent
    std::size_t untaken = 0;       ///< groups not spent
  };

  /// Targets to be tried.
  struct Candidates {
    std::vector<GroupId>* targets = nullptr;
    std::vector<PortSetId> ports;  ///< only on some of these can they be taken; empty = on any
    bool many = false;             ///< there are more of them than are worth looking through

    void add(PortSetId rule_ports);
  };

  void find_able(const IdVector<NodeId, std::uint8_t>& dark);
  void make_areas(const ZoneComponents& components);
  void find_sources();
  void choose_driver();
  /// Puts lists into `candidates_` which together hold every group a flow from this one may be permitted to, and may
  /// hold others.
  void find_candidates(GroupId from);
  void add_allowed(GroupId from, const GraphPolicy& policy);
  void add_candidates(std::vector<GroupId>& targets);
  [[nodiscard]] bool may_take(const Candidates& candidates, GroupId to) const;
  [[nodiscard]] bool can_take(GroupId from, GroupId to) const;
  [[nodiscard]] bool permitted(GroupId from, GroupId to, const PortSet& ports) const;
  [[nodiscard]] std::vector<GroupId>& meant_by(SelectorId selector);
  [[nodiscard]] std::vector<GroupId>& meant_by_allow(std::size_t allow);
  [[nodiscard]] NodeId zone_of(GroupId g) const { return mask_.graph().flow.classes[groups_.base[g]].zone; }

  static constexpr std::size_t kNoDriver = ~std::size_t{0};

  const Mask& mask_;
  FlowGroups groups_;
  IdVector<NodeId, std::uint8_t> able_;
  Packed<GroupId, NodeId> takeable_;  ///< the members that a flow can take
  IdVector<GroupId, std::uint8_t> spent_;
  IdVector<GroupId, std::uint32_t> area_;
  IdVector<GroupId, std::uint32_t> source_;  ///< which groups are the same as sources
  std::vector<std::uint8_t> sent_;           ///< by source
  std::vector<Area> areas_;
  IdVector<NodeId, std::vector<GroupId>> in_zone_;       ///< targets by zone
  IdVector<SelectorId, std::vector<GroupId>> selected_;  ///< targets left per selector, filled when first asked
  IdVector<SelectorId, std::uint8_t> selected_known_;
  std::vector<std::vector<GroupId>> by_allow_;
  std::vector<std::uint8_t> allow_known_;
  std::vector<Candidates> candidates_;  ///< the first candidate_count_ of them; the others keep their memory
  std::size_t candidate_count_ = 0;
  IdVector<SelectorId, std::size_t> listed_;  ///< where a selector's targets are among the candidates, if it is there
  std::size_t driver_ = kNoDriver;  ///< a policy that denies by default: only what its rules allow can be permitted
};

}  // namespace firebreak
