#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "report/picture/picture.h"

/// Making a picture small enough to be read and laid out.
namespace firebreak::report {

struct Room {
  std::size_t nodes = 60;      ///< wished for
  std::size_t edges = 220;     ///< wished for
  std::size_t alone = 40;      ///< nodes that stay alone because of `keep`, at most
  std::size_t in_column = 20;  ///< nodes of one column, wished for
};

/// The picture with nodes drawn together until it fits: nodes of the same look with the same neighbours first, then of
/// the same look and box, then of the same look, ever more coarsely. Nodes with a `keep` stay alone, lowest first, as
/// far as there is room. A chain stays a chain: an arrow between two nodes that are drawn is drawn, thick if one of
/// those it stands for is. When there are too many all the same, arrows that are not part of a chain are left out.
/// `remarks` says what was done. A picture that fits already is returned as it is. Cost: linear in the picture per
/// refinement, at most some dozens of them.
[[nodiscard]] Picture aggregate(const Picture& picture, const Room& room);

/// Only the nodes that stand for one of `subjects` and those within `hops` edges of them in any direction (groups do
/// not count as a hop), with everything that stands for nothing in the topology. `remarks` says how many are left out.
/// Cost: linear.
[[nodiscard]] Picture focus(const Picture& picture, const std::vector<NodeId>& subjects, std::uint32_t hops);

/// The picture without bystanders, when it has more than `most_nodes` nodes: services and customers among them are
/// drawn together, the others left out. `remarks` says how many. Cost: linear.
[[nodiscard]] Picture without_bystanders(const Picture& picture, std::size_t most_nodes);

/// The picture without the boxes and nodes given up: `kept[i]` says whether node i stays. Edges between kept nodes
/// stay; boxes around nothing go.
[[nodiscard]] Picture only(const Picture& picture, const std::vector<bool>& kept);

}  // namespace firebreak::report
