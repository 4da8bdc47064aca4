#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analyzer/choke/point_cut.h"
#include "analyzer/choke/ways.h"
#include "analyzer/solver/max_flow.h"

namespace firebreak {

/// Minimum cuts by the most that flows from the starts to what is protected, where the ways are those of a network: all
/// points that cut them lie in one place each, and no step that needs several nodes at once makes a difference. Whether
/// that is so shows afterwards, when the law is run without the points: what was found is a cut, and costs as much as
/// flows. Steps become arcs as for `PointCut`, but those by plain pivots and to guests at once.
class NetworkCut {
 public:
  using Cost = PointCosts::Cost;

  /// All ascending.
  struct Cut {
    std::vector<WayPoint> points;
    std::vector<NodeId> reached;  ///< all the same
  };
  struct Cuts {
    Cost cost = 0;  ///< scaled
    Cut near_start;
    Cut near_protected;
  };

  /// All must outlive it. `rows` are the steps known; those it learns are added to them.
  NetworkCut(Ways& ways, const Graph& graph, const PointCosts& costs, std::span<const NodeId> starts,
             std::span<const NodeId> targets, std::vector<WayRow>& rows);

  /// The minimum cut before which none lies, and the one behind which none lies. None where the ways are no network, or
  /// patience has run out. Cost: a look at all arcs and a run of the law for each way around that is still found.
  [[nodiscard]] std::optional<Cuts> find(const Patience& patience);

 private:
  using Vertex = solver::FlowNetwork::Vertex;
  using Side = std::vector<std::uint8_t>;

  /// Where a point stands in the network.
  struct Place {
    WayPoint point;
    Vertex before;
    Vertex behind;
  };
  struct Network {
    solver::FlowNetwork flow;
    std::vector<Place> places;
    Vertex source;
    Vertex sink;
  };

  [[nodiscard]] Vertex into(NodeId n) const { return static_cast<Vertex>(n.index()); }
  [[nodiscard]] Vertex out_of(NodeId n) const { return static_cast<Vertex>(ways_.stations() + n.index()); }
  [[nodiscard]] Vertex out_of(StationId s) const { return ways_.is_node(s) ? out_of(NodeId(s.index())) : s.index(); }

  [[nodiscard]] Network make() const;
  void add_nodes(Network& network) const;
  void add_pivots(Network& network) const;
  void add_rows(Network& network) const;

  [[nodiscard]] static std::vector<WayPoint> points_on(const Network& network, const Side& side);
  [[nodiscard]] Cost price(std::span<const WayPoint> points) const;
  [[nodiscard]] std::vector<NodeId> reached_in(const Side& side) const;
  [[nodiscard]] bool learn(const Blast& blast, std::span<const NodeId> nodes);
  [[nodiscard]] bool nothing_is_behind(const Cut& cut, const Side& side);

  Ways& ways_;
  const Graph& graph_;
  const PointCosts& costs_;
  const std::span<const NodeId> starts_;
  const std::span<const NodeId> targets_;
  std::vector<WayRow>& rows_;
};

}  // namespace firebreak
