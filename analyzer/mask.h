#pragma once

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"

namespace firebreak {

/// What blocks and allows say of some ports, which come before all policies.
struct PortSplit {
  PortSet granted;       ///< by an allow
  PortSet undecided;     ///< neither blocked nor granted: for the policies
  bool blocked = false;  ///< a block took some
};
/// Cost: linear in the blocks and allows.
[[nodiscard]] PortSplit split_ports(const Scenario& scenario, NodeId from, NodeId to, const PortSet& wanted);

/// A scenario laid over a graph, for constant-time questions. Holds references: graph and scenario must outlive it.
class Mask {
 public:
  /// Cost: linear in nodes.
  Mask(const Graph& graph, const Scenario& scenario);

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] bool off(NodeId n) const { return off_[n] != 0; }
  [[nodiscard]] bool isolated(NodeId n) const { return isolated_[n] != 0; }
  [[nodiscard]] bool any_borders() const { return !scenario_.isolated_zones.empty(); }

  /// The nearest isolated zone at or above a zone; none when there is none, or for no zone.
  [[nodiscard]] NodeId border(NodeId zone) const {
    return zone.valid() && any_borders() ? border_[zone] : NodeId::none();
  }
  /// Whether an isolated border runs between two zones, either of which may be none (outside).
  [[nodiscard]] bool border_between(NodeId a, NodeId b) const { return border(a) != border(b); }
  /// The isolated zone whose border runs between them; none when there is none.
  [[nodiscard]] NodeId zone_between(NodeId a, NodeId b) const {
    if (!border_between(a, b)) return {};
    return border_into(a, b) ? border(b) : border(a);
  }
  /// Whether a border keeps what is outside from coming into `to`, that is, runs between the two and around `to`.
  [[nodiscard]] bool border_into(NodeId from, NodeId to) const;

  /// Whether a need is severed by isolation, a block or the policies (not: by links that fail), and by which.
  [[nodiscard]] Loss severed(const Leaf& leaf) const;

  /// Whether any leaf can be severed or mended that is not so with no action at all, links aside.
  [[nodiscard]] bool moves_leaves() const {
    return !scenario_.isolated_systems.empty() || any_borders() || !scenario_.block.empty() || !scenario_.allow.empty();
  }

 private:
  [[nodiscard]] Loss judged(const Leaf& leaf) const;

  const Graph& graph_;
  const Scenario& scenario_;
  IdVector<NodeId, std::uint8_t> off_;
  IdVector<NodeId, std::uint8_t> isolated_;
  IdVector<NodeId, NodeId> border_;
};

}  // namespace firebreak
