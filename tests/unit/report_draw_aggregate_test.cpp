#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <string>

#include "report/picture/aggregate.h"
#include "report/picture/pictures.h"
#include "tests/unit/report_draw_support.h"

namespace firebreak::report {
namespace {

std::size_t add(Picture& picture, std::string name, State state = State::works, std::size_t box = PictureNode::kNoBox) {
  PictureNode node;
  node.name = std::move(name);
  node.state = state;
  node.box = box;
  node.subject = NodeId(picture.nodes.size());
  picture.nodes.push_back(std::move(node));
  return picture.nodes.size() - 1;
}

void join(Picture& picture, std::size_t from, std::size_t to, bool chain = false) {
  PictureEdge edge;
  edge.from = from;
  edge.to = to;
  edge.chain = chain;
  if (chain) edge.carries = State::fails;
  picture.edges.push_back(std::move(edge));
}

/// One database, `servers` servers that need it, and a service that needs them all.
Picture fan(std::size_t servers) {
  Picture picture;
  const std::size_t database = add(picture, "database");
  const std::size_t service = add(picture, "service");
  picture.nodes[service].shape = Shape::service;
  for (std::size_t i = 0; i < servers; ++i) {
    const std::size_t server = add(picture, "server-" + std::to_string(i));
    join(picture, database, server);
    join(picture, server, service);
  }
  return picture;
}

std::size_t nodes_in(const Picture& picture) {
  std::size_t count = 0;
  for (const PictureNode& node : picture.nodes) count += node.count;
  return count;
}

TEST(Aggregate, LeavesASmallPictureAsItIs) {
  const Picture picture = fan(10);
  const Picture out = aggregate(picture, {.nodes = 60});
  EXPECT_EQ(out.nodes.size(), 12U);
  EXPECT_EQ(out.edges.size(), 20U);
  EXPECT_TRUE(out.remarks.empty());
}

TEST(Aggregate, DrawsWhatHasTheSameNeighboursTogether) {
  const Picture out = aggregate(fan(500), {.nodes = 20});
  ASSERT_EQ(out.nodes.size(), 3U);
  EXPECT_EQ(nodes_in(out), 502U);
  EXPECT_EQ(out.edges.size(), 2U);
  const auto servers =
      std::find_if(out.nodes.begin(), out.nodes.end(), [](const PictureNode& n) { return n.count == 500; });
  ASSERT_NE(servers, out.nodes.end());
  EXPECT_EQ(servers->members.front(), "server-0");
  EXPECT_FALSE(servers->subject.valid());
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_EQ(out.remarks[0], "500 nodes are drawn together as 1");
}

TEST(Aggregate, TellsApartStatesBoxesAndNouns) {
  Picture picture = fan(90);
  picture.boxes.push_back({.title = "zone"});
  picture.nodes[5].state = State::fails;
  picture.nodes[6].box = 0;
  picture.nodes[7].noun = "web-server";
  picture.nodes[8].jewel = true;
  picture.nodes[9].isolated = true;
  const Picture out = aggregate(picture, {.nodes = 20});
  for (const char* name : {"server-3", "server-4", "server-5", "server-6", "server-7"}) {
    const std::size_t at = index_of(out, name);
    ASSERT_LT(at, out.nodes.size()) << name;
    EXPECT_EQ(out.nodes[at].count, 1U) << name;
  }
}

TEST(Aggregate, KeepsWhatItIsToldTo) {
  Picture picture = fan(100);
  picture.nodes[50].keep = 1;
  picture.nodes[60].keep = 2;
  const Picture both = aggregate(picture, {.nodes = 20, .alone = 2});
  EXPECT_LT(index_of(both, "server-48"), both.nodes.size());
  EXPECT_LT(index_of(both, "server-58"), both.nodes.size());
  const Picture first = aggregate(picture, {.nodes = 20, .alone = 1});
  EXPECT_LT(index_of(first, "server-48"), first.nodes.size());
  EXPECT_EQ(index_of(first, "server-58"), first.nodes.size());
}

TEST(Aggregate, DrawsAlternativesAsWordsWhenThereIsNoRoomForGroups) {
  Picture picture;
  for (int i = 0; i < 40; ++i) {
    const std::size_t owner = add(picture, "owner-" + std::to_string(i), State::works);
    const std::size_t gate = add(picture, "any");
    picture.nodes[gate].shape = Shape::gate;
    picture.nodes[gate].subject = {};
    const std::size_t down = add(picture, "down-" + std::to_string(i), State::fails);
    const std::size_t up = add(picture, "up-" + std::to_string(i));
    picture.nodes[owner].noun = std::to_string(i);  // nothing is alike
    join(picture, gate, owner);
    join(picture, down, gate);
    join(picture, up, gate);
    picture.edges[picture.edges.size() - 2].carries = State::fails;
  }
  picture.legend.push_back({.type = LegendEntry::Type::gate});
  const Picture out = aggregate(picture, {.nodes = 50, .edges = 100});
  EXPECT_LE(out.nodes.size(), 50U);
  EXPECT_TRUE(out.legend.empty());
  for (const PictureNode& node : out.nodes) EXPECT_NE(node.shape, Shape::gate);
  EXPECT_TRUE(std::any_of(out.edges.begin(), out.edges.end(), [](const PictureEdge& e) { return e.label == "any"; }));
}

TEST(Aggregate, LeavesOutArrowsOnlyOutsideChains) {
  Picture picture;
  std::vector<std::size_t> nodes;
  for (int i = 0; i < 30; ++i) nodes.push_back(add(picture, std::to_string(i)));
  for (const std::size_t n : nodes) picture.nodes[n].keep = 1;
  for (std::size_t a = 0; a < nodes.size(); ++a) {
    for (std::size_t b = a + 1; b < nodes.size(); ++b) join(picture, nodes[a], nodes[b], b == a + 1);
  }
  const Picture out = aggregate(picture, {.nodes = 30, .edges = 60, .alone = 30});
  EXPECT_LE(out.edges.size(), 60U);
  EXPECT_TRUE(chain_leads(out, index_of(out, "0"), index_of(out, "29")));
  EXPECT_EQ(out.remarks.back(), "375 arrows not drawn");
}

TEST(Aggregate, FitsWhateverItIsGivenAndLosesNoNode) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    Picture picture;
    for (std::size_t b = 0; b < 12; ++b)
      picture.boxes.push_back({.title = "zone", .parent = b == 0 || below(2) == 0 ? PictureNode::kNoBox : below(b)});
    const std::size_t count = 100 + below(800);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t n = add(picture, std::to_string(i), static_cast<State>(below(5)), below(12));
      if (below(10) == 0) picture.nodes[n].noun = std::to_string(below(20));
    }
    for (std::size_t i = 0; i < 3 * count; ++i) join(picture, below(count), below(count), below(20) == 0);
    const Room room{.nodes = 40, .edges = 120, .alone = 10};
    const Picture out = aggregate(picture, room);
    EXPECT_LE(out.nodes.size(), room.nodes) << seed;
    EXPECT_EQ(nodes_in(out), count) << seed;
    std::size_t plain = 0;
    for (const PictureEdge& edge : out.edges) {
      ASSERT_LT(edge.from, out.nodes.size());
      ASSERT_LT(edge.to, out.nodes.size());
      EXPECT_NE(edge.from, edge.to);
      if (!edge.chain) ++plain;
    }
    EXPECT_TRUE(plain == 0 || out.edges.size() <= room.edges) << seed;
    for (const PictureNode& node : out.nodes)
      EXPECT_TRUE(node.box == PictureNode::kNoBox || node.box < out.boxes.size());
  }
}

/// A chain of failures through a crowd: whatever is drawn together, thick arrows still lead from the cause to the
/// effect.
TEST(Aggregate, NeverHidesAFailingChain) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    Picture picture;
    const std::size_t cause = add(picture, "cause", State::off);
    picture.nodes[cause].keep = 1;
    std::vector<std::size_t> failing{cause};
    const std::size_t length = 3 + below(300);
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t n = add(picture, "failing-" + std::to_string(i), State::fails);
      join(picture, failing[failing.size() - 1 - below(std::min<std::size_t>(failing.size(), 3))], n, true);
      failing.push_back(n);
    }
    std::vector<std::size_t> services;
    for (std::uint32_t i = 0; i < 5; ++i) {
      const std::size_t service = add(picture, "service-" + std::to_string(i), State::fails);
      picture.nodes[service].shape = Shape::service;
      picture.nodes[service].keep = 2 + i;
      join(picture, failing[below(failing.size())], service, true);
      services.push_back(service);
    }
    for (std::size_t i = 0; i < 400; ++i) {
      const std::size_t n = add(picture, "crowd-" + std::to_string(i));
      join(picture, below(picture.nodes.size()), n);
      join(picture, n, below(picture.nodes.size()));
    }
    const Picture out = aggregate(picture, {.nodes = 20, .edges = 40, .alone = 8});
    for (const std::size_t service : services) {
      const std::size_t at = index_of(out, picture.nodes[service].name);
      ASSERT_LT(at, out.nodes.size());
      EXPECT_TRUE(chain_leads(out, index_of(out, "cause"), at)) << seed;
    }
  }
}

TEST(Bystanders, AreLeftOutOfALargePictureAndCounted) {
  Picture picture;
  const std::size_t down = add(picture, "down", State::off);
  const std::size_t lost = add(picture, "lost", State::fails);
  join(picture, down, lost, true);
  for (std::size_t i = 0; i < 6; ++i) {
    const bool service = i < 4;
    const std::size_t n = add(picture, "fine-" + std::to_string(i));
    picture.nodes[n].bystander = true;
    if (service) picture.nodes[n].column = 0;
    join(picture, down, n);
  }
  EXPECT_EQ(without_bystanders(picture, 8).nodes.size(), 8U);
  const Picture out = without_bystanders(picture, 7);
  ASSERT_EQ(out.nodes.size(), 3U);
  EXPECT_EQ(out.nodes[2].count, 4U);
  ASSERT_EQ(out.edges.size(), 1U);
  EXPECT_TRUE(out.edges[0].chain);
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_EQ(out.remarks[0], "2 more keep working and are not drawn");
}

/// The spare of what is one loss from failing is no bystander, nor is what stands in.
TEST(Bystanders, ExplainNothing) {
  const Case world(
      "[system.a]\n[system.b]\n[system.c]\n[system.d]\n[system.alone]\n"
      "[service.spare]\nneeds = [{any = [\"a\", \"b\"]}]\n"
      "[service.second-best]\nneeds = [{any = [\"a\", {on = \"c\", fallback = true}]}]\n"
      "[service.fine]\nneeds = [\"d\"]\n",
      {.off = {"a"}});
  ASSERT_TRUE(world.loaded()) << world.faults();
  const Picture picture = picture_of_impact(world.subject(), world.impact_report());
  std::set<std::string> bystanders;
  for (const PictureNode& node : picture.nodes) {
    if (node.bystander) bystanders.insert(node.name);
  }
  EXPECT_EQ(bystanders, (std::set<std::string>{"d", "alone", "fine"}));
}

TEST(Focus, KeepsWhatIsNear) {
  Picture picture;
  std::vector<std::size_t> line;
  for (int i = 0; i < 9; ++i) line.push_back(add(picture, std::to_string(i)));
  for (std::size_t i = 0; i + 1 < line.size(); ++i) join(picture, line[i], line[i + 1]);
  const Picture out = focus(picture, {picture.nodes[4].subject}, 2);
  EXPECT_EQ(out.nodes.size(), 5U);
  EXPECT_EQ(out.edges.size(), 4U);
  EXPECT_LT(index_of(out, "2"), out.nodes.size());
  EXPECT_LT(index_of(out, "6"), out.nodes.size());
  ASSERT_EQ(out.remarks.size(), 1U);
  EXPECT_EQ(out.remarks[0], "only what is within 2 steps of the focus; 4 more not drawn");
  EXPECT_EQ(focus(picture, {picture.nodes[4].subject}, 0).nodes.size(), 1U);
  EXPECT_EQ(focus(picture, {picture.nodes[4].subject}, 100).nodes.size(), 9U);
}

TEST(Focus, DoesNotCountGroupsAndDropsIdleOnes) {
  Picture picture;
  const std::size_t service = add(picture, "service");
  const std::size_t gate = add(picture, "any");
  const std::size_t server = add(picture, "server");
  const std::size_t inner = add(picture, "2 of 3");
  const std::size_t far = add(picture, "far");
  for (const std::size_t n : {gate, inner}) {
    picture.nodes[n].shape = Shape::gate;
    picture.nodes[n].subject = {};
  }
  join(picture, gate, service);
  join(picture, server, gate);
  join(picture, inner, server);
  join(picture, far, inner);
  const Picture out = focus(picture, {picture.nodes[service].subject}, 1);
  EXPECT_EQ(out.nodes.size(), 3U);
  EXPECT_LT(index_of(out, "server"), out.nodes.size());
  EXPECT_LT(index_of(out, "any"), out.nodes.size());
  EXPECT_EQ(index_of(out, "2 of 3"), out.nodes.size());
}

TEST(Only, DropsBoxesAroundNothing) {
  Picture picture;
  picture.boxes.push_back({.title = "outer"});
  picture.boxes.push_back({.title = "empty", .parent = 0});
  picture.boxes.push_back({.title = "inner", .parent = 0});
  add(picture, "a", State::works, 1);
  add(picture, "b", State::works, 2);
  const Picture out = only(picture, {false, true});
  ASSERT_EQ(out.boxes.size(), 2U);
  EXPECT_EQ(out.boxes[1].title, "inner");
  EXPECT_EQ(out.boxes[1].parent, 0U);
  EXPECT_EQ(out.nodes.at(0).box, 1U);
}

}  // namespace
}  // namespace firebreak::report
