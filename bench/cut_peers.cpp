#include "bench/cut_peers.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <sstream>

#include "bench/measure.h"
#include "bench/python.h"

namespace firebreak::bench {

namespace {

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

BoostGraph as_boost(const CutNetwork& network) {
  BoostGraph graph(network.vertices);
  for (const CutNetwork::Arc& arc : network.arcs) {
    const auto there = add_edge(arc.from, arc.to, graph).first;
    const auto back = add_edge(arc.to, arc.from, graph).first;
    put(boost::edge_capacity, graph, there, static_cast<std::int64_t>(arc.capacity));
    put(boost::edge_capacity, graph, back, 0);
    put(boost::edge_reverse, graph, there, back);
    put(boost::edge_reverse, graph, back, there);
  }
  return graph;
}

bool write_arcs(const std::string& path, const CutNetwork& network) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const std::size_t written = std::fwrite(network.arcs.data(), sizeof(CutNetwork::Arc), network.arcs.size(), file);
  return std::fclose(file) == 0 && written == network.arcs.size();
}

}  // namespace

TimedCut cut_with_boost(const CutNetwork& network) {
  BoostGraph graph = as_boost(network);
  TimedCut cut;
  cut.seconds = seconds_of(
      [&] { cut.value = static_cast<std::uint64_t>(boykov_kolmogorov_max_flow(graph, network.source, network.sink)); });
  return cut;
}

CutRun cut_with_igraph(const CutNetwork& network, std::size_t times) {
  CutRun run{"igraph", {}, {}};
  const Folder folder;
  const std::string path = folder.path("arcs");
  if (!write_arcs(path, network)) {
    run.missing = "left out: no room for its input";
    return run;
  }
  const PythonRun ended = run_python("cut_peer.py", "python3-igraph",
                                     {std::to_string(network.vertices), std::to_string(network.source),
                                      std::to_string(network.sink), std::to_string(times), path});
  run.missing = ended.missing;
  std::istringstream lines(ended.output);
  std::getline(lines, run.name);
  for (TimedCut cut; lines >> cut.value >> cut.seconds;) run.cuts.push_back(cut);
  return run;
}

}  // namespace firebreak::bench
