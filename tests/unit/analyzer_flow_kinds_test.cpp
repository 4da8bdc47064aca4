#include <algorithm>
#include <gtest/gtest.h>

#include "analyzer/flow_kinds.h"
#include "tests/unit/analyzer_change.h"

// The places of two topologies in kinds that no flow of either tells apart.

namespace firebreak {
namespace {

using Between = FlowChange::Between;

constexpr auto kEstate =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'a'\n[system.t]\nzone = 'b'\n"
    "[system.loose]\n[service.app]\nneeds = ['x']\n";
constexpr auto kMoved =
    "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'b'\n[system.t]\nzone = 'b'\n"
    "[system.loose]\n[service.app]\nneeds = ['x']\n";

class Kinds {
 public:
  Kinds(const std::string& was, const std::string& is)
      : change_(was, is),
        before(change_.graph_before),
        after(change_.graph_after),
        all(find_kinds(change_.versions(), before, after)) {}

  [[nodiscard]] KindId of(std::string_view id) const {
    for (const KindId k : ids<KindId>(all.kinds.size())) {
      for (const PairId p : all.kinds[k].members) {
        if (p == change_.pair(id)) return k;
      }
    }
    return {};
  }
  [[nodiscard]] const PlaceKind& kind(std::string_view id) const { return all.kinds[of(id)]; }
  [[nodiscard]] const Area& area(std::string_view id) const { return all.areas[all.origins[kind(id).origin].area]; }
  [[nodiscard]] std::uint64_t pairs(std::string_view from, std::string_view to) const {
    return all.pairs_of(of(from), of(to));
  }
  [[nodiscard]] Between between(std::string_view from, std::string_view to) const {
    return firebreak::between(kind(from), kind(to));
  }
  [[nodiscard]] const Change& change() const { return change_; }

 private:
  const Change change_;

 public:
  const FlowSide before;
  const FlowSide after;
  const FlowKinds all;
};

std::string rule(const std::string& words) {
  return "[policy.p]\n[[policy.p.rule]]\nallow = ['tcp/22']\n" + words;
}

TEST(FlowKinds, HoldPlacesTogetherThatNeitherTopologyTellsApart) {
  const Kinds same(kEstate, kEstate);
  EXPECT_EQ(same.of("x"), same.of("y"));
  EXPECT_NE(same.of("x"), same.of("t"));
  EXPECT_FALSE(same.of("loose").valid());
  EXPECT_FALSE(same.of("app").valid());
  const std::string named = kEstate + rule("from = ['x']\n");
  EXPECT_NE(Kinds(kEstate, named).of("x"), Kinds(kEstate, named).of("y"));
  EXPECT_NE(Kinds(named, kEstate).of("x"), Kinds(named, kEstate).of("y"));
  EXPECT_NE(Kinds(kEstate, kMoved).of("x"), Kinds(kEstate, kMoved).of("y"));
}

TEST(FlowKinds, MakePairsOfDifferentPlacesOrAZoneAndItself) {
  const Kinds same(kEstate, kEstate);
  EXPECT_EQ(same.of("a"), same.of("x")) << "no rule tells the hosts that are not modelled from the systems";
  EXPECT_EQ(same.pairs("x", "x"), 3U * 3U - 2U);
  EXPECT_EQ(same.pairs("x", "t"), 3U * 2U);
  EXPECT_EQ(same.pairs("c", "c"), 1U);
  EXPECT_EQ(same.kind("c").systems, 0U);
  const std::string single = kEstate + rule("from = ['t']\n");
  EXPECT_EQ(Kinds(single, single).pairs("t", "t"), 0U);
}

TEST(FlowKinds, AreBetweenZonesOrInsideOne) {
  const Kinds same(kEstate, kEstate);
  EXPECT_EQ(same.between("x", "y"), Between::inside);
  EXPECT_EQ(same.between("x", "t"), Between::zones);
}

TEST(FlowKinds, AreRegroupedWhereOneOfTwoMovesToOrFromTheOthersZone) {
  const Kinds moved(kEstate, kMoved);
  EXPECT_EQ(moved.between("x", "y"), Between::regrouped);
  EXPECT_EQ(moved.between("y", "t"), Between::regrouped);
  EXPECT_EQ(moved.between("y", "y"), Between::inside);
  EXPECT_EQ(moved.between("y", "c"), Between::zones);
}

TEST(FlowKinds, OfWhatIsOnOneSideOnlyAreNowhereOnTheOther) {
  const std::string more = std::string(kEstate) + "[system.extra]\nzone = 'a'\n";
  const Kinds added(kEstate, more);
  EXPECT_FALSE(added.kind("extra").before.there());
  EXPECT_EQ(added.kind("extra").after.zone, added.change().after.find("a"));
  EXPECT_EQ(added.area("extra").before, Area::kNowhere);
  EXPECT_NE(added.area("extra").after, Area::kNowhere);
  EXPECT_EQ(added.between("extra", "x"), Between::inside);
  EXPECT_EQ(added.between("extra", "t"), Between::zones);
  const Kinds two(kEstate, more + "[system.other]\nzone = 'b'\n");
  EXPECT_EQ(two.between("extra", "other"), Between::zones) << "that neither was there is no zone they share";
  const Kinds removed(more, kEstate);
  EXPECT_FALSE(removed.kind("extra").after.there());
  EXPECT_EQ(removed.area("extra").after, Area::kNowhere);
  EXPECT_EQ(removed.kind("extra").systems, 1U);
  EXPECT_EQ(removed.between("extra", "y"), Between::inside) << "as long as it was there";
  const Kinds none(more + "[system.other]\nzone = 'b'\n", kEstate);
  EXPECT_EQ(none.between("extra", "other"), Between::zones) << "that neither is there is no zone they share";
}

TEST(FlowKinds, OfSystemsThatLoseTheirZoneAreNowhereAfterwards) {
  const std::string homeless =
      "[zone.a]\n[zone.b]\n[zone.c]\n[system.x]\n[system.y]\nzone = 'a'\n[system.t]\nzone = 'b'\n"
      "[system.loose]\n[service.app]\nneeds = ['x']\n";
  EXPECT_FALSE(Kinds(kEstate, homeless).kind("x").after.there());
}

TEST(FlowKinds, ShareAnOriginAsSourcesAndAColumnAsTargets) {
  const std::string from_x = kEstate + rule("from = ['x']\n");
  const Kinds kinds(kEstate, from_x);
  EXPECT_EQ(kinds.kind("y").origin, kinds.kind("t").origin) << "zones play no part";
  EXPECT_NE(kinds.kind("x").origin, kinds.kind("y").origin);
  EXPECT_EQ(kinds.kind("x").column, kinds.kind("y").column);
  const std::string to_x = kEstate + rule("to = ['x']\n");
  EXPECT_EQ(Kinds(to_x, kEstate).kind("x").origin, Kinds(to_x, kEstate).kind("y").origin);
  EXPECT_NE(Kinds(to_x, kEstate).kind("x").column, Kinds(to_x, kEstate).kind("y").column);
}

TEST(FlowKinds, AreListedByOriginColumnReceiverAndZone) {
  const Kinds kinds(kEstate, kEstate + rule("from = ['x']\nto = ['y']\n"));
  EXPECT_EQ(kinds.all.in_area.size(), kinds.all.areas.size());
  std::size_t columns = 0;
  for (const std::vector<ColumnId>& list : kinds.all.in_area) columns += list.size();
  EXPECT_EQ(columns, kinds.all.columns.size());
  for (const KindId k : ids<KindId>(kinds.all.kinds.size())) {
    const PlaceKind& kind = kinds.all.kinds[k];
    const auto has = [](const auto& list, auto item) { return std::ranges::count(list, item) == 1; };
    EXPECT_TRUE(has(kinds.all.of_origin[kind.origin], k));
    EXPECT_TRUE(has(kinds.all.of_column[kind.column], k));
    EXPECT_TRUE(has(kinds.all.before_columns[kind.before.receiver], kind.column));
    EXPECT_TRUE(has(kinds.all.after_columns[kind.after.receiver], kind.column));
    EXPECT_TRUE(has(kinds.all.before_zone[kind.before.zone], k));
    EXPECT_TRUE(has(kinds.all.after_zone[kind.after.zone], k));
  }
}

TEST(FlowKinds, AreApartWhereLinksThatWorkJoinTheirZonesNoLonger) {
  const std::string links = "[link.ab]\nbetween = ['a', 'b']\n[link.bc]\nbetween = ['b', 'c']\n";
  const Kinds linked(kEstate + links, std::string(kEstate) + "[link.ab]\nbetween = ['a', 'b']\n");
  EXPECT_EQ(linked.area("x").before, linked.area("c").before);
  EXPECT_NE(linked.area("x").after, linked.area("c").after);
  EXPECT_EQ(linked.area("x").after, linked.area("t").after);
}

}  // namespace
}  // namespace firebreak
