#include <deque>
#include <set>
#include <string>

#include "report/picture/aggregate.h"
#include "report/wording.h"

// Breadth first from the subjects over edges in both directions; passing a group costs nothing, so it goes to the front
// of the queue.

namespace firebreak::report {
namespace {

constexpr std::size_t kNone = PictureNode::kNoBox;

/// New indices of the boxes that hold something, the others kNone.
std::vector<std::size_t> used_boxes(const Picture& picture, const std::vector<bool>& kept,
                                    std::vector<PictureBox>& out) {
  std::vector<bool> used(picture.boxes.size(), false);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    for (std::size_t b = kept[i] ? picture.nodes[i].box : kNone; b != kNone && !used[b]; b = picture.boxes[b].parent)
      used[b] = true;
  }
  std::vector<std::size_t> renamed(picture.boxes.size(), kNone);
  for (std::size_t b = 0; b < picture.boxes.size(); ++b) {
    if (!used[b]) continue;
    renamed[b] = out.size();
    out.push_back(picture.boxes[b]);
    if (out.back().parent != kNone) out.back().parent = renamed[out.back().parent];
  }
  return renamed;
}

/// Neighbours in both directions.
std::vector<std::vector<std::size_t>> neighbours(const Picture& picture) {
  std::vector<std::vector<std::size_t>> out(picture.nodes.size());
  for (const PictureEdge& edge : picture.edges) {
    out[edge.from].push_back(edge.to);
    out[edge.to].push_back(edge.from);
  }
  return out;
}

/// Takes out groups that have lost all their members or whatever they belong to.
void drop_idle_gates(const Picture& picture, std::vector<bool>& kept) {
  std::vector<std::size_t> gates;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (kept[i] && picture.nodes[i].shape == Shape::gate) gates.push_back(i);
  }
  for (bool changed = true; changed;) {
    changed = false;
    std::vector<unsigned char> sides(picture.nodes.size(), 0);
    for (const PictureEdge& edge : picture.edges) {
      if (!kept[edge.from] || !kept[edge.to]) continue;
      sides[edge.from] |= 1U;
      sides[edge.to] |= 2U;
    }
    for (const std::size_t gate : gates) {
      if (!kept[gate] || sides[gate] == 3U) continue;
      kept[gate] = false;
      changed = true;
    }
  }
}

}  // namespace

Picture only(const Picture& picture, const std::vector<bool>& kept) {
  Picture out;
  out.title = picture.title;
  out.remarks = picture.remarks;
  out.left_to_right = picture.left_to_right;
  out.columns_in_order = picture.columns_in_order;
  out.labels_matter = picture.labels_matter;
  out.legend = picture.legend;
  const std::vector<std::size_t> box = used_boxes(picture, kept, out.boxes);
  std::vector<std::size_t> renamed(picture.nodes.size(), kNone);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (!kept[i]) continue;
    renamed[i] = out.nodes.size();
    out.nodes.push_back(picture.nodes[i]);
    if (out.nodes.back().box != kNone) out.nodes.back().box = box[out.nodes.back().box];
  }
  for (const PictureEdge& edge : picture.edges) {
    if (renamed[edge.from] == kNone || renamed[edge.to] == kNone) continue;
    out.edges.push_back(edge);
    out.edges.back().from = renamed[edge.from];
    out.edges.back().to = renamed[edge.to];
  }
  return out;
}

Picture focus(const Picture& picture, const std::vector<NodeId>& subjects, std::uint32_t hops) {
  constexpr auto kFar = static_cast<std::uint32_t>(-1);
  const std::set<NodeId> wanted(subjects.begin(), subjects.end());
  const auto next = neighbours(picture);
  std::vector<std::uint32_t> distance(picture.nodes.size(), kFar);
  std::deque<std::size_t> waiting;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (!picture.nodes[i].subject.valid() || !wanted.contains(picture.nodes[i].subject)) continue;
    distance[i] = 0;
    waiting.push_back(i);
  }
  while (!waiting.empty()) {
    const std::size_t at = waiting.front();
    waiting.pop_front();
    for (const std::size_t n : next[at]) {
      const bool free = picture.nodes[n].shape == Shape::gate;
      const std::uint32_t there = distance[at] + (free ? 0 : 1);
      if (there > hops || there >= distance[n]) continue;
      distance[n] = there;
      free ? waiting.push_front(n) : waiting.push_back(n);
    }
  }
  std::vector<bool> kept(picture.nodes.size());
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const bool stands_for_nothing = !picture.nodes[i].subject.valid() && picture.nodes[i].shape != Shape::gate;
    kept[i] = stands_for_nothing || distance[i] != kFar;
    if (!kept[i] && picture.nodes[i].shape != Shape::gate) left_out += picture.nodes[i].count;
  }
  drop_idle_gates(picture, kept);
  Picture out = only(picture, kept);
  if (left_out > 0) {
    out.remarks.push_back("only what is within " + counted(hops, "step") + " of the focus; " +
                          grouped(static_cast<double>(left_out)) + " more not drawn");
  }
  return out;
}

}  // namespace firebreak::report
