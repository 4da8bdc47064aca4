#include "analyzer/dark.h"

namespace firebreak {

IdVector<NodeId, std::uint8_t> find_dark(const Mask& mask, const NeedRun& run) {
  const Graph& graph = mask.graph();
  IdVector<NodeId, std::uint8_t> dark(graph.node_count, 0);
  std::vector<NodeId> open;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    const NodeId site = graph.site[n];
    if (!mask.off(n) && !(site.valid() && run.fails[VertexId(site.index())] == 0)) continue;
    dark[n] = 1;
    open.push_back(n);
  }
  while (!open.empty()) {
    const NodeId host = open.back();
    open.pop_back();
    for (const NodeId guest : graph.guests[host]) {
      if (dark[guest] != 0) continue;
      dark[guest] = 1;
      open.push_back(guest);
    }
  }
  return dark;
}

ZoneComponents components_at_once(const Graph& graph, const NeedRun& run) {
  ZoneComponents components(graph);
  std::vector<NodeId> broken;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::link && run.fails[VertexId(n.index())] == 0) broken.push_back(n);
  }
  std::vector<NodeId> moved;
  components.cut(broken, moved);
  return components;
}

}  // namespace firebreak
