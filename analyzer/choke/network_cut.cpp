// A node that can be taken away is split in two, with its cost between; so is a pivot. What rules decide is a chain of
// them from those who send to those who are sent to: where a rule is in several chains, its cost is shared out, so that
// no cut costs less than what flows. A step that needs several nodes is left out.
//
// No minimum cut lies before the one nearest to the source: any other takes at least all that in the network, and the
// law reaches no more without its points than the network does. None lies behind the one nearest to the sink: any other
// has all that it lets be reached on the source's side, and what is reached there without the rules and pivots of the
// cut is what is reached with them.

#include "analyzer/choke/network_cut.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace firebreak {

using solver::FlowNetwork;

namespace {

WayPoint point(NodeId n) {
  return {WayPoint::Type::node, n, {}, {}};
}
WayPoint point(PivotId p) {
  return {WayPoint::Type::pivot, {}, {}, p};
}

std::vector<NodeId> sorted(std::vector<NodeId> nodes) {
  std::ranges::sort(nodes);
  return nodes;
}

}  // namespace

NetworkCut::NetworkCut(Ways& ways, const Graph& graph, const PointCosts& costs, std::span<const NodeId> starts,
                       std::span<const NodeId> targets, std::vector<WayRow>& rows)
    : ways_(ways), graph_(graph), costs_(costs), starts_(starts), targets_(targets), rows_(rows) {}

NetworkCut::Network NetworkCut::make() const {
  Network network{FlowNetwork(ways_.stations() + graph_.node_count), {}, 0, 0};
  network.source = network.flow.add_vertex();
  network.sink = network.flow.add_vertex();
  for (const NodeId n : starts_) network.flow.add_arc(network.source, into(n), FlowNetwork::kUnlimited);
  for (const NodeId n : targets_) network.flow.add_arc(into(n), network.sink, FlowNetwork::kUnlimited);
  add_nodes(network);
  add_pivots(network);
  add_rows(network);
  return network;
}

void NetworkCut::add_nodes(Network& network) const {
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (!can_be_compromised(graph_.kind[n])) continue;
    if (costs_.can_go(n)) {
      network.places.push_back({point(n), into(n), out_of(n)});
      network.flow.add_arc(into(n), out_of(n), costs_.scaled(point(n)));
    } else {
      network.flow.add_arc(into(n), out_of(n), FlowNetwork::kUnlimited);
    }
    for (const NodeId guest : graph_.guests[n]) {
      if (ways_.goes_with_host(guest)) network.flow.add_arc(out_of(n), into(guest), FlowNetwork::kUnlimited);
    }
  }
}

void NetworkCut::add_pivots(Network& network) const {
  for (const PivotId p : ids<PivotId>(graph_.pivots.size())) {
    if (!ways_.is_plain(p)) continue;
    const GraphPivot& pivot = graph_.pivots[p];
    const Place place{point(p), ways_.user(p).index(), network.flow.add_vertex()};
    network.places.push_back(place);
    network.flow.add_arc(place.before, place.behind, costs_.scaled(place.point));
    for (const NodeId n : pivot.from) {
      if (ways_.can_use(n)) network.flow.add_arc(out_of(n), place.before, FlowNetwork::kUnlimited);
    }
    for (const NodeId n : pivot.to) {
      if (ways_.can_be_taken(n)) network.flow.add_arc(place.behind, into(n), FlowNetwork::kUnlimited);
    }
  }
}

void NetworkCut::add_rows(Network& network) const {
  std::map<std::pair<StationId, std::vector<WayPoint>>, std::vector<StationId>> chains;
  std::map<WayPoint, std::pair<Cost, Cost>> places;  // how many there are, and how many are done
  for (const WayRow& row : rows_) {
    if (row.from.size() > 1 || ways_.is_user(row.to) || ways_.is_user(row.from.front())) continue;
    const auto [at, fresh] = chains.try_emplace({row.from.front(), row.points});
    at->second.push_back(row.to);
    if (!fresh) continue;
    for (const WayPoint& p : row.points) ++places[p].first;
  }
  for (const auto& [chain, ends] : chains) {
    Vertex at = out_of(chain.first);
    for (const WayPoint& p : chain.second) {
      const Vertex behind = network.flow.add_vertex();
      auto& [all, done] = places.at(p);
      const Cost cost = costs_.scaled(p);
      network.flow.add_arc(at, behind, cost / all + (done++ < cost % all ? 1 : 0));
      network.places.push_back({p, at, behind});
      at = behind;
    }
    for (const StationId to : ends) network.flow.add_arc(at, to.index(), FlowNetwork::kUnlimited);
  }
}

std::vector<WayPoint> NetworkCut::points_on(const Network& network, const Side& side) {
  std::vector<WayPoint> points;
  for (const Place& place : network.places) {
    if (side[place.before] != 0 && side[place.behind] == 0) points.push_back(place.point);
  }
  std::ranges::sort(points);
  points.erase(std::ranges::unique(points).begin(), points.end());
  return points;
}

PointCosts::Cost NetworkCut::price(std::span<const WayPoint> points) const {
  Cost sum = 0;
  for (const WayPoint& p : points) sum += costs_.scaled(p);
  return sum;
}

std::vector<NodeId> NetworkCut::reached_in(const Side& side) const {
  std::vector<NodeId> reached;
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (can_be_compromised(graph_.kind[n]) && side[out_of(n)] != 0) reached.push_back(n);
  }
  return reached;
}

bool NetworkCut::learn(const Blast& blast, std::span<const NodeId> nodes) {
  std::vector<WayRow> rows = ways_.new_rows(blast, nodes);
  rows_.insert(rows_.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  return !rows.empty();
}

/// Without the points as much is reached as where only the nodes on the other side are away.
bool NetworkCut::nothing_is_behind(const Cut& cut, const Side& side) {
  const auto is_reached = [&](NodeId n) { return std::ranges::binary_search(cut.reached, n); };
  if (std::ranges::any_of(targets_, is_reached)) return false;
  std::vector<WayPoint> points;
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    const bool on_side = side[into(n)] != 0 && side[out_of(n)] != 0;
    if (can_be_compromised(graph_.kind[n]) && !on_side) points.push_back(point(n));
  }
  return sorted(ways_.run(starts_, points).order) == cut.reached;
}

std::optional<NetworkCut::Cuts> NetworkCut::find(const Patience& patience) {
  while (true) {
    Network network = make();
    const Cost most = network.flow.maximise(network.source, network.sink, patience);
    if (most == FlowNetwork::kUnlimited || !network.flow.complete() || has_run_out(patience)) return std::nullopt;
    const Side near_source = network.flow.side_near_source();
    Cuts cuts{most, {points_on(network, near_source), {}}, {}};
    const Blast blast = ways_.run(starts_, cuts.near_start.points);
    cuts.near_start.reached = sorted(blast.order);
    std::vector<NodeId> surprises;
    std::ranges::set_difference(cuts.near_start.reached, reached_in(near_source), std::back_inserter(surprises));
    if (!surprises.empty()) {
      if (learn(blast, surprises)) continue;
      return std::nullopt;
    }
    const Side near_sink = network.flow.side_near_sink();
    cuts.near_protected.points = points_on(network, near_sink);
    if (price(cuts.near_start.points) != most || price(cuts.near_protected.points) != most) return std::nullopt;
    cuts.near_protected.reached = sorted(ways_.run(starts_, cuts.near_protected.points).order);
    if (!nothing_is_behind(cuts.near_protected, near_sink)) return std::nullopt;
    return cuts;
  }
}

}  // namespace firebreak
