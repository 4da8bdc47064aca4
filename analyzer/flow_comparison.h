#pragma once

#include <boost/functional/hash.hpp>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "firebreak/diff.h"

#include "analyzer/flow_deltas.h"
#include "analyzer/flow_kinds.h"
#include "analyzer/row_comparison.h"

namespace firebreak {

/// The change of one target, or of all in an area that nothing singles out.
struct CellChange {
  bool rest = false;
  std::uint32_t target = 0;  ///< a ColumnId, or with `rest` an AreaId
  DeltaId delta;

  friend bool operator==(const CellChange&, const CellChange&) = default;
  friend std::size_t hash_value(const CellChange& cell) {
    std::size_t seed = cell.target;
    boost::hash_combine(seed, cell.delta.index() * 2 + (cell.rest ? 1 : 0));
    return seed;
  }
};
using RowChange = std::vector<CellChange>;

/// Lays the rows of both topologies side by side.
class FlowComparison {
 public:
  /// What changes for pairs in one zone, before or after.
  struct InsideKey {
    std::size_t effect = 0;
    FlowChange::Between between = FlowChange::Between::inside;
    PortSetId ports;
    KindId from;

    friend auto operator<=>(const InsideKey&, const InsideKey&) = default;
  };

  /// Compares everything; then the answer stands below.
  explicit FlowComparison(const Versions& versions);

  FlowSide before;
  FlowSide after;
  FlowKinds kinds;
  Deltas deltas;
  /// Sources whose rows change alike, of which only targets in other zones count; never iterated without sorting.
  std::unordered_map<RowChange, std::vector<OriginId>, boost::hash<RowChange>> alike;
  std::map<InsideKey, std::vector<KindId>> inside;  ///< the targets of each

 private:
  PortSetId common(FlowSide& side, std::vector<PortSetId>& known, CellStates::State state);
  PortSetId common_before(CellStates::State state) { return common(before, known_before_, state); }
  PortSetId common_after(CellStates::State state) { return common(after, known_after_, state); }

  void compare_rows();
  void find_singled_out(SenderId was, SenderId is, const RowDifference& difference);
  DeltaId change(const Area& from, const Area& to, PortSetId was, PortSetId is);
  void compare_across(OriginId id);
  void compare_inside(KindId id);

  RowComparison rows_;
  std::vector<PortSetId> known_before_, known_after_;
  std::vector<ColumnId> singled_out_;  ///< by the rows at hand
  IdVector<ColumnId, std::uint32_t> stamp_;
  std::uint32_t question_ = 0;
  std::vector<PortSetId> before_ports_, after_ports_;  ///< by slot of the rows at hand
  IdVector<AreaId, DeltaId> rest_;                     ///< of the source at hand
  IdVector<AreaId, std::uint8_t> joined_alike_;  ///< joined with it before as after, and where nothing singles out a
                                                 ///< target nothing changes
};

}  // namespace firebreak
