#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/zone_blocks.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;

/// The ways over a network as words: for each block from and to, and its links.
class Network {
 public:
  explicit Network(std::string_view toml) : topology_(from_toml(toml)), graph_(compile(topology_)), blocks_(graph_) {}

  [[nodiscard]] std::string way(std::string_view from, std::string_view to) const {
    std::string words;
    for (const auto& crossing : blocks_.way(topology_.find(from), topology_.find(to))) {
      if (!words.empty()) words += "; ";
      words += fmt::format("{} to {} over", id(crossing.from), id(crossing.to));
      for (const NodeId link : blocks_.links(crossing.block)) words += fmt::format(" {}", id(link));
    }
    return words;
  }

 private:
  [[nodiscard]] std::string_view id(NodeId n) const { return topology_.nodes[n].id; }

  const Topology topology_;
  const Graph graph_;
  const ZoneBlocks blocks_;
};

TEST(ZoneBlocks, OfAChainAreItsLinks) {
  const Network chain(
      "[zone.a]\n[zone.b]\n[zone.c]\n[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n");
  EXPECT_EQ(chain.way("a", "c"), "a to b over ab; b to c over bc");
  EXPECT_EQ(chain.way("c", "b"), "c to b over bc");
}

TEST(ZoneBlocks, HoldLinksSideBySideTogether) {
  const Network pair("[zone.a]\n[zone.b]\n[link.one]\nbetween = ['a', 'b']\n[link.two]\nbetween = ['b', 'a']\n");
  EXPECT_EQ(pair.way("a", "b"), "a to b over one two");
}

TEST(ZoneBlocks, OfARingAreTheRing) {
  const Network ring(
      "[zone.a]\n[zone.b]\n[zone.c]\n[zone.leaf]\n[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n"
      "[link.ca]\nbetween = ['c', 'a']\n[link.tail]\nbetween = ['leaf', 'c']\n");
  EXPECT_EQ(ring.way("leaf", "b"), "leaf to c over tail; c to b over ab bc ca");
}

TEST(ZoneBlocks, MeetInAZoneThatIsAllThatJoinsThem) {
  const Network bow(
      "[zone.hub]\n[zone.a]\n[zone.b]\n[zone.c]\n[zone.d]\n"
      "[link.ha]\nbetween = ['hub', 'a']\n[link.ab]\nbetween = ['a', 'b']\n[link.bh]\nbetween = ['b', 'hub']\n"
      "[link.hc]\nbetween = ['hub', 'c']\n[link.cd]\nbetween = ['c', 'd']\n[link.dh]\nbetween = ['d', 'hub']\n");
  EXPECT_EQ(bow.way("a", "d"), "a to hub over ha ab bh; hub to d over hc cd dh");
}

}  // namespace
}  // namespace firebreak
