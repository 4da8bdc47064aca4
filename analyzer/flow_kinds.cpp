#include "analyzer/flow_kinds.h"

#include <map>
#include <utility>

#include "analyzer/dark.h"

namespace firebreak {

FlowSide::FlowSide(const Graph& g)
    : graph(g),
      run(run_need(g, nothing)),
      groups(group_places(g, nothing)),
      rows(g, nothing, groups),
      components(components_at_once(g, run)) {}

namespace {

Place place_of(const FlowSide& side, NodeId n) {
  if (!n.valid() || !side.groups.group_of[n].valid()) return {};
  const GroupId group = side.groups.group_of[n];
  return {side.rows.sides().sender[group], side.rows.sides().receiver[group], side.graph.zone[n]};
}

/// The number of a key, and whether it is new.
template <class IdType, class Key>
class Numbers {
 public:
  explicit Numbers(IdVector<IdType, Key>& keys) : keys_(keys) {}

  std::pair<IdType, bool> number(const Key& key) {
    const auto [at, fresh] = known_.try_emplace(key, keys_.next_id());
    if (fresh) keys_.push_back(key);
    return {at->second, fresh};
  }

 private:
  IdVector<IdType, Key>& keys_;
  std::map<Key, IdType> known_;
};

}  // namespace

FlowChange::Between between(const NodePair& from, const NodePair& to) {
  const bool both_before = from.before.valid() && to.before.valid();
  const bool both_after = from.after.valid() && to.after.valid();
  const bool same_before = both_before && from.before == to.before;
  const bool same_after = both_after && from.after == to.after;
  if (both_before && both_after && same_before != same_after) return FlowChange::Between::regrouped;
  return same_before || same_after ? FlowChange::Between::inside : FlowChange::Between::zones;
}

FlowKinds find_kinds(const Versions& versions, const FlowSide& before, const FlowSide& after) {
  FlowKinds all;
  all.before_columns.resize(before.rows.sides().receivers.size());
  all.after_columns.resize(after.rows.sides().receivers.size());
  all.before_zone.resize(before.graph.node_count);
  all.after_zone.resize(after.graph.node_count);
  std::map<std::pair<Place, Place>, KindId> known;
  Numbers<AreaId, Area> areas(all.areas);
  Numbers<OriginId, FlowKinds::Origin> origins(all.origins);
  Numbers<ColumnId, FlowKinds::Column> columns(all.columns);
  const auto label = [](const FlowSide& side, const Place& place) {
    return place.there() ? side.components.label(place.zone) : Area::kNowhere;
  };
  for (const PairId p : ids<PairId>(versions.match.nodes.size())) {
    const NodePair& pair = versions.match.nodes[p];
    const Place was = place_of(before, pair.before);
    const Place is = place_of(after, pair.after);
    if (!was.there() && !is.there()) continue;
    const auto [at, fresh] = known.try_emplace({was, is}, all.kinds.next_id());
    const KindId kind = at->second;
    if (fresh) {
      PlaceKind made{was, is, {}, {}, {}, 0};
      const auto [area, new_area] = areas.number({label(before, was), label(after, is)});
      if (new_area) all.in_area.push_back({});
      const auto [origin, new_origin] = origins.number({was.sender, is.sender, area});
      if (new_origin) all.of_origin.push_back({});
      const auto [column, new_column] = columns.number({was.receiver, is.receiver, area});
      if (new_column) {
        all.of_column.push_back({});
        all.in_area[area].push_back(column);
        if (was.there()) all.before_columns[was.receiver].push_back(column);
        if (is.there()) all.after_columns[is.receiver].push_back(column);
      }
      made.origin = origin;
      made.column = column;
      all.of_origin[origin].push_back(kind);
      all.of_column[column].push_back(kind);
      if (was.there()) all.before_zone[was.zone].push_back(kind);
      if (is.there()) all.after_zone[is.zone].push_back(kind);
      all.kinds.push_back(std::move(made));
    }
    all.kinds[kind].members.push_back(p);
    if (versions.kind(p) == NodeKind::system) ++all.kinds[kind].systems;
  }
  return all;
}

}  // namespace firebreak
