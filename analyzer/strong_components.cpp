#include "analyzer/strong_components.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace firebreak {

StrongComponents strong_components(std::size_t vertices, std::vector<IndexArc>& arcs) {
  std::ranges::sort(arcs);
  const auto rest = std::ranges::unique(arcs);
  arcs.erase(rest.begin(), rest.end());
  using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;
  const Csr csr(boost::edges_are_sorted, arcs.begin(), arcs.end(), static_cast<std::uint32_t>(vertices));
  StrongComponents components;
  components.of.resize(vertices);
  components.count = boost::strong_components(
      csr, boost::make_iterator_property_map(components.of.begin(), boost::get(boost::vertex_index, csr)));
  return components;
}

}  // namespace firebreak
