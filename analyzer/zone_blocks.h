#pragma once

#include <span>
#include <vector>

#include "firebreak/graph.h"

namespace firebreak {

/// The network of zones and links in blocks: parts that stay connected whichever one zone is taken out. Two zones are
/// connected just when each block on the way between them is crossed.
class ZoneBlocks {
 public:
  /// A block to be crossed from one zone to another.
  struct Crossing {
    std::size_t block = 0;
    NodeId from;
    NodeId to;
  };

  /// Cost: linear in zones and links.
  explicit ZoneBlocks(const Graph& graph);

  /// In the order of the way. The two are different and connected while all links work. Cost: linear in the zones and
  /// links connected with them.
  [[nodiscard]] std::vector<Crossing> way(NodeId from, NodeId to) const;

  [[nodiscard]] std::span<const NodeId> links(std::size_t block) const { return links_[block]; }
  [[nodiscard]] std::size_t block(NodeId link) const { return block_of_[link]; }

 private:
  const Graph* graph_;
  std::vector<std::vector<NodeId>> links_;  ///< by block, in source order
  IdVector<NodeId, std::size_t> block_of_;  ///< by link
};

}  // namespace firebreak
