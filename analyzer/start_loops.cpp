// The start law from nothing: a least fixed point on the same kernel, where an input counts once what is needed has
// started and the links between have. What never starts is cut into strongly connected components; those with a circle
// are the loops.

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "firebreak/check.h"

#include "analyzer/cascade.h"
#include "analyzer/zone_components.h"

namespace firebreak {

namespace {

/// Starts everything that can start when nothing is up.
class StartPass {
 public:
  explicit StartPass(const Graph& graph)
      : graph_(graph), relation_(graph.need), cascade_(thresholds(graph)), components_(started_components()) {}

  void run() {
    for (const ArcId a : ids<ArcId>(relation_.arcs.size())) {
      const Arc& arc = relation_.arcs[a];
      if (arc.soft || !arc.start) cascade_.count(arc.to);
    }
    for (const VertexId v : ids<VertexId>(relation_.owner.size())) {
      if (relation_.fails_at[v] == 0) cascade_.flip(v);
    }
    do {
      for (VertexId v = cascade_.next(); v.valid(); v = cascade_.next()) {
        for (const Output& output : relation_.outputs[v]) offer(output);
      }
    } while (connect());
  }

  [[nodiscard]] bool started(VertexId v) const { return cascade_.flipped(v); }

  /// Inputs that wait for nothing but links.
  [[nodiscard]] const std::vector<Output>& parked() const { return parked_; }

 private:
  static IdVector<VertexId, std::uint32_t> thresholds(const Graph& graph) {
    IdVector<VertexId, std::uint32_t> must_hold;
    for (const VertexId v : ids<VertexId>(graph.need.owner.size())) {
      const std::uint32_t inputs = static_cast<std::uint32_t>(graph.need.inputs(v).size());
      must_hold.push_back(graph.need.fails_at[v] == 0 ? 0 : inputs - graph.need.fails_at[v] + 1);
    }
    return must_hold;
  }

  /// The zones as links that have started connect them.
  [[nodiscard]] ZoneComponents started_components() const {
    std::vector<NodeId> down;
    std::vector<NodeId> moved;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[n] == NodeKind::link && !cascade_.flipped(VertexId(n.index()))) down.push_back(n);
    }
    ZoneComponents components(graph_);
    components.cut(down, moved);
    return components;
  }

  /// An input whose provider has started: it counts, waits for links, or never counts.
  void offer(const Output& output) {
    if (output.soft || !output.start) return;
    if (output.leaf.valid()) {
      const Leaf& leaf = relation_.leaves[output.leaf];
      if (!leaf.permitted) return;
      if (leaf.from_zone.valid() && leaf.to_zone.valid() && !components_.connected(leaf.from_zone, leaf.to_zone)) {
        parked_.push_back(output);
        return;
      }
    }
    cascade_.count(output.to);
  }

  /// Joins zones over links started since, and offers again what waited for them. False when nothing changed.
  bool connect() {
    if (parked_.empty()) return false;
    components_ = started_components();
    const std::vector<Output> waited = std::move(parked_);
    parked_.clear();
    for (const Output& output : waited) offer(output);
    return parked_.size() < waited.size();
  }

  const Graph& graph_;
  const NeedRelation& relation_;
  Cascade cascade_;
  ZoneComponents components_;
  std::vector<Output> parked_;
};

/// What waits for what among all that never starts. Who waits for links waits for a hub that stands for the part of the
/// network, and the hub for its links; hubs come behind the vertices.
std::vector<std::pair<std::uint32_t, std::uint32_t>> find_waits(const Graph& graph, const StartPass& pass) {
  const NeedRelation& need = graph.need;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> waits;
  for (const Arc& arc : need.arcs) {
    if (arc.soft || !arc.start || pass.started(arc.to) || pass.started(arc.from)) continue;
    waits.emplace_back(arc.to.index(), arc.from.index());
  }
  const auto hub = [&](NodeId zone) { return static_cast<std::uint32_t>(need.owner.size()) + graph.component[zone]; };
  for (const Output& output : pass.parked()) {
    if (!pass.started(output.to)) waits.emplace_back(output.to.index(), hub(need.leaves[output.leaf].to_zone));
  }
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::link || pass.started(VertexId(n.index()))) continue;
    waits.emplace_back(hub(graph.ends[n].first), n.index());
  }
  std::ranges::sort(waits);
  return waits;
}

}  // namespace

std::vector<std::vector<NodeId>> start_loops(const Graph& graph) {
  StartPass pass(graph);
  pass.run();
  const auto waits = find_waits(graph, pass);
  using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;
  const std::size_t vertices = graph.need.owner.size() + graph.node_count;
  const Csr stuck(boost::edges_are_sorted, waits.begin(), waits.end(), static_cast<std::uint32_t>(vertices));
  std::vector<std::uint32_t> component(vertices);
  const std::uint32_t count = boost::strong_components(
      stuck, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, stuck)));
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
