// Dijkstra over the links: once over those that work and, where they do not connect, once over all, those that fail
// being dear, so that as few of them as possible are named.

#include "analyzer/connection.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
#include <utility>

namespace firebreak {

namespace {

/// The links of a way from one zone to another with the fewest broken links, of these one with the fewest links; no
/// value when there is none.
std::optional<std::vector<NodeId>> find_way(const Graph& graph, NodeId from, NodeId to, const auto& broken,
                                            bool over_broken) {
  struct Arrival {
    NodeId link;
    NodeId from;
    std::uint64_t cost = ~std::uint64_t{0};
  };
  constexpr std::uint64_t kBroken = std::uint64_t{1} << 32U;  // dearer than any number of links that work
  IdVector<NodeId, Arrival> at(graph.node_count);
  using Entry = std::pair<std::uint64_t, NodeId>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  at[from].cost = 0;
  open.push({0, from});
  while (!open.empty()) {
    const auto [cost, zone] = open.top();
    open.pop();
    if (zone == to) break;
    if (cost > at[zone].cost) continue;
    for (const LinkEnd& end : graph.links_of[zone]) {
      const bool down = broken(end.link);
      if (down && !over_broken) continue;
      const std::uint64_t next = cost + (down ? kBroken : 1);
      if (next >= at[end.zone].cost) continue;
      at[end.zone] = {end.link, zone, next};
      open.push({next, end.zone});
    }
  }
  if (!at[to].link.valid()) return std::nullopt;
  std::vector<NodeId> links;
  for (NodeId zone = to; zone != from; zone = at[zone].from) links.push_back(at[zone].link);
  std::ranges::reverse(links);
  return links;
}

}  // namespace

Connection find_connection(const Graph& graph, const NeedRun& run, NodeId from, NodeId to) {
  Connection result;
  if (from == to || !graph.has_links) {
    result.connected = true;
    return result;
  }
  const auto broken = [&](NodeId link) { return run.fails[VertexId(link.index())] == 0; };
  if (auto way = find_way(graph, from, to, broken, false)) {
    result.connected = true;
    result.path = std::move(*way);
  } else if (auto detour = find_way(graph, from, to, broken, true)) {
    std::ranges::copy_if(*detour, std::back_inserter(result.broken), broken);
  }
  return result;
}

}  // namespace firebreak
