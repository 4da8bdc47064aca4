// The minimum cut between what is compromised and what is to be protected, where nothing stands in for anything:
// systems that may be unplugged at what they cost, and the ways between them. Ours makes its network from the list of
// arcs each time; Boost.Graph and igraph are timed with their graphs made. Usage: bench_min_cut [SYSTEMS [PAIRS]]

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "analyzer/solver/max_flow.h"
#include "bench/cut_peers.h"
#include "bench/estate.h"
#include "bench/measure.h"
#include "bench/rows.h"

namespace firebreak::bench {
namespace {

using solver::FlowNetwork;

/// A vertex where a system is come to and one where it is left, and two more: all starts, and all that is protected.
CutNetwork make_arcs(const Graph& graph, const Scenario& scenario) {
  CutNetwork network;
  network.source = static_cast<std::uint32_t>(2 * graph.node_count);
  network.sink = network.source + 1;
  network.vertices = network.sink + 1;
  const auto into = [](NodeId n) { return 2 * n.index(); };
  const auto out_of = [](NodeId n) { return 2 * n.index() + 1; };
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::system) continue;
    const bool start = std::ranges::binary_search(scenario.compromised, n);
    const auto cost = static_cast<std::uint64_t>(graph.cost[n]);
    network.arcs.push_back({into(n), out_of(n), start ? CutNetwork::kUnlimited : cost});
    if (start) network.arcs.push_back({network.source, into(n), CutNetwork::kUnlimited});
    if (graph.critical[n]) network.arcs.push_back({out_of(n), network.sink, CutNetwork::kUnlimited});
  }
  for (const GraphPivot& pivot : graph.pivots) {
    for (const NodeId from : pivot.from) {
      for (const NodeId to : pivot.to) network.arcs.push_back({out_of(from), into(to), CutNetwork::kUnlimited});
    }
  }
  return network;
}

double time_ours(const CutNetwork& network, std::uint64_t& value) {
  return seconds_of([&] {
    FlowNetwork flow(network.vertices);
    for (const CutNetwork::Arc& arc : network.arcs) {
      const bool unlimited = arc.capacity == CutNetwork::kUnlimited;
      flow.add_arc(arc.from, arc.to, unlimited ? FlowNetwork::kUnlimited : arc.capacity);
    }
    value = flow.maximise(network.source, network.sink);
  });
}

void measure(std::size_t systems, std::size_t pairs) {
  print_heads();
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Topology topology = make_estate({.systems = systems, .services = systems / 10, .seed = seed});
    const Graph graph = compile(topology);
    const CutNetwork network = make_arcs(graph, resolve(topology, topology.scenarios[ScenarioId(0)]));
    std::vector<double> ours;
    std::uint64_t value = 0;
    Pairs against_boost;
    bool same = true;
    for (std::size_t i = 0; i < pairs; ++i) {
      ours.push_back(time_ours(network, value));
      const TimedCut boost = cut_with_boost(network);
      against_boost.add(ours.back(), boost.seconds);
      same = same && boost.value == value;
    }
    print_work(
        fmt::format("minimum cut: {} systems (seed {}), {} arcs, cost {}", systems, seed, network.arcs.size(), value));
    print_row("Boost.Graph, Boykov and Kolmogorov", against_boost, agreement(same));
    const CutRun igraph = cut_with_igraph(network, pairs);
    if (!igraph.missing.empty()) {
      print_missing(igraph.name, igraph.missing);
      continue;
    }
    Pairs against_igraph;
    same = igraph.cuts.size() == pairs;
    for (std::size_t i = 0; i < pairs && same; ++i) {
      against_igraph.add(ours[i], igraph.cuts[i].seconds);
      same = igraph.cuts[i].value == value;
    }
    print_row(igraph.name, against_igraph, agreement(same));
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
