// The start law from nothing: a least fixed point on the same kernel, where an input counts once what is needed has
// started and the links between have. Started links join zones to parts (union-find, Tarjan 1975). What never starts is
// cut into strongly connected components; those with a circle are the loops.

#include <algorithm>
#include <utility>

#include "firebreak/check.h"

#include "analyzer/cascade.h"
#include "analyzer/strong_components.h"

namespace firebreak {

namespace {

/// The zones as links that have started connect them, and the inputs that wait for two zones to be connected.
class StartedParts {
 public:
  explicit StartedParts(const Graph& graph)
      : has_links_(graph.has_links), part_(graph.node_count), waiting_(graph.node_count) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) part_[n] = n;
  }

  /// Whether no started links join the zones of a need.
  [[nodiscard]] bool cut(const Leaf& leaf) {
    if (!has_links_ || !leaf.from_zone.valid() || !leaf.to_zone.valid()) return false;
    return !connected(leaf.from_zone, leaf.to_zone);
  }

  /// Keeps an input until the zones of its leaf are connected, which they are not yet.
  void park(const Output& input, const Leaf& leaf) {
    const auto at = static_cast<std::uint32_t>(parked_.size());
    parked_.push_back({input, leaf.from_zone, leaf.to_zone});
    waiting_[part(leaf.from_zone)].push_back(at);
    waiting_[part(leaf.to_zone)].push_back(at);
  }

  /// Joins the parts of two zones, and calls `release` with each input that waited for it. Who waits at the part with
  /// fewer of them is looked at and moves to the other, so that each moves as often as its number can double.
  void join(NodeId a, NodeId b, const auto& release) {
    NodeId from = part(a);
    NodeId into = part(b);
    if (from == into) return;
    if (waiting_[from].size() > waiting_[into].size()) std::swap(from, into);
    part_[from] = into;
    for (const std::uint32_t i : std::exchange(waiting_[from], {})) {
      Parked& parked = parked_[i];
      if (parked.released) continue;
      parked.released = connected(parked.from, parked.to);
      if (parked.released) {
        release(parked.input);
      } else {
        waiting_[into].push_back(i);
      }
    }
  }

 private:
  struct Parked {
    Output input;
    NodeId from;
    NodeId to;
    bool released = false;
  };

  [[nodiscard]] bool connected(NodeId a, NodeId b) { return part(a) == part(b); }

  /// The zone that stands for the part a zone is in.
  [[nodiscard]] NodeId part(NodeId zone) {
    while (part_[zone] != zone) {
      part_[zone] = part_[part_[zone]];
      zone = part_[zone];
    }
    return zone;
  }

  bool has_links_;
  IdVector<NodeId, NodeId> part_;
  IdVector<NodeId, std::vector<std::uint32_t>> waiting_;
  std::vector<Parked> parked_;
};

/// Starts everything that can start when nothing is up.
class StartPass {
 public:
  explicit StartPass(const Graph& graph)
      : graph_(graph), relation_(graph.need), cascade_(thresholds(graph)), parts_(graph) {}

  void run() {
    for (const ArcId a : ids<ArcId>(relation_.arcs.size())) {
      const Arc& arc = relation_.arcs[a];
      if (arc.soft || !arc.start) cascade_.count(arc.to);
    }
    for (const VertexId v : ids<VertexId>(relation_.owner.size())) {
      if (relation_.fails_at[v] == 0) cascade_.flip(v);
    }
    for (VertexId v = cascade_.next(); v.valid(); v = cascade_.next()) {
      for (const Output& output : relation_.outputs[v]) offer(output);
      const bool link = v.index() < graph_.node_count && graph_.kind[NodeId(v.index())] == NodeKind::link;
      if (!link) continue;
      const auto [a, b] = graph_.ends[NodeId(v.index())];
      parts_.join(a, b, [&](const Output& waited) { cascade_.count(waited.to); });
    }
  }

  [[nodiscard]] bool started(VertexId v) const { return cascade_.flipped(v); }

  /// Whether a need waits for links, whatever its provider does.
  [[nodiscard]] bool waits_for_links(const Leaf& leaf) { return parts_.cut(leaf); }

 private:
  static IdVector<VertexId, std::uint32_t> thresholds(const Graph& graph) {
    IdVector<VertexId, std::uint32_t> must_hold;
    for (const VertexId v : ids<VertexId>(graph.need.owner.size())) {
      const std::uint32_t inputs = static_cast<std::uint32_t>(graph.need.inputs(v).size());
      must_hold.push_back(graph.need.fails_at[v] == 0 ? 0 : inputs - graph.need.fails_at[v] + 1);
    }
    return must_hold;
  }

  /// An input whose provider has started: it counts, waits for links, or never counts.
  void offer(const Output& output) {
    if (output.soft || !output.start) return;
    if (output.severable) {
      const Leaf leaf = leaf_of(graph_, relation_.arcs[output.arc].leaf);
      if (!leaf.permitted) return;
      if (parts_.cut(leaf)) return parts_.park(output, leaf);
    }
    cascade_.count(output.to);
  }

  const Graph& graph_;
  const NeedRelation& relation_;
  Cascade cascade_;
  StartedParts parts_;
};

/// What waits for what among all that never starts. Who waits for links waits for a hub that stands for the part of the
/// network, and the hub for its links; hubs come behind the vertices. A need that no policy permits waits for nothing.
std::vector<IndexArc> find_waits(const Graph& graph, StartPass& pass) {
  const NeedRelation& need = graph.need;
  std::vector<IndexArc> waits;
  const auto hub = [&](NodeId zone) { return static_cast<std::uint32_t>(need.owner.size()) + graph.component[zone]; };
  for (const Arc& arc : need.arcs) {
    if (arc.soft || !arc.start || pass.started(arc.to)) continue;
    if (arc.leaf.valid() && !arc.permitted) continue;
    if (!pass.started(arc.from)) waits.emplace_back(arc.to.index(), arc.from.index());
    if (!arc.leaf.valid()) continue;
    const Leaf leaf = leaf_of(graph, arc.leaf);
    if (pass.waits_for_links(leaf)) waits.emplace_back(arc.to.index(), hub(leaf.to_zone));
  }
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::link || pass.started(VertexId(n.index()))) continue;
    waits.emplace_back(hub(graph.ends[n].first), n.index());
  }
  return waits;
}

}  // namespace

std::vector<std::vector<NodeId>> start_loops(const Graph& graph) {
  StartPass pass(graph);
  pass.run();
  std::vector<IndexArc> waits = find_waits(graph, pass);
  const auto [component, count] = strong_components(graph.need.owner.size() + graph.node_count, waits);
  std::vector<std::vector<NodeId>> members(count);
  for (const NodeId n : ids<NodeId>(graph.node_count)) members[component[n.index()]].push_back(n);
  std::vector<bool> circular(count, false);
  for (const auto& [waiting, awaited] : waits) {
    if (component[waiting] == component[awaited]) circular[component[waiting]] = true;
  }
  std::vector<std::vector<NodeId>> loops;
  for (std::uint32_t c = 0; c < count; ++c) {
    if (circular[c] && !members[c].empty()) loops.push_back(std::move(members[c]));
  }
  std::ranges::sort(loops);
  return loops;
}

}  // namespace firebreak
