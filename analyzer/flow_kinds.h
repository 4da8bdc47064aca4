#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/diff.h"

#include "analyzer/flow_rows.h"
#include "analyzer/zone_components.h"

/// The places of two topologies together, in kinds that no flow of either tells apart.
namespace firebreak {

using KindId = Id<struct KindTag>;
using OriginId = Id<struct OriginTag>;  ///< kinds that are the same as sources in another zone
using ColumnId = Id<struct ColumnTag>;  ///< kinds that are the same as targets in another zone
using AreaId = Id<struct AreaTag>;      ///< where it is in both topologies: zones that links join

/// One topology of the two.
struct FlowSide {
  explicit FlowSide(const Graph& g);
  FlowSide(const FlowSide&) = delete;
  FlowSide& operator=(const FlowSide&) = delete;

  const Graph& graph;
  const Scenario nothing;
  const NeedRun run;  ///< with no action
  const FlowGroups groups;
  FlowRows rows;
  const ZoneComponents components;
};

/// What a place is in one topology; all none where it is in the other only.
struct Place {
  SenderId sender;
  ReceiverId receiver;
  NodeId zone;

  [[nodiscard]] bool there() const { return zone.valid(); }
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct PlaceKind {
  Place before;
  Place after;
  OriginId origin;
  ColumnId column;
  std::vector<PairId> members;  ///< ascending
  std::size_t systems = 0;      ///< how many of them are; the others are zones themselves

  [[nodiscard]] NodePair zones() const { return {before.zone, after.zone}; }
};

/// Two labels of connected zones; kNowhere where a kind is not in that topology.
struct Area {
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
  std::uint32_t before = kNowhere;
  std::uint32_t after = kNowhere;

  friend auto operator<=>(const Area&, const Area&) = default;
};

struct FlowKinds {
  struct Origin {
    SenderId before;
    SenderId after;
    AreaId area;
    friend auto operator<=>(const Origin&, const Origin&) = default;
  };
  struct Column {
    ReceiverId before;
    ReceiverId after;
    AreaId area;
    friend auto operator<=>(const Column&, const Column&) = default;
  };

  IdVector<KindId, PlaceKind> kinds;
  IdVector<AreaId, Area> areas;
  IdVector<OriginId, Origin> origins;
  IdVector<ColumnId, Column> columns;
  IdVector<OriginId, std::vector<KindId>> of_origin;
  IdVector<ColumnId, std::vector<KindId>> of_column;
  IdVector<AreaId, std::vector<ColumnId>> in_area;
  IdVector<ReceiverId, std::vector<ColumnId>> before_columns;  ///< by receiver
  IdVector<ReceiverId, std::vector<ColumnId>> after_columns;
  IdVector<NodeId, std::vector<KindId>> before_zone;  ///< by zone: the kinds in it
  IdVector<NodeId, std::vector<KindId>> after_zone;

  /// How many pairs two kinds make: of a system and itself is no pair.
  [[nodiscard]] std::uint64_t pairs_of(KindId from, KindId to) const {
    const std::uint64_t all = std::uint64_t{kinds[from].members.size()} * kinds[to].members.size();
    return from == to ? all - kinds[from].systems : all;
  }
};

[[nodiscard]] inline bool in_one_zone(const Place& a, const Place& b) {
  return a.there() && a.zone == b.zone;
}

/// What two places are to each other that stand in these zones, before and after.
[[nodiscard]] FlowChange::Between between(const NodePair& from, const NodePair& to);
[[nodiscard]] inline FlowChange::Between between(const PlaceKind& from, const PlaceKind& to) {
  return between(from.zones(), to.zones());
}

/// Cost: n log n in the places of both.
[[nodiscard]] FlowKinds find_kinds(const Versions& versions, const FlowSide& before, const FlowSide& after);

}  // namespace firebreak
