#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"

namespace firebreak {

/// Which zones are connected while links go down one after the other.
class ZoneComponents {
 public:
  /// All links work. Cost: linear in nodes.
  explicit ZoneComponents(const Graph& graph);

  [[nodiscard]] bool connected(NodeId a, NodeId b) const { return a == b || component_[a] == component_[b]; }
  /// Equal for two zones that are connected.
  [[nodiscard]] std::uint32_t label(NodeId zone) const { return component_[zone]; }

  /// Takes links down, and appends the zones that have a new label: for every two zones that lost connection, at least
  /// one of them. Cost: per link the smaller of the parts it separates, found by searching from both ends at once, or
  /// the search until both meet; all zones and links when many links go at once.
  void cut(std::span<const NodeId> links, std::vector<NodeId>& moved);

 private:
  /// The search from one end of a link.
  struct Side {
    std::vector<NodeId> zones;
    std::size_t at = 0;    ///< the zone whose links are looked at
    std::size_t link = 0;  ///< its next link
    std::uint8_t mark = 0;
  };
  enum class Found : std::uint8_t { nothing, other_side, end };

  [[nodiscard]] Found step(Side& side);
  void split(NodeId a, NodeId b, std::vector<NodeId>& moved);
  void relabel_all(std::vector<NodeId>& moved);

  const Graph* graph_;
  IdVector<NodeId, std::uint32_t> component_;
  IdVector<NodeId, std::uint8_t> down_;
  IdVector<NodeId, std::uint8_t> marks_;
  std::uint32_t next_label_;
};

}  // namespace firebreak
