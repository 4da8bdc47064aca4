#include "bench/peers.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <sstream>

#include "bench/measure.h"
#include "bench/python.h"

namespace firebreak::bench {

namespace {

bool write_arcs(const std::string& path, const Links& links) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const std::size_t written = std::fwrite(links.arcs.data(), sizeof(links.arcs[0]), links.arcs.size(), file);
  return std::fclose(file) == 0 && written == links.arcs.size();
}

}  // namespace

PeerRun search_with_boost(const Links& links, std::span<const std::uint32_t> starts) {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  PeerRun run{"Boost.Graph, compressed rows", {}, {}};
  const Graph graph(boost::edges_are_sorted, links.arcs.begin(), links.arcs.end(), links.systems);
  for (const std::uint32_t start : starts) {
    std::vector<std::uint32_t> steps(links.systems, ~std::uint32_t{0});
    PeerSearch search;
    search.seconds = seconds_of([&] {
      steps[start] = 0;
      std::vector<boost::default_color_type> colours(links.systems);
      boost::breadth_first_search(
          graph, start,
          boost::visitor(boost::make_bfs_visitor(boost::record_distances(steps.data(), boost::on_tree_edge())))
              .color_map(boost::make_iterator_property_map(colours.begin(), get(boost::vertex_index, graph))));
    });
    for (const std::uint32_t step : steps) {
      if (step == ~std::uint32_t{0}) continue;
      ++search.reached;
      search.steps = std::max<std::size_t>(search.steps, step);
    }
    run.searches.push_back(search);
  }
  return run;
}

PeerRun search_with_python(std::string_view library, const Links& links, std::span<const std::uint32_t> starts) {
  PeerRun run{std::string(library), {}, {}};
  const Folder folder;
  const std::string path = folder.path("arcs");
  if (!write_arcs(path, links)) {
    run.missing = "left out: no room for its input";
    return run;
  }
  std::vector<std::string> words = {std::string(library), std::to_string(links.systems), path};
  for (const std::uint32_t start : starts) words.push_back(std::to_string(start));
  const PythonRun ended = run_python("peers.py", fmt::format("python3-{}", library), words);
  run.missing = ended.missing;
  if (!run.missing.empty()) return run;
  std::istringstream lines(ended.output);
  std::getline(lines, run.name);
  PeerSearch search;
  while (lines >> search.seconds >> search.reached >> search.steps) run.searches.push_back(search);
  return run;
}

}  // namespace firebreak::bench
