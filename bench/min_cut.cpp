// The minimum cut between what is compromised and what is to be protected, where nothing stands in for anything:
// systems that may be unplugged at what they cost, and the ways between them. Ours makes its network from the list of
// arcs each time; Boost.Graph's Boykov and Kolmogorov is timed with its graph made. Usage: bench_min_cut [SYSTEMS
// [PAIRS]]

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "analyzer/solver/max_flow.h"
#include "bench/estate.h"
#include "bench/measure.h"

namespace firebreak::bench {
namespace {

using solver::FlowNetwork;
using Amount = FlowNetwork::Amount;

struct Arc {
  std::uint32_t from;
  std::uint32_t to;
  Amount capacity;
};

/// A vertex where a system is come to and one where it is left, and two more: all starts, and all that is protected.
struct Network {
  std::uint32_t vertices = 0;
  std::uint32_t source = 0;
  std::uint32_t sink = 0;
  std::vector<Arc> arcs;
};

Network make_arcs(const Graph& graph, const Scenario& scenario) {
  Network network;
  network.source = static_cast<std::uint32_t>(2 * graph.node_count);
  network.sink = network.source + 1;
  network.vertices = network.sink + 1;
  const auto into = [](NodeId n) { return 2 * n.index(); };
  const auto out_of = [](NodeId n) { return 2 * n.index() + 1; };
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::system) continue;
    const bool start = std::ranges::binary_search(scenario.compromised, n);
    const auto cost = static_cast<Amount>(graph.cost[n]);
    network.arcs.push_back({into(n), out_of(n), start ? FlowNetwork::kUnlimited : cost});
    if (start) network.arcs.push_back({network.source, into(n), FlowNetwork::kUnlimited});
    if (graph.critical[n]) network.arcs.push_back({out_of(n), network.sink, FlowNetwork::kUnlimited});
  }
  for (const GraphPivot& pivot : graph.pivots) {
    for (const NodeId from : pivot.from) {
      for (const NodeId to : pivot.to) network.arcs.push_back({out_of(from), into(to), FlowNetwork::kUnlimited});
    }
  }
  return network;
}

double time_ours(const Network& network, Amount& value) {
  return seconds_of([&] {
    FlowNetwork flow(network.vertices);
    for (const Arc& arc : network.arcs) flow.add_arc(arc.from, arc.to, arc.capacity);
    value = flow.maximise(network.source, network.sink);
  });
}

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using EdgeProperties =
    boost::property<boost::edge_capacity_t, std::int64_t,
                    boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>;
using VertexProperties =
    boost::property<boost::vertex_color_t, boost::default_color_type,
                    boost::property<boost::vertex_distance_t, std::int64_t,
                                    boost::property<boost::vertex_predecessor_t, Traits::edge_descriptor>>>;
using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, VertexProperties, EdgeProperties>;

double time_boost(const Network& network, Amount& value) {
  BoostGraph graph(network.vertices);
  constexpr std::int64_t kMost = std::int64_t{1} << 40U;
  for (const Arc& arc : network.arcs) {
    const auto there = add_edge(arc.from, arc.to, graph).first;
    const auto back = add_edge(arc.to, arc.from, graph).first;
    put(boost::edge_capacity, graph, there,
        arc.capacity == FlowNetwork::kUnlimited ? kMost : static_cast<std::int64_t>(arc.capacity));
    put(boost::edge_capacity, graph, back, 0);
    put(boost::edge_reverse, graph, there, back);
    put(boost::edge_reverse, graph, back, there);
  }
  return seconds_of(
      [&] { value = static_cast<Amount>(boykov_kolmogorov_max_flow(graph, network.source, network.sink)); });
}

void measure(std::size_t systems, std::size_t pairs) {
  fmt::print("{:>8}{:>6}{:>10}{:>8}{:>12}{:>12}{:>8}\n", "systems", "seed", "arcs", "cost", "Boost s", "ours s",
             "ratio");
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Topology topology = make_estate({.systems = systems, .services = systems / 10, .seed = seed});
    const Graph graph = compile(topology);
    const Network network = make_arcs(graph, resolve(topology, topology.scenarios[ScenarioId(0)]));
    std::vector<double> boost;
    std::vector<double> ours;
    std::vector<double> ratios;
    Amount found = 0;
    Amount theirs = 0;
    for (std::size_t i = 0; i < pairs; ++i) {
      boost.push_back(time_boost(network, theirs));
      ours.push_back(time_ours(network, found));
      ratios.push_back(boost.back() / ours.back());
    }
    fmt::print("{:>8}{:>6}{:>10}{:>8}{:>12.4f}{:>12.4f}{:>8.1f}{}\n", systems, seed, network.arcs.size(), found,
               median(boost), median(ours), median(ratios), found == theirs ? "" : "  CUTS DIFFER");
  }
}

}  // namespace
}  // namespace firebreak::bench

int main(int argc, char** argv) {
  std::size_t systems = 100'000;
  std::size_t pairs = 5;
  const bool good = argc <= 3 && (argc < 2 || firebreak::bench::take(argv[1], systems)) &&
                    (argc < 3 || firebreak::bench::take(argv[2], pairs)) && systems >= 200 && pairs > 0;
  if (!good) {
    fmt::print(stderr, "usage: bench_min_cut [SYSTEMS [PAIRS]]\n");
    return 2;
  }
  firebreak::bench::measure(systems, pairs);
  return 0;
}
