#include <algorithm>
#include <gtest/gtest.h>

#include "analyzer/zone_components.h"

namespace firebreak {
namespace {

/// Zones 0 to `zones`-1, links behind them, between the zones given.
Graph graph_of(std::size_t zones, const std::vector<std::pair<std::size_t, std::size_t>>& links) {
  Graph graph;
  graph.node_count = zones + links.size();
  graph.has_links = true;
  graph.kind.assign(graph.node_count, NodeKind::zone);
  graph.ends.resize(graph.node_count);
  std::vector<std::vector<LinkEnd>> of(graph.node_count);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const NodeId link(zones + i);
    graph.kind[link] = NodeKind::link;
    graph.ends[link] = {NodeId(links[i].first), NodeId(links[i].second)};
    of[links[i].first].push_back({link, NodeId(links[i].second)});
    of[links[i].second].push_back({link, NodeId(links[i].first)});
  }
  for (const auto& ends : of) {
    graph.links_of.items.insert(graph.links_of.items.end(), ends.begin(), ends.end());
    graph.links_of.end_row();
  }
  graph.component.assign(graph.node_count, 0);
  return graph;
}

/// Connected by definition: a path over links that are alive.
bool connected(const Graph& graph, const std::vector<bool>& alive, NodeId from, NodeId to) {
  std::vector<NodeId> open{from};
  std::vector<bool> seen(graph.node_count, false);
  seen[from.index()] = true;
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    if (at == to) return true;
    for (const LinkEnd& end : graph.links_of[at]) {
      if (!alive[end.link.index()] || seen[end.zone.index()]) continue;
      seen[end.zone.index()] = true;
      open.push_back(end.zone);
    }
  }
  return false;
}

TEST(ZoneComponents, AgreeWithPathsWhileLinksGoDown) {
  std::uint64_t state = 7;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33U) % below);
  };
  for (int round = 0; round < 300; ++round) {
    const std::size_t zones = 2 + random(120);
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t z = 1; z < zones; ++z) links.emplace_back(z, random(z));
    for (std::size_t extra = random(zones); extra > 0; --extra) links.emplace_back(random(zones), random(zones));
    std::erase_if(links, [](const auto& link) { return link.first == link.second; });
    const Graph graph = graph_of(zones, links);
    std::vector<bool> alive(graph.node_count, true);
    ZoneComponents components(graph);
    std::vector<NodeId> up;
    for (std::size_t i = 0; i < links.size(); ++i) up.push_back(NodeId(zones + i));
    while (!up.empty()) {
      std::vector<NodeId> gone;
      for (std::size_t batch = 1 + random(round % 3 == 0 ? 8 : 1); batch > 0 && !up.empty(); --batch) {
        const std::size_t pick = random(up.size());
        alive[up[pick].index()] = false;
        gone.push_back(up[pick]);
        up.erase(up.begin() + static_cast<std::ptrdiff_t>(pick));
      }
      std::vector<NodeId> moved;
      components.cut(gone, moved);
      for (int probe = 0; probe < 20; ++probe) {
        const NodeId a(random(zones));
        const NodeId b(random(zones));
        ASSERT_EQ(components.connected(a, b), connected(graph, alive, a, b)) << "round " << round;
      }
    }
  }
}

TEST(ZoneComponents, NamesEveryPairThatLostConnection) {
  const Graph graph = graph_of(4, {{0, 1}, {1, 2}, {2, 3}});
  ZoneComponents components(graph);
  std::vector<NodeId> moved;
  components.cut(std::vector<NodeId>{NodeId(6)}, moved);
  EXPECT_TRUE(std::ranges::find(moved, NodeId(3)) != moved.end() || moved.size() >= 3);
  EXPECT_FALSE(components.connected(NodeId(0), NodeId(3)));
  EXPECT_TRUE(components.connected(NodeId(0), NodeId(2)));
}

}  // namespace
}  // namespace firebreak
