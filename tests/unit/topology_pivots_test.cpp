// Pivots of one selector a side lie packed in the topology and in the graph, others in rows; all read the same.
#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "firebreak/graph.h"

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;

std::string said(const SelectorList& list) {
  std::string text;
  for (const Selector& selector : list) text += fmt::format("{} ", selector.text);
  return text;
}

std::string ids_of(const Topology& topology, std::span<const NodeId> nodes) {
  std::string text;
  for (const NodeId n : nodes) text += fmt::format("{} ", topology.nodes[n].id);
  return text;
}

/// Of every shape, the packed ones between the others, and more of each than wait for their names at once.
Topology of_all_shapes(std::size_t rounds) {
  TopologyBuilder builder;
  for (std::size_t i = 0; i < rounds; ++i) {
    builder.add(PivotDecl{.from = words({"a"}), .to = words({"b"}), .effort = {"1m"}});
    builder.add(PivotDecl{.from = words({"a", "b"}), .to = words({"c"}), .port = {"rdp"}});
    builder.add(PivotDecl{.from = words({"tag:t"}), .to = words({"c"})});
    builder.add(PivotDecl{.from = words({"c"}), .to = words({"b"}), .requires_all = words({"a"}), .effort = {"1h"}});
    builder.add(PivotDecl{.from = words({"b"}), .to = words({"a", "c"})});
    builder.add(PivotDecl{.from = words({"c"}), .to = words({"a"})});
  }
  builder.add(SystemDecl{.id = {"a"}, .tags = words({"t"})});
  builder.add(SystemDecl{.id = {"b"}, .tags = words({"t"})});
  builder.add(SystemDecl{.id = {"c"}});
  return built(builder);
}

TEST(Pivots, OfAllShapesSayWhatWasDeclared) {
  const std::size_t rounds = 50;
  const Topology topology = of_all_shapes(rounds);
  ASSERT_EQ(topology.pivots.size(), 6 * rounds);
  std::string text;
  for (const PivotId p : ids<PivotId>(topology.pivots.size())) {
    const Pivot pivot = topology.pivot(p);
    text += fmt::format("{}> {}if {}{}s\n", said(pivot.from), said(pivot.to), said(pivot.requires_all), pivot.effort);
    EXPECT_EQ(topology.selectors_of(p).size(), pivot.from.size() + pivot.to.size() + pivot.requires_all.size());
    EXPECT_EQ(topology.selectors_of(p).data(), pivot.from.packed().data());
  }
  const std::string once =
      "a > b if 60s\na b > c if 0s\ntag:t > c if 0s\nc > b if a 3600s\nb > a c if 0s\nc > a if 0s\n";
  std::string expected;
  for (std::size_t i = 0; i < rounds; ++i) expected += once;
  EXPECT_EQ(text, expected);
}

TEST(Pivots, OfAllShapesMeanTheirSystemsInAGraph) {
  const std::size_t rounds = 2;
  const Topology topology = of_all_shapes(rounds);
  Graph graph = compile(topology);
  ASSERT_EQ(graph.pivots.size(), 6 * rounds);
  for (const std::size_t away : {0U, 1U, 5U}) graph.pivots.take_away(PivotId(away));
  graph.pivots.give_back(PivotId(std::size_t{0}));
  std::string text;
  for (const GraphPivot& pivot : graph.pivots) {
    text += fmt::format("{}> {}if {}{}\n", ids_of(topology, pivot.from), ids_of(topology, pivot.to),
                        ids_of(topology, pivot.requires_all), pivot.effort == kNever ? -1 : pivot.effort);
  }
  EXPECT_EQ(text,
            "a > b if 60\na b > c if -1\na b > c if 0\nc > b if a 3600\nb > a c if 0\nc > a if -1\n"
            "a > b if 60\na b > c if 0\na b > c if 0\nc > b if a 3600\nb > a c if 0\nc > a if 0\n");
  EXPECT_EQ(graph.conditional, (std::vector{PivotId(std::size_t{3}), PivotId(std::size_t{9})}));
  EXPECT_EQ(graph.pivots[PivotId(std::size_t{3})].port, PortSetId::none());
  EXPECT_TRUE(graph.pivots[PivotId(std::size_t{1})].port.valid());
}

TEST(Pivots, FaultsStandWhereTheWordDoes) {
  TopologyBuilder builder;
  builder.add(SystemDecl{.id = {"a"}});
  builder.add(PivotDecl{.from = words({"a"}), .to = {{"nowhere", line(3, 20)}}, .at = line(3)});
  builder.add(PivotDecl{.from = {{"a"}, {"nobody", line(5, 9)}}, .to = words({"a"}), .at = line(4)});
  builder.add(PivotDecl{.from = {{"nothing", line(6, 7)}}, .to = words({"a"}), .at = line(6)});
  std::string places;
  for (const Diagnostic& fault : builder.finish().diagnostics) {
    places += fmt::format("{}:{} ", fault.at.line, fault.at.column);
  }
  EXPECT_EQ(places, "3:20 5:9 6:7 ");
}

}  // namespace
}  // namespace firebreak
