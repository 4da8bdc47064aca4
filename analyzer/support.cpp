#include "analyzer/support.h"

namespace firebreak {

IdVector<VertexId, bool> find_support(const Graph& graph, std::span<const NodeId> nodes) {
  const NeedRelation& need = graph.need;
  IdVector<VertexId, bool> support(need.owner.size(), false);
  std::vector<VertexId> open;
  bool links_count = false;
  const auto add = [&](VertexId v) {
    if (support[v]) return;
    support[v] = true;
    open.push_back(v);
  };
  for (const NodeId n : nodes) add(VertexId(n.index()));
  while (!open.empty()) {
    const VertexId v = open.back();
    open.pop_back();
    for (const ArcId a : need.inputs(v)) {
      add(need.arcs[a].from);
      if (links_count || !graph.has_links || !need.arcs[a].leaf.valid()) continue;
      const Leaf leaf = leaf_of(graph, need.arcs[a].leaf);
      if (!leaf.from_zone.valid() || !leaf.to_zone.valid() || leaf.from_zone == leaf.to_zone) continue;
      links_count = true;
      for (const NodeId n : ids<NodeId>(graph.node_count)) {
        if (graph.kind[n] == NodeKind::link) add(VertexId(n.index()));
      }
    }
  }
  return support;
}

}  // namespace firebreak
