// Every two zones stay connected just when the two ends of each lost link do: any way over it can then go around.

#include "analyzer/link_losses.h"

#include <algorithm>

namespace firebreak {

LinkLosses::LinkLosses(const Graph& graph, const NeedRun& base)
    : graph_(graph), base_(base), mark_(graph.node_count, 0) {}

bool LinkLosses::separates() {
  const std::uint32_t fallen = ++question_;
  for (const NodeId link : links_) mark_[link] = fallen;
  const bool apart = std::ranges::any_of(links_, [&](NodeId link) {
    const auto [a, b] = graph_.ends[link];
    return !joined(a, b);
  });
  for (const NodeId link : links_) mark_[link] = 0;
  return apart;
}

bool LinkLosses::joined(NodeId a, NodeId b) {
  if (a == b) return true;
  const std::uint32_t search = ++question_;
  found_ = {a};
  mark_[a] = search;
  for (std::size_t at = 0; at < found_.size();) {
    const NodeId zone = found_[at++];  // what is found from it is appended
    for (const LinkEnd& end : graph_.links_of[zone]) {
      const bool down = mark_[end.link] != 0 || base_.fails[VertexId(end.link.index())] != kNever;
      if (down || mark_[end.zone] == search) continue;
      if (end.zone == b) return true;
      mark_[end.zone] = search;
      found_.push_back(end.zone);
    }
  }
  return false;
}

}  // namespace firebreak
