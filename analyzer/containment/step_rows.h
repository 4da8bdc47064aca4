#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/containment/step_cuts.h"
#include "analyzer/flow_ends.h"
#include "analyzer/mask.h"
#include "analyzer/zone_components.h"

namespace firebreak {

/// A scenario with a plan's actions, and what both laws say of it.
struct PlanRun {
  Scenario scenario;
  NeedRun need;
  Blast spread;
};

/// What steps lead from and to: nodes, in their order; behind them kinds of systems of which some can send, kinds that
/// some flow gets at, and pivots that some of a place can use.
using StationId = Id<struct StationTag>;

/// A step of an attack under a scenario, or a part of one, as a condition on further actions: when all of `from` are
/// reached and none of `cuts` is done, `to` is reached too.
struct StepRow {
  std::vector<StationId> from;
  StationId to;
  std::vector<CutId> cuts;  ///< ascending

  friend auto operator<=>(const StepRow&, const StepRow&) = default;
};

/// The steps that plans leave open, each told with those that are like it: from everyone of the kind of its sender, to
/// everyone of the kind of its target. What was told once is not told again.
class StepRows {
 public:
  /// Plans add to `scenario`. All must outlive it.
  StepRows(const Graph& graph, const Scenario& scenario, Cuts& cuts);

  /// The steps of a run that lead to those of some nodes that it reached.
  [[nodiscard]] std::vector<StepRow> leading_to(std::span<const NodeId> targets, const PlanRun& run);

  /// The steps by pivots from all that a run reached; where there are very many, not all of them. Cost: at most that of
  /// looking at `most` pairs of a place and a target.
  [[nodiscard]] std::vector<StepRow> by_pivots(const PlanRun& run, std::size_t most);

  /// The flows that are there under the scenario itself, from all that is reached to all that is. Where there are very
  /// many, not all of them. Cost: at most that of looking at `most` pairs of kinds.
  [[nodiscard]] std::vector<StepRow> by_flows(const PlanRun& base, std::size_t most);

  [[nodiscard]] static StationId station(NodeId n) { return StationId(n.index()); }
  [[nodiscard]] bool is_node(StationId s) const { return s.index() < graph_.node_count; }

 private:
  /// One run, looked at.
  struct Look {
    Look(const Graph& graph, const PlanRun& run, Cuts& actions);

    Mask mask;
    IdVector<NodeId, std::uint8_t> dark;
    ZoneComponents components;
    StepCuts cuts;
  };
  /// Those who can use a pivot from one place: a kind of systems, a zone, or no place for identities.
  using User = std::pair<PivotId, std::uint32_t>;

  [[nodiscard]] bool able(const Look& look, NodeId n) const;
  [[nodiscard]] bool could_be_able(const Look& look, NodeId n) const;
  [[nodiscard]] bool could_be_taken(const Look& look, PivotId p, NodeId to) const;
  [[nodiscard]] bool can_use(const Look& look, PivotId p, NodeId from, NodeId to) const;
  void add(Look& look, NodeId to, const Step& step);
  void add_flow(Look& look, NodeId from, NodeId to, const PortSet& ports);
  void add_pivot(Look& look, PivotId p, NodeId from, NodeId to);
  void add_user(Look& look, PivotId p, StationId user, NodeId n);
  void add_taking(Look& look, PivotId p, StationId user, NodeId from, NodeId to);
  void tell(Look& look, std::vector<StationId> from, StationId to);
  void tell(std::vector<StationId> from, StationId to, std::vector<CutId> cuts);
  void tell_on_ports(Look& look, const std::vector<StationId>& from, StationId to, NodeId a, NodeId b,
                     const PortSet& ports);
  [[nodiscard]] PortSet open_ports(const Look& look, NodeId from, NodeId to, const PortSet& wanted) const;

  [[nodiscard]] StationId sender(SourceId s) const { return StationId(graph_.node_count + s.index()); }
  [[nodiscard]] StationId receiver(TargetId t) const {
    return StationId(graph_.node_count + ends_.source_count() + t.index());
  }
  [[nodiscard]] User user_of(PivotId p, NodeId from) const;
  [[nodiscard]] std::uint32_t place_of(PivotId p, NodeId to) const;

  const Graph& graph_;
  const Scenario& scenario_;
  Cuts& cuts_;
  const FlowEnds ends_;
  IdVector<SourceId, bool> senders_told_;
  IdVector<TargetId, bool> receivers_told_;
  std::map<User, StationId> users_;
  std::set<std::pair<StationId, std::uint32_t>> takings_told_;  ///< by user and place of what is taken
  std::set<StepRow> told_;
  std::vector<StepRow> new_rows_;
};

/// All that stops some step of a run on its way to a node that it reached, ascending.
[[nodiscard]] std::vector<CutId> cuts_on_way(const Graph& graph, const PlanRun& run, Cuts& cuts, NodeId target);

}  // namespace firebreak
