#include "topology/compile/compile.h"

#include <algorithm>

namespace firebreak {

namespace {

/// How many needs and pivots a topology has whose compiling is worth a helper.
constexpr std::size_t kWorthHelp = 100'000;

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
    if (system.effort != 0 && system.effort != kNever) graph.has_efforts = true;
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
  if (graph.has_links) graph.ends.resize(topology.links.back().node.index() + std::size_t{1});
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

/// The systems and identities that selectors mean. Nearly all selectors are alone and name one, which is quickly told.
void meant_by(const Topology& topology, const Graph& graph, const SelectorList& selectors, std::vector<NodeId>& nodes) {
  if (selectors.size() == 1) {
    const PivotSelector only = selectors.packed().front();
    if (only.names_node() && can_be_compromised(graph.kind[only.node()])) return nodes.assign(1, only.node());
  }
  select(topology, selectors, nodes);
}

/// The pivots by the nodes of one of their lists, ascending.
Packed<NodeId, PivotId> pivots_by_node(const Graph& graph, std::span<const NodeId> GraphPivot::*list) {
  Packed<NodeId, PivotId> result;
  result.first.assign(graph.node_count + 1, 0);
  for (const GraphPivot& pivot : graph.pivots) {
    for (const NodeId n : pivot.*list) ++result.first[n.index() + std::size_t{1}];
  }
  for (std::size_t i = 0; i < graph.node_count; ++i) result.first[i + 1] += result.first[i];
  result.items.resize(result.first.back());
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (const PivotId p : ids<PivotId>(graph.pivots.size())) {
    const GraphPivot pivot = graph.pivots[p];
    for (const NodeId n : pivot.*list) result.items[next[n.index()]++] = p;
  }
  return result;
}

void compile_pivots(const Topology& topology, Graph& graph) {
  graph.pivots.reserve(topology.pivots.size());
  graph.pivots.set_manners(topology.pivot_manners);
  std::vector<NodeId> from;
  std::vector<NodeId> to;
  std::vector<NodeId> requires_all;
  for (const PivotId p : ids<PivotId>(topology.pivots.size())) {
    const Pivot pivot = topology.pivot(p);
    meant_by(topology, graph, pivot.from, from);
    meant_by(topology, graph, pivot.to, to);
    meant_by(topology, graph, pivot.requires_all, requires_all);
    graph.pivots.push_back(from, to, requires_all, topology.pivots[p.index()].manner);
    if (!requires_all.empty()) graph.conditional.push_back(p);
    if (pivot.effort != 0) graph.has_efforts = true;
  }
  graph.pivots_from = pivots_by_node(graph, &GraphPivot::from);
  graph.pivots_requiring = pivots_by_node(graph, &GraphPivot::requires_all);
}

}  // namespace

void GraphPivots::push_back(std::span<const NodeId> from, std::span<const NodeId> to,
                            std::span<const NodeId> requires_all, PivotMannerId manner) {
  Entry entry;
  entry.manner = manner.index() & kMaxIds;
  if (from.size() == 1 && to.size() == 1 && requires_all.empty()) {
    entry.from = from.front();
    entry.to = to.front();
  } else {
    entry.from = NodeId(lists_.size());
    for (const std::span<const NodeId> list : {from, to, requires_all}) lists_.add_row(list);
  }
  entries_.push_back(entry);
}

Graph compile(const Topology& topology, Helper* helper) {
  if (topology.needs.size() + topology.pivots.size() < kWorthHelp) helper = nullptr;
  Graph graph;
  copy_columns(topology, graph);
  compile_links(topology, graph);
  compile_guests(topology, graph);
  do_both(
      helper, [&] { compile_pivots(topology, graph); }, [&] { compiling::compile_flows(topology, graph); });
  compiling::compile_needs(topology, graph, helper);
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
