#include "analyzer/flow_demands.h"

namespace firebreak {

std::vector<NeededFlow> needed_flows(const Graph& graph) {
  std::vector<NeededFlow> flows;
  for (const LeafId l : ids<LeafId>(graph.need.leaves.size())) {
    const Leaf leaf = leaf_of(graph, l);
    if (!leaf.from_zone.valid() || !leaf.to_zone.valid()) continue;
    flows.push_back({l, leaf.source, leaf.provider, leaf.port});
  }
  return flows;
}

}  // namespace firebreak
