// Links are taken down one at a time. Both ends of a link search through the links that are left, in turn; when the
// searches meet, nothing is separated, and when one of them runs out, it has found the smaller part, which gets a new
// label.

#include "analyzer/zone_components.h"

#include <array>

namespace firebreak {

namespace {

/// From this share of all nodes on, one pass over everything costs less than a search per link.
constexpr std::size_t kBatch = 32;

}  // namespace

ZoneComponents::ZoneComponents(const Graph& graph)
    : graph_(&graph), component_(graph.component), next_label_(static_cast<std::uint32_t>(graph.node_count)) {}

void ZoneComponents::cut(std::span<const NodeId> links, std::vector<NodeId>& moved) {
  if (links.empty()) return;
  if (down_.empty()) down_.assign(graph_->node_count, 0);
  if (links.size() * kBatch >= graph_->node_count) {
    for (const NodeId link : links) down_[link] = 1;
    relabel_all(moved);
    return;
  }
  for (const NodeId link : links) {
    if (down_[link] != 0) continue;
    down_[link] = 1;
    split(graph_->ends[link].first, graph_->ends[link].second, moved);
  }
}

ZoneComponents::Found ZoneComponents::step(Side& side) {
  if (side.at == side.zones.size()) return Found::end;
  const auto ends = graph_->links_of[side.zones[side.at]];
  if (side.link == ends.size()) {
    ++side.at;
    side.link = 0;
    return Found::nothing;
  }
  const LinkEnd& end = ends[side.link++];
  if (down_[end.link] != 0 || marks_[end.zone] == side.mark) return Found::nothing;
  if (marks_[end.zone] != 0) return Found::other_side;
  marks_[end.zone] = side.mark;
  side.zones.push_back(end.zone);
  return Found::nothing;
}

void ZoneComponents::split(NodeId a, NodeId b, std::vector<NodeId>& moved) {
  if (marks_.empty()) marks_.assign(graph_->node_count, 0);
  std::array<Side, 2> sides{Side{{a}, 0, 0, 1}, Side{{b}, 0, 0, 2}};
  marks_[a] = 1;
  marks_[b] = 2;
  Found found = Found::nothing;
  std::size_t turn = 0;
  while (found == Found::nothing) {
    turn = 1 - turn;
    found = step(sides[turn]);
  }
  if (found == Found::end) {
    for (const NodeId zone : sides[turn].zones) {
      component_[zone] = next_label_;
      moved.push_back(zone);
    }
    ++next_label_;
  }
  for (const Side& side : sides) {
    for (const NodeId zone : side.zones) marks_[zone] = 0;
  }
}

void ZoneComponents::relabel_all(std::vector<NodeId>& moved) {
  IdVector<NodeId, std::uint8_t> labelled(graph_->node_count, 0);
  std::vector<NodeId> open;
  for (const NodeId start : ids<NodeId>(graph_->node_count)) {
    if (graph_->kind[start] != NodeKind::zone || labelled[start] != 0) continue;
    labelled[start] = 1;
    open.push_back(start);
    while (!open.empty()) {
      const NodeId zone = open.back();
      open.pop_back();
      component_[zone] = next_label_;
      moved.push_back(zone);
      for (const LinkEnd& end : graph_->links_of[zone]) {
        if (labelled[end.zone] != 0 || down_[end.link] != 0) continue;
        labelled[end.zone] = 1;
        open.push_back(end.zone);
      }
    }
    ++next_label_;
  }
}

}  // namespace firebreak
