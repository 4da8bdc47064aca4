#pragma once

#include <functional>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "analyzer/flow_groups.h"
#include "analyzer/flow_rows.h"

namespace firebreak {

using SourceId = Id<struct SourceTag>;  ///< systems whose flows the same rules, borders and actions let through
using TargetId = Id<struct TargetTag>;  ///< systems that the same flows get at

/// Which rules of a list name the places of a class as those that send, and as those that are sent to; no rows at all
/// where there is no list. Rules that name everyone are not told.
struct NamingRules {
  Packed<FlowClassId, std::size_t> senders;
  Packed<FlowClassId, std::size_t> receivers;
};

/// All systems in zones, by what tells them apart as those that send and as those that are sent to. An action tells
/// apart no two systems of a kind but where it is on just one of them.
class FlowEnds {
 public:
  /// Actions may be added to `scenario`, and rules taken away or, as far as `naming` tells of them, blocked. The graph
  /// and the scenario must outlive it. Cost: n log n in systems, and linear in what rules name.
  FlowEnds(const Graph& graph, const Scenario& scenario, const NamingRules& naming = {});

  [[nodiscard]] SourceId source(NodeId n) const { return source_of_[n]; }
  [[nodiscard]] TargetId target(NodeId n) const { return target_of_[n]; }
  [[nodiscard]] std::span<const NodeId> members(SourceId s) const { return sources_[s]; }
  [[nodiscard]] std::span<const NodeId> members(TargetId t) const { return targets_[t]; }
  [[nodiscard]] std::size_t source_count() const { return sources_.size(); }
  [[nodiscard]] std::size_t target_count() const { return targets_.size(); }

  /// Called for a flow that is permitted, between systems that stand for their kinds; false ends it.
  using Visit = std::function<bool(NodeId from, NodeId to, const PortSet& ports)>;

  /// Visits what policies, blocks and allows permit from one of some kinds, for each of which a system is given, to one
  /// of some others, on ports it listens on. Borders and links are not asked. Cost: of the rows of those that send, and
  /// of what is visited.
  void visit_flows(const IdVector<SourceId, NodeId>& from, const IdVector<TargetId, NodeId>& to,
                   const Visit& visit) const;

 private:
  const Graph& graph_;
  const Scenario& scenario_;
  const FlowGroups groups_;
  IdVector<NodeId, SourceId> source_of_;
  IdVector<NodeId, TargetId> target_of_;
  Packed<SourceId, NodeId> sources_;
  Packed<TargetId, NodeId> targets_;
};

}  // namespace firebreak
