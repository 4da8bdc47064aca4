// Of a row only the targets that it singles out on either side are looked at one by one; all others change alike, so
// one comparison stands for them. Where it is known in which rules two rows differ, only the targets of these are.
// Pairs in one zone follow other rows (policies between zones do not judge them) and are compared kind by kind.

#include "analyzer/flow_comparison.h"

#include <algorithm>
#include <utility>

namespace firebreak {

FlowComparison::FlowComparison(const Versions& versions)
    : before(versions.before),
      after(versions.after),
      kinds(find_kinds(versions, before, after)),
      rows_(versions, before, after, kinds),
      stamp_(kinds.columns.size(), 0) {
  compare_rows();
}

/// A set of ports of one side's rows in the common algebra.
PortSetId FlowComparison::common(FlowSide& side, std::vector<PortSetId>& known, CellStates::State state) {
  const PortSetId own = FlowRows::ports_of(state);
  if (own.index() >= known.size()) known.resize(own.index() + 1);
  if (!known[own.index()].valid()) known[own.index()] = deltas.intern(side.rows.ports()[own]);
  return known[own.index()];
}

void FlowComparison::compare_rows() {
  // Sources that follow the same two rows stand side by side.
  std::map<std::pair<SenderId, SenderId>, std::vector<OriginId>> origins;
  for (const OriginId o : ids<OriginId>(kinds.origins.size())) {
    origins[{kinds.origins[o].before, kinds.origins[o].after}].push_back(o);
  }
  SenderId loaded_before;
  SenderId loaded_after;
  for (const auto& [senders, list] : origins) {
    const auto [was, is] = senders;
    const RowDifference difference = rows_.difference(was, is);
    if (difference.none()) continue;
    if (was.valid() && was != loaded_before) before.rows.load(loaded_before = was);
    if (is.valid() && is != loaded_after) after.rows.load(loaded_after = is);
    before_ports_.clear();
    after_ports_.clear();
    for (const CellStates::State state : before.rows.across().states()) before_ports_.push_back(common_before(state));
    for (const CellStates::State state : after.rows.across().states()) after_ports_.push_back(common_after(state));
    find_singled_out(was, is, difference);
    for (const OriginId origin : list) compare_across(origin);
    for (const OriginId origin : list) {
      for (const KindId kind : kinds.of_origin[origin]) compare_inside(kind);
    }
  }
}

/// The columns that are not like all others in both rows; of rows that differ in some rules, those these speak of.
void FlowComparison::find_singled_out(SenderId was, SenderId is, const RowDifference& difference) {
  ++question_;
  singled_out_.clear();
  const auto add = [&](const std::vector<ColumnId>& columns) {
    for (const ColumnId c : columns) {
      if (std::exchange(stamp_[c], question_) != question_) singled_out_.push_back(c);
    }
  };
  const auto add_targets = [&](const FlowSide& side, const std::vector<RuleIndex>& rules,
                               const IdVector<ReceiverId, std::vector<ColumnId>>& columns) {
    for (const RuleIndex rule : rules) {
      for (const SelectorId selector : side.graph.flow.to_selectors[rule]) {
        for (const ReceiverId r : side.rows.sides().meant_by[selector]) add(columns[r]);
      }
    }
  };
  const auto for_everything = [](const FlowSide& side, const std::vector<RuleIndex>& rules) {
    return std::ranges::any_of(rules, [&](RuleIndex r) { return side.graph.flow.to_selectors[r].empty(); });
  };
  if (difference.known && !for_everything(before, difference.before) && !for_everything(after, difference.after)) {
    add_targets(before, difference.before, kinds.before_columns);
    add_targets(after, difference.after, kinds.after_columns);
    return;
  }
  if (was.valid()) {
    for (const ReceiverId r : before.rows.across().singled_out()) add(kinds.before_columns[r]);
  }
  if (is.valid()) {
    for (const ReceiverId r : after.rows.across().singled_out()) add(kinds.after_columns[r]);
  }
}

/// The permitted ports are of the rows at hand, none where one of the two ends is not in the topology.
DeltaId FlowComparison::change(const Area& from, const Area& to, PortSetId was, PortSetId is) {
  const bool both_before = from.before != Area::kNowhere && to.before != Area::kNowhere;
  const bool both_after = from.after != Area::kNowhere && to.after != Area::kNowhere;
  return deltas.of(both_before ? was : deltas.none(), both_after ? is : deltas.none(),
                   both_before && from.before == to.before, both_after && from.after == to.after);
}

void FlowComparison::compare_across(OriginId id) {
  const Area& from = kinds.areas[kinds.origins[id].area];
  const bool there_before = from.before != Area::kNowhere;
  const bool there_after = from.after != Area::kNowhere;
  const PortSetId base_before = there_before ? before_ports_.front() : deltas.none();
  const PortSetId base_after = there_after ? after_ports_.front() : deltas.none();
  RowChange row;
  rest_.assign(kinds.areas.size(), Deltas::nothing());
  joined_alike_.assign(kinds.areas.size(), 0);
  for (const AreaId a : ids<AreaId>(kinds.areas.size())) {
    const Area& to = kinds.areas[a];
    rest_[a] = change(from, to, base_before, base_after);
    if (rest_[a] != Deltas::nothing()) row.push_back({true, a.index(), rest_[a]});
    const bool same = (there_before && from.before == to.before) == (there_after && from.after == to.after);
    joined_alike_[a] = same && rest_[a] == Deltas::nothing() ? 1 : 0;
  }
  const std::size_t rest = row.size();
  for (const ColumnId c : singled_out_) {
    const FlowKinds::Column& column = kinds.columns[c];
    const PortSetId was =
        there_before && column.before.valid() ? before_ports_[before.rows.across().slot(column.before)] : deltas.none();
    const PortSetId is =
        there_after && column.after.valid() ? after_ports_[after.rows.across().slot(column.after)] : deltas.none();
    if (was == is && joined_alike_[column.area] != 0) continue;
    const DeltaId delta = change(from, kinds.areas[column.area], was, is);
    if (delta != rest_[column.area]) row.push_back({false, c.index(), delta});
  }
  if (row.empty()) return;
  std::sort(row.begin() + static_cast<std::ptrdiff_t>(rest), row.end(),
            [](const CellChange& a, const CellChange& b) { return a.target < b.target; });
  alike[row].push_back(id);
}

void FlowComparison::compare_inside(KindId id) {
  const PlaceKind& from = kinds.kinds[id];
  const Area& area = kinds.areas[kinds.origins[from.origin].area];
  const auto compare = [&](KindId other) {
    if (kinds.pairs_of(id, other) == 0) return;
    const PlaceKind& to = kinds.kinds[other];
    PortSetId was = deltas.none();
    PortSetId is = deltas.none();
    if (from.before.there() && to.before.there()) {
      const bool same = from.before.zone == to.before.zone;
      const CellStates& row = same ? before.rows.inside() : before.rows.across();
      was = common_before(row.at(to.before.receiver));
    }
    if (from.after.there() && to.after.there()) {
      const bool same = from.after.zone == to.after.zone;
      const CellStates& row = same ? after.rows.inside() : after.rows.across();
      is = common_after(row.at(to.after.receiver));
    }
    const DeltaId delta = change(area, kinds.areas[kinds.columns[to.column].area], was, is);
    for (std::size_t e = 0; e < kEffects; ++e) {
      if (deltas.id(delta, e) == deltas.none()) continue;
      inside[{e, between(from, to), deltas.id(delta, e), id}].push_back(other);
    }
  };
  if (from.before.there()) {
    for (const KindId other : kinds.before_zone[from.before.zone]) compare(other);
  }
  if (from.after.there()) {
    for (const KindId other : kinds.after_zone[from.after.zone]) {
      if (!in_one_zone(from.before, kinds.kinds[other].before)) compare(other);
    }
  }
}

}  // namespace firebreak
