#include <gtest/gtest.h>

#include "analyzer/flow_groups.h"
#include "tests/support/toml.h"

// Places in groups that no flow tells apart, under the blocks and allows of a scenario.

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

constexpr auto kEstate =
    "[zone.a]\n[zone.b]\n[system.x]\nzone = 'a'\n[system.t]\nzone = 'b'\n[system.y]\nzone = 'a'\n"
    "[system.z]\nzone = 'a'\n[system.loose]\n[service.app]\nneeds = ['x']\n";

class Grouped {
 public:
  explicit Grouped(const std::string& more, const ScenarioWords& words = {})
      : topology_(from_toml(kEstate + more)),
        graph_(compile(topology_)),
        actions_(scenario(topology_, words)),
        groups(group_places(graph_, actions_)) {}

  [[nodiscard]] std::string of(std::string_view id) const { return text(groups.group_of[topology_.find(id)]); }
  [[nodiscard]] std::string text(GroupId group) const {
    std::string ids;
    if (!group.valid()) return ids;
    for (const NodeId n : groups.members[group]) ids += (ids.empty() ? "" : " ") + std::string(topology_.nodes[n].id);
    return ids;
  }
  [[nodiscard]] const FlowRelation& flow() const { return graph_.flow; }

 private:
  const Topology topology_;
  const Graph graph_;
  const Scenario actions_;

 public:
  const FlowGroups groups;
};

TEST(FlowGroups, HoldPlacesTogetherThatNoSelectorTellsApart) {
  const Grouped plain("");
  EXPECT_EQ(plain.of("y"), "x y z");
  EXPECT_EQ(plain.of("t"), "t") << "it is in another zone";
  EXPECT_EQ(plain.of("a"), "a") << "hosts that are not modelled are no system";
  const Grouped named("[policy.p]\n[[policy.p.rule]]\nallow = ['tcp/22']\nto = ['y']\n");
  EXPECT_EQ(named.of("y"), "y");
  EXPECT_EQ(named.of("x"), "x z");
}

TEST(FlowGroups, HoldNothingThatHasNoPlace) {
  const Grouped plain("");
  EXPECT_EQ(plain.of("loose"), "");
  EXPECT_EQ(plain.of("app"), "");
}

TEST(FlowGroups, AreSplitByWhomABlockOrAnAllowHoldsOnEitherSide) {
  for (const char* flow : {"y -> t", "t -> y"}) {
    EXPECT_EQ(Grouped("", {.block = {flow}}).of("x"), "x z");
    EXPECT_EQ(Grouped("", {.block = {flow}}).of("y"), "y");
    EXPECT_EQ(Grouped("", {.allow = {flow}}).of("x"), "x z");
    EXPECT_EQ(Grouped("", {.allow = {flow}}).of("y"), "y");
  }
  const Grouped both("", {.block = {"x -> y"}});
  EXPECT_EQ(both.of("x"), "x");
  EXPECT_EQ(both.of("y"), "y");
  const Grouped two("", {.block = {"x -> t"}, .allow = {"y -> t"}});
  EXPECT_EQ(two.of("x"), "x");
  EXPECT_EQ(two.of("y"), "y");
}

TEST(FlowGroups, StayWholeWhereEveryMemberIsHeldAlike) {
  EXPECT_EQ(Grouped("", {.block = {"a -> t"}, .allow = {"* -> a"}}).of("z"), "x y z");
}

TEST(FlowGroups, StandInRowsByTheirClass) {
  const Grouped split("", {.block = {"x -> y"}});
  std::size_t groups = 0;
  for (const FlowClassId c : ids<FlowClassId>(split.flow().classes.size())) {
    std::vector<NodeId> members;
    for (const GroupId g : split.groups.of_class(c)) {
      EXPECT_EQ(split.groups.base[g], c);
      EXPECT_EQ(split.groups.sample(g), split.groups.members[g].front());
      members.insert(members.end(), split.groups.members[g].begin(), split.groups.members[g].end());
      ++groups;
    }
    EXPECT_EQ(members.size(), split.flow().members[c].size());
  }
  EXPECT_EQ(groups, split.groups.size());
  EXPECT_EQ(groups, 6U);
}

}  // namespace
}  // namespace firebreak
