#include "topology/compile/compile.h"

#include <algorithm>

namespace firebreak {

namespace {

void copy_columns(const Topology& topology, Graph& graph) {
  const std::size_t count = topology.nodes.size();
  graph.node_count = count;
  graph.kind.resize(count);
  graph.zone.resize(count);
  graph.parent.resize(count);
  graph.site.resize(count);
  graph.host.resize(count);
  graph.weight.resize(count);
  graph.cost.assign(count, 1);
  graph.effort.resize(count);
  graph.start.resize(count);
  graph.rebuild.resize(count);
  graph.critical.resize(count);
  graph.component.resize(count);
  for (const NodeId n : ids<NodeId>(count)) graph.kind[n] = topology.nodes[n].kind;
  for (const Zone& zone : topology.zones) {
    graph.zone[zone.node] = zone.node;
    graph.parent[zone.node] = zone.parent;
    graph.cost[zone.node] = zone.cost;
  }
  for (const Site& site : topology.sites) graph.parent[site.node] = site.parent;
  for (const System& system : topology.systems) {
    graph.zone[system.node] = system.zone;
    graph.site[system.node] = system.site;
    graph.host[system.node] = system.runs_on;
    graph.effort[system.node] = system.effort;
    graph.start[system.node] = system.start;
    graph.rebuild[system.node] = system.rebuild;
    graph.critical[system.node] = system.critical;
    graph.cost[system.node] = system.cost;
  }
  for (const Identity& identity : topology.identities) {
    graph.critical[identity.node] = identity.critical;
    graph.rebuild[identity.node] = identity.rebuild;
    graph.cost[identity.node] = identity.cost;
  }
  for (const Service& service : topology.services) {
    graph.weight[service.node] = service.weight.value_or(service.users.value_or(1));
  }
  graph.ports = topology.ports;
}

void compile_links(const Topology& topology, Graph& graph) {
  graph.has_links = !topology.links.empty();
  std::vector<std::pair<NodeId, LinkEnd>> ends;
  ends.reserve(2 * topology.links.size());
  graph.ends.resize(graph.node_count);
  for (const Link& link : topology.links) {
    graph.ends[link.node] = {link.a, link.b};
    ends.push_back({link.a, {link.node, link.b}});
    ends.push_back({link.b, {link.node, link.a}});
  }
  graph.links_of = packed_pairs(graph.node_count, ends);

  std::uint32_t components = 0;
  std::vector<NodeId> stack;
  IdVector<NodeId, bool> seen(graph.node_count, false);
  for (const Zone& zone : topology.zones) {
    if (seen[zone.node]) continue;
    seen[zone.node] = true;
    stack.push_back(zone.node);
    while (!stack.empty()) {
      const NodeId at = stack.back();
      stack.pop_back();
      graph.component[at] = components;
      for (const LinkEnd& end : graph.links_of[at]) {
        if (seen[end.zone]) continue;
        seen[end.zone] = true;
        stack.push_back(end.zone);
      }
    }
    if (graph.has_links) ++components;
  }
}

void compile_guests(const Topology& topology, Graph& graph) {
  std::vector<std::pair<NodeId, NodeId>> guests;
  for (const System& system : topology.systems) {
    if (system.runs_on.valid()) guests.push_back({system.runs_on, system.node});
  }
  graph.guests = packed_pairs(graph.node_count, guests);
}

void compile_pivots(const Topology& topology, Graph& graph) {
  std::vector<std::pair<NodeId, PivotId>> from;
  std::vector<std::pair<NodeId, PivotId>> requiring;
  for (const PivotId p : ids<PivotId>(topology.pivots.size())) {
    const Pivot& pivot = topology.pivots[p];
    GraphPivot compiled{select(topology, pivot.from), select(topology, pivot.to), select(topology, pivot.requires_all),
                        pivot.port, pivot.effort};
    for (const NodeId n : compiled.from) from.push_back({n, p});
    for (const NodeId n : compiled.requires_all) requiring.push_back({n, p});
    graph.pivots.push_back(std::move(compiled));
  }
  graph.pivots_from = packed_pairs(graph.node_count, from);
  graph.pivots_requiring = packed_pairs(graph.node_count, requiring);
}

}  // namespace

Graph compile(const Topology& topology) {
  Graph graph;
  copy_columns(topology, graph);
  compile_links(topology, graph);
  compile_guests(topology, graph);
  compile_pivots(topology, graph);
  compiling::compile_flows(topology, graph);
  compiling::compile_needs(topology, graph);
  return graph;
}

Packed<NodeId, NodeId> systems_inside(const Graph& graph) {
  std::vector<std::pair<NodeId, NodeId>> pairs;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::system) continue;
    for (NodeId zone = graph.zone[n]; zone.valid(); zone = graph.parent[zone]) pairs.emplace_back(zone, n);
  }
  return packed_pairs(graph.node_count, pairs);
}

}  // namespace firebreak
