// Depth first over the zones: a block ends where nothing below a link leads above the zone the link comes from. Links
// are numbered, so that of two side by side the second leads back (Hopcroft and Tarjan 1973).

#include "analyzer/zone_blocks.h"

#include <algorithm>
#include <deque>

namespace firebreak {

namespace {

class BlockSearch {
 public:
  BlockSearch(const Graph& graph, IdVector<NodeId, std::size_t>& block_of)
      : graph_(graph), block_of_(block_of), found_(graph.node_count, 0), lowest_(graph.node_count, 0) {}

  /// How many blocks there are.
  [[nodiscard]] std::size_t run() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[n] != NodeKind::zone || found_[n] != 0) continue;
      enter(n, {});
      while (!path_.empty()) step();
    }
    return blocks_;
  }

 private:
  struct Step {
    NodeId zone;
    NodeId by;  ///< the link it was come to by
    std::size_t next = 0;
  };

  void enter(NodeId zone, NodeId by) {
    found_[zone] = lowest_[zone] = ++clock_;
    path_.push_back({zone, by});
  }

  void step() {
    Step& step = path_.back();
    const auto ends = graph_.links_of[step.zone];
    if (step.next == ends.size()) return leave();
    const LinkEnd end = ends[step.next++];
    if (end.link == step.by) return;
    if (found_[end.zone] == 0) {
      open_.push_back(end.link);
      return enter(end.zone, end.link);
    }
    if (found_[end.zone] > found_[step.zone]) return;  // seen from its other end before
    open_.push_back(end.link);
    lowest_[step.zone] = std::min(lowest_[step.zone], found_[end.zone]);
  }

  void leave() {
    const Step left = path_.back();
    path_.pop_back();
    if (path_.empty()) return;
    const NodeId above = path_.back().zone;
    lowest_[above] = std::min(lowest_[above], lowest_[left.zone]);
    if (lowest_[left.zone] < found_[above]) return;
    NodeId link;
    do {
      link = open_.back();
      open_.pop_back();
      block_of_[link] = blocks_;
    } while (link != left.by);
    ++blocks_;
  }

  const Graph& graph_;
  IdVector<NodeId, std::size_t>& block_of_;
  IdVector<NodeId, std::uint32_t> found_;   ///< when; 0 = not yet
  IdVector<NodeId, std::uint32_t> lowest_;  ///< the first found zone that it, or what is below it, leads to
  std::vector<Step> path_;
  std::vector<NodeId> open_;  ///< links in no block yet
  std::uint32_t clock_ = 0;
  std::size_t blocks_ = 0;
};

}  // namespace

ZoneBlocks::ZoneBlocks(const Graph& graph) : graph_(&graph), block_of_(graph.node_count, 0) {
  links_.resize(BlockSearch(graph, block_of_).run());
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::link) links_[block_of_[n]].push_back(n);
  }
}

std::vector<ZoneBlocks::Crossing> ZoneBlocks::way(NodeId from, NodeId to) const {
  IdVector<NodeId, LinkEnd> back(graph_->node_count);  // the link a zone was come to by, and from where
  std::deque<NodeId> open{to};
  while (!open.empty() && !back[from].link.valid()) {
    const NodeId zone = open.front();
    open.pop_front();
    for (const LinkEnd& end : graph_->links_of[zone]) {
      if (end.zone == to || back[end.zone].link.valid()) continue;
      back[end.zone] = {end.link, zone};
      open.push_back(end.zone);
    }
  }
  std::vector<Crossing> crossings;
  for (NodeId zone = from; zone != to; zone = back[zone].zone) {
    const std::size_t block = block_of_[back[zone].link];
    if (crossings.empty() || crossings.back().block != block) crossings.push_back({block, zone, {}});
    crossings.back().to = back[zone].zone;
  }
  return crossings;
}

}  // namespace firebreak
