// Every kind of sources is asked once for its row; what the row says of the kinds of targets is folded into the zones
// these are in. A target that no rule singled out adds what the row says of all such, so zones that a row does not
// mention cost one step each. The zones of the sources are worked off in blocks, so that the table at hand stays small.

#include <algorithm>
#include <unordered_map>

#include "firebreak/policy.h"

#include "analyzer/dark.h"
#include "analyzer/flow_rows.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

constexpr std::size_t kBlockCells = std::size_t{1} << 22U;

using CellId = Id<struct CellTag>;

/// Cells by number, and what two of them are together.
class CellTable {
 public:
  explicit CellTable(PortAlgebra& ports) : ports_(ports), recent_(kRecent) {}

  [[nodiscard]] CellId of(PortSetId ports) { return intern({ports, ports}); }
  [[nodiscard]] const ZoneCell& operator[](CellId id) const { return cells_[id]; }

  /// `a` may be none. Cost: one look-up for pairs met lately.
  [[nodiscard]] CellId together(CellId a, CellId b) {
    if (a == b || !a.valid()) return b;
    const std::uint64_t pair = std::uint64_t{a.index()} << 32U | b.index();
    Recent& recent = recent_[(pair * 0x9E3779B97F4A7C15U) >> kShift];
    if (recent.pair != pair) {
      recent = {pair, intern({ports_.unite(cells_[a].somewhere, cells_[b].somewhere),
                              ports_.intersect(cells_[a].everywhere, cells_[b].everywhere)})};
    }
    return recent.result;
  }

 private:
  struct Recent {
    std::uint64_t pair = ~std::uint64_t{0};
    CellId result;
  };

  CellId intern(const ZoneCell& cell) {
    const std::uint64_t key = std::uint64_t{cell.somewhere.index()} << 32U | cell.everywhere.index();
    const auto [at, fresh] = known_.try_emplace(key, cells_.next_id());
    if (fresh) cells_.push_back(cell);
    return at->second;
  }

  static constexpr std::size_t kRecent = std::size_t{1} << 14U;
  static constexpr unsigned kShift = 64U - 14U;

  PortAlgebra& ports_;
  IdVector<CellId, ZoneCell> cells_;
  std::unordered_map<std::uint64_t, CellId> known_;  // never iterated
  std::vector<Recent> recent_;
};

class MatrixMaker {
 public:
  MatrixMaker(const Graph& graph, const Scenario& scenario)
      : graph_(graph), groups_(group_places(graph, scenario)), rows_(graph, scenario, groups_), table_(rows_.ports()) {}

  [[nodiscard]] ZoneMatrix make() {
    find_zones();
    find_receivers();
    const std::size_t count = matrix_.zones.size();
    const std::size_t block = std::max<std::size_t>(1, kBlockCells / std::max<std::size_t>(1, count));
    for (std::size_t begin = 0; begin < count; begin += block) fill(begin, std::min(count, begin + block));
    for (const PortSetId id : ids<PortSetId>(rows_.ports().size())) matrix_.ports.push_back(rows_.ports()[id]);
    return std::move(matrix_);
  }

 private:
  /// What one row says of one zone.
  struct Share {
    CellId cell;
    std::uint32_t targets = 0;  ///< kinds of targets it singles out there
  };

  void find_zones() {
    index_.assign(graph_.node_count, 0);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[n] != NodeKind::zone) continue;
      index_[n] = static_cast<std::uint32_t>(matrix_.zones.size());
      matrix_.zones.push_back(n);
    }
    groups_of_zone_.resize(matrix_.zones.size());
    for (const GroupId g : ids<GroupId>(groups_.size())) groups_of_zone_[zone(g)].push_back(g);
  }

  void find_receivers() {
    kinds_in_.assign(matrix_.zones.size(), 0);
    std::vector<std::uint32_t> zones;
    for (const ReceiverId r : ids<ReceiverId>(rows_.sides().receivers.size())) {
      zones.clear();
      for (const GroupId g : rows_.sides().receivers[r]) zones.push_back(zone(g));
      std::ranges::sort(zones);
      zones.erase(std::ranges::unique(zones).begin(), zones.end());
      for (const std::uint32_t z : zones) ++kinds_in_[z];
      zones_of_.add_row(zones);
    }
    shares_.resize(matrix_.zones.size());
  }

  [[nodiscard]] std::uint32_t zone(GroupId g) const { return index_[graph_.flow.classes[groups_.base[g]].zone]; }

  void fill(std::size_t begin, std::size_t end) {
    const std::size_t count = matrix_.zones.size();
    cells_.assign((end - begin) * count, {});
    std::vector<std::pair<SenderId, std::uint32_t>> sources;
    for (std::size_t z = begin; z < end; ++z) {
      for (const GroupId g : groups_of_zone_[z]) {
        sources.emplace_back(rows_.sides().sender[g], static_cast<std::uint32_t>(z));
      }
    }
    std::ranges::sort(sources);
    sources.erase(std::ranges::unique(sources).begin(), sources.end());
    SenderId loaded;
    for (const auto& [sender, z] : sources) {
      if (sender != loaded) load(sender);
      loaded = sender;
      add_row(sender, z, std::span(cells_).subspan((z - begin) * count, count));
    }
    for (std::size_t z = begin; z < end; ++z) {
      matrix_.rows.push_back(packed(std::span<const CellId>(cells_).subspan((z - begin) * count, count)));
    }
  }

  void load(SenderId sender) {
    rows_.load(sender);
    for (const std::uint32_t z : shared_) shares_[z] = {};
    shared_.clear();
    across_.clear();
    for (const CellStates::State state : rows_.across().states()) {
      across_.push_back(table_.of(FlowRows::ports_of(state)));
    }
    for (const ReceiverId r : rows_.across().singled_out()) {
      const CellId cell = across_[rows_.across().slot(r)];
      for (const std::uint32_t z : zones_of_[r]) {
        if (shares_[z].targets++ == 0) shared_.push_back(z);
        add(shares_[z].cell, cell);
      }
    }
    // Where a row singles out some targets only, the others are in its base state.
    for (const std::uint32_t z : shared_) {
      if (shares_[z].targets < kinds_in_[z]) add(shares_[z].cell, across_.front());
    }
  }

  void add_row(SenderId sender, std::uint32_t z, std::span<CellId> cells) {
    for (std::size_t to = 0; to < cells.size(); ++to) {
      if (to != z) add(cells[to], shares_[to].targets == 0 ? across_.front() : shares_[to].cell);
    }
    add_inside(sender, z, cells[z]);
  }

  void add_inside(SenderId sender, std::uint32_t z, CellId& cell) {
    const ReceiverId itself = only_itself(sender, z);
    std::size_t others = kinds_in_[z] - (itself.valid() ? 1 : 0);
    for (const ReceiverId r : rows_.inside().singled_out()) {
      if (r == itself || !std::ranges::binary_search(zones_of_[r], z)) continue;
      add(cell, table_.of(FlowRows::ports_of(rows_.inside().at(r))));
      --others;
    }
    if (others > 0) add(cell, table_.of(FlowRows::ports_of(rows_.inside().base())));
  }

  /// The kind of targets that in this zone is nothing but the one system that the kind of sources is there; none when
  /// there is no such.
  [[nodiscard]] ReceiverId only_itself(SenderId sender, std::uint32_t z) const {
    GroupId only;
    for (const GroupId g : in_zone(rows_.sides().senders[sender], z)) {
      if (only.valid() || groups_.members[g].size() > 1) return {};
      only = g;
    }
    if (graph_.flow.classes[groups_.base[only]].zone_itself) return {};
    const ReceiverId receiver = rows_.sides().receiver[only];
    return in_zone(rows_.sides().receivers[receiver], z).size() == 1 ? receiver : ReceiverId::none();
  }

  [[nodiscard]] std::vector<GroupId> in_zone(std::span<const GroupId> groups, std::uint32_t z) const {
    std::vector<GroupId> found;
    for (const GroupId g : groups) {
      if (zone(g) == z) found.push_back(g);
    }
    return found;
  }

  void add(CellId& cell, CellId more) { cell = table_.together(cell, more); }

  /// A row with what most of its cells say said once.
  [[nodiscard]] ZoneMatrix::Row packed(std::span<const CellId> cells) const {
    ZoneMatrix::Row row;
    // The most frequent by majority vote (Boyer and Moore 1981): exact when it fills more than half, else any will do.
    std::size_t votes = 0;
    CellId most;
    for (const CellId cell : cells) {
      if (votes == 0) most = cell;
      votes = cell == most ? votes + 1 : votes - 1;
    }
    row.rest = table_[most];
    for (std::size_t to = 0; to < cells.size(); ++to) {
      if (cells[to] != most) row.cells.emplace_back(static_cast<std::uint32_t>(to), table_[cells[to]]);
    }
    return row;
  }

  const Graph& graph_;
  FlowGroups groups_;
  FlowRows rows_;
  CellTable table_;
  std::vector<CellId> across_;  ///< of the row at hand, by slot
  ZoneMatrix matrix_;
  IdVector<NodeId, std::uint32_t> index_;  ///< of a zone in the matrix
  std::vector<std::vector<GroupId>> groups_of_zone_;
  Packed<ReceiverId, std::uint32_t> zones_of_;  ///< ascending
  std::vector<std::uint32_t> kinds_in_;         ///< how many kinds of targets are in a zone
  std::vector<Share> shares_;                   ///< of the row at hand, by zone
  std::vector<std::uint32_t> shared_;           ///< the zones it mentions
  std::vector<CellId> cells_;                   ///< of the block at hand
};

}  // namespace

const ZoneCell& ZoneMatrix::cell(std::size_t from, std::size_t to) const {
  const Row& row = rows[from];
  const auto at = std::ranges::lower_bound(row.cells, to, {}, &std::pair<std::uint32_t, ZoneCell>::first);
  return at != row.cells.end() && at->first == to ? at->second : row.rest;
}

ZoneMatrix zone_matrix(const Graph& graph, const Scenario& scenario) {
  ZoneMatrix matrix = MatrixMaker(graph, scenario).make();
  const Mask mask(graph, scenario);
  const ZoneComponents components = components_at_once(graph, run_need(mask));
  for (const NodeId zone : matrix.zones) {
    matrix.areas.push_back({components.label(zone), mask.border(zone)});
  }
  return matrix;
}

}  // namespace firebreak
