#pragma once

#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/choke.h"

#include "analyzer/flow_ends.h"
#include "analyzer/mask.h"
#include "analyzer/zone_components.h"

namespace firebreak {

/// What steps lead from and to: nodes, kinds of systems of which a sender is reached, and pivots of which a user is.
/// Numbered in this order.
using StationId = Id<struct StationTag>;

/// When all of `from` are reached and none of `points` is taken away, `to` is reached. That a node is not taken away
/// itself is understood.
struct WayRow {
  std::vector<StationId> from;
  StationId to;
  std::vector<WayPoint> points;

  friend auto operator<=>(const WayRow&, const WayRow&) = default;
};

/// Runs the spread law with points taken away, and says which steps it takes.
class Ways {
 public:
  Ways(Graph graph, Scenario scenario);

  /// What is reached from some nodes. What is taken away is never reached. Cost: a run of the spread law.
  [[nodiscard]] Blast run(std::span<const NodeId> starts, std::span<const WayPoint> away);

  /// The steps of the last run that lead to those of some nodes that it reached, as far as they were not told before;
  /// each with all others that are like it.
  [[nodiscard]] std::vector<WayRow> new_rows(const Blast& blast, std::span<const NodeId> targets);

  /// All that the steps of the last run which lead to a node use, without the node, and how far from the starts that
  /// is: 2 a step, and 1 less for what the step itself takes. Cost: linear in these steps.
  [[nodiscard]] std::map<WayPoint, std::uint32_t> used(const Blast& blast, NodeId target) const;

  /// Whether a pivot takes the same from wherever it is used, and needs nothing else.
  [[nodiscard]] bool is_plain(PivotId p) const {
    const GraphPivot& pivot = graph_.pivots[p];
    return pivot.requires_all.empty() && !pivot.port.valid() && !mask_.any_borders();
  }
  /// Whether a node can use plain pivots, and be taken by them, as far as it is not taken away.
  [[nodiscard]] bool can_use(NodeId n) const { return !disabled(n); }
  [[nodiscard]] bool can_be_taken(NodeId n) const { return !dark(n) && !mask_.isolated(n); }
  /// Whether a guest is taken with its host.
  [[nodiscard]] bool goes_with_host(NodeId guest) const { return !dark(guest); }

  [[nodiscard]] static StationId station(NodeId n) { return StationId(n.index()); }
  [[nodiscard]] bool is_node(StationId s) const { return s.index() < graph_.node_count; }
  [[nodiscard]] StationId user(PivotId p) const { return StationId(first_user() + p.index()); }
  [[nodiscard]] bool is_user(StationId s) const { return s.index() >= first_user(); }
  [[nodiscard]] std::size_t stations() const { return graph_.node_count + ends_.source_count() + graph_.pivots.size(); }

 private:
  struct Use {
    std::vector<NodeId> from;
    std::vector<WayPoint> points;  ///< rules and pivots
  };

  void take_away(std::span<const WayPoint> away);
  void give_back();
  [[nodiscard]] bool dark(NodeId n) const { return (dark_[n] & kDark) != 0; }
  [[nodiscard]] bool able(NodeId n) const;
  [[nodiscard]] bool disabled(NodeId n) const { return graph_.kind[n] == NodeKind::identity && mask_.off(n); }
  [[nodiscard]] std::vector<WayPoint> deciding(NodeId from, NodeId to, const PortSet& ports) const;
  [[nodiscard]] Use use_of(NodeId to, const Step& step) const;
  void add_rows(NodeId to, const Step& step, std::vector<WayRow>& rows);
  void add_flow(NodeId to, const Step& step, const Use& use, std::vector<WayRow>& rows);
  void add_pivot(NodeId to, const Step& step, const Use& use, std::vector<WayRow>& rows);
  [[nodiscard]] bool is_new(WayRow row) { return told_.insert(std::move(row)).second; }
  [[nodiscard]] StationId sender(SourceId s) const { return StationId(graph_.node_count + s.index()); }
  [[nodiscard]] std::size_t first_user() const { return graph_.node_count + ends_.source_count(); }

  static constexpr std::uint8_t kDark = 1;
  static constexpr std::uint8_t kAway = 2;

  Graph graph_;  ///< without the rules and pivots that were taken away last
  Scenario scenario_;
  NeedRun need_;
  Mask mask_;
  IdVector<NodeId, std::uint8_t> dark_;  ///< kDark, and kAway for what was taken away last
  ZoneComponents components_;
  FlowEnds ends_;
  IdVector<RuleId, RuleIndex> index_of_;  ///< none for rules of policies that are not judged
  PortSetId no_ports_;
  std::vector<NodeId> nodes_away_;
  std::vector<std::pair<RuleIndex, PortSetId>> rules_away_;
  std::vector<PivotId> pivots_away_;
  std::set<WayRow> told_;  ///< one of those that are alike
  std::set<std::tuple<SourceId, TargetId, std::vector<WayPoint>>> told_flows_;
};

}  // namespace firebreak
