// Dijkstra over the links: over those that work; where they do not connect, also over those that fail at the moment
// asked for; then over all. Those that fail are dear, so that as few of them as possible are named.

#include "analyzer/connection.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
#include <utility>

namespace firebreak {

namespace {

constexpr std::uint64_t kWorks = 1;
constexpr std::uint64_t kBroken = std::uint64_t{1} << 32U;  // dearer than any number of links that work
constexpr std::uint64_t kNoWay = 0;

/// The links of a cheapest way from one zone to another; no value when there is none.
std::optional<std::vector<NodeId>> find_way(const Graph& graph, NodeId from, NodeId to, const auto& cost_of) {
  struct Arrival {
    NodeId link;
    NodeId from;
    std::uint64_t cost = ~std::uint64_t{0};
  };
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
      const std::uint64_t next = cost + cost_of(end.link);
      if (next == cost || next >= at[end.zone].cost) continue;
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

Connection find_connection(const Graph& graph, const NeedRun& run, NodeId from, NodeId to, Seconds at) {
  Connection result;
  if (from == to || !graph.has_links) {
    result.connected = true;
    return result;
  }
  const auto broken = [&](NodeId link) {
    const Seconds fails = run.fails[VertexId(link.index())];
    return fails != kNever && fails <= at;
  };
  /// A way over working links and broken ones that lasted until then.
  const auto find_way_of = [&](Seconds lasted) {
    return find_way(graph, from, to, [&](NodeId link) {
      if (!broken(link)) return kWorks;
      return run.fails[VertexId(link.index())] >= lasted ? kBroken : kNoWay;
    });
  };
  if (auto way = find_way_of(kNever)) {
    result.connected = true;
    result.path = std::move(*way);
    return result;
  }
  auto detour = find_way_of(at);
  if (!detour) detour = find_way_of(0);
  if (detour) std::ranges::copy_if(*detour, std::back_inserter(result.broken), broken);
  return result;
}

}  // namespace firebreak
