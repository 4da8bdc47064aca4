// Sources whose rows change alike are put together, and of these the targets that change alike: so a change of one rule
// is one entry, however many places it speaks of.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "firebreak/diff.h"

#include "analyzer/flow_comparison.h"
#include "analyzer/flow_reasons.h"

namespace firebreak {

namespace {

using Between = FlowChange::Between;

/// Sources and targets that change alike.
struct Block {
  std::size_t effect = 0;
  Between between = Between::zones;
  PortSetId ports;
  std::vector<KindId> from;
  std::vector<KindId> to;
};

/// The places of a block as far as they have a partner in it, and how many pairs they make.
struct Extent {
  std::vector<KindId> from;
  std::vector<KindId> to;
  std::uint64_t pairs = 0;
};

class BlockMaker {
 public:
  explicit BlockMaker(const Versions& versions)
      : versions_(versions), compared_(versions), kinds_(compared_.kinds), stamp_(kinds_.columns.size(), 0) {}

  [[nodiscard]] FlowChanges run() {
    block_across();
    block_inside();
    return finish();
  }

 private:
  static constexpr std::size_t kMostCells = 20'000'000;  ///< kinds named by blocks across zones, all together
  static constexpr std::size_t kMostListed = 10'000;
  static constexpr std::size_t kMostSamples = 64;

  /// The columns of a row by effect and ports.
  [[nodiscard]] std::map<std::pair<std::size_t, PortSetId>, std::vector<ColumnId>> by_ports(const RowChange& row) {
    std::map<std::pair<std::size_t, PortSetId>, std::vector<ColumnId>> result;
    const auto add = [&](ColumnId c, DeltaId delta) {
      for (std::size_t e = 0; e < kEffects; ++e) {
        if (compared_.deltas.id(delta, e) != compared_.deltas.none())
          result[{e, compared_.deltas.id(delta, e)}].push_back(c);
      }
    };
    ++question_;
    for (const CellChange& cell : row) {
      if (!cell.rest) stamp_[ColumnId(cell.target)] = question_;
    }
    for (const CellChange& cell : row) {
      if (!cell.rest) {
        add(ColumnId(cell.target), cell.delta);
        continue;
      }
      for (const ColumnId c : kinds_.in_area[AreaId(cell.target)]) {
        if (stamp_[c] != question_) add(c, cell.delta);
      }
    }
    for (auto& [key, columns] : result) std::ranges::sort(columns);
    return result;
  }

  void block_across() {
    std::vector<std::pair<OriginId, const RowChange*>> rows;  // in the order of the sources
    for (const auto& [row, origins] : compared_.alike) rows.emplace_back(origins.front(), &row);
    std::ranges::sort(rows);
    using Key = std::tuple<std::size_t, PortSetId, std::vector<ColumnId>>;
    std::map<Key, std::size_t> known;
    std::size_t cells = 0;
    for (const auto& [first, row] : rows) {
      const std::vector<OriginId>& origins = compared_.alike.at(*row);
      for (auto& [what, columns] : by_ports(*row)) {
        cells += columns.size() + origins.size();
        if (cells > kMostCells) {
          count_only(what.first, origins, columns);
          continue;
        }
        const auto [at, fresh] = known.try_emplace({what.first, what.second, columns}, blocks_.size());
        if (fresh)
          blocks_.push_back({what.first, Between::zones, what.second, {}, kinds_in(columns, kinds_.of_column)});
        const std::vector<KindId> from = kinds_in(origins, kinds_.of_origin);
        std::vector<KindId>& all = blocks_[at->second].from;
        all.insert(all.end(), from.begin(), from.end());
      }
    }
    for (Block& block : blocks_) std::ranges::sort(block.from);
  }

  template <class IdType>
  [[nodiscard]] static std::vector<KindId> kinds_in(const std::vector<IdType>& of,
                                                    const IdVector<IdType, std::vector<KindId>>& lists) {
    std::vector<KindId> all;
    for (const IdType id : of) all.insert(all.end(), lists[id].begin(), lists[id].end());
    std::ranges::sort(all);
    return all;
  }

  void count_only(std::size_t effect, const std::vector<OriginId>& origins, const std::vector<ColumnId>& columns) {
    const Block block{
        effect, Between::zones, {}, kinds_in(origins, kinds_.of_origin), kinds_in(columns, kinds_.of_column)};
    const Extent extent = extent_across(block);
    if (extent.pairs == 0) return;
    ++changes_.left_out;
    count(effect, extent.pairs);
  }

  /// Pairs inside a zone of the same sources and targets; then those of several zones together, where each has just
  /// one such block: a pair from two of these zones is not inside one, so nothing is said that is not so.
  void block_inside() {
    using Key = std::tuple<std::size_t, Between, PortSetId, std::vector<KindId>>;
    std::map<Key, std::vector<KindId>> blocks;
    for (auto& [what, to] : compared_.inside) {
      const auto& [effect, between, ports, from] = what;
      std::ranges::sort(to);
      blocks[{effect, between, ports, to}].push_back(from);
    }
    std::map<std::pair<std::size_t, PortSetId>, std::map<NodeId, std::vector<Block>>> by_zone;
    for (const auto& [key, from] : blocks) {
      const auto& [effect, between, ports, to] = key;
      Block block{effect, between, ports, from, to};
      if (between == Between::regrouped) {
        blocks_.push_back(std::move(block));
        continue;
      }
      const PlaceKind& sample = kinds_.kinds[from.front()];
      by_zone[{effect, ports}][is_opened(effect) ? sample.after.zone : sample.before.zone].push_back(std::move(block));
    }
    for (auto& [what, zones] : by_zone) {
      Block together{what.first, Between::inside, what.second, {}, {}};
      for (auto& [zone, list] : zones) {
        if (list.size() > 1) {
          blocks_.insert(blocks_.end(), list.begin(), list.end());
          continue;
        }
        together.from.insert(together.from.end(), list[0].from.begin(), list[0].from.end());
        together.to.insert(together.to.end(), list[0].to.begin(), list[0].to.end());
      }
      if (!together.from.empty()) blocks_.push_back(std::move(together));
    }
  }

  using ZonePair = std::pair<NodeId, NodeId>;  ///< before and after

  [[nodiscard]] ZonePair zones_of(KindId kind) const {
    return {kinds_.kinds[kind].before.zone, kinds_.kinds[kind].after.zone};
  }

  /// How many members of some kinds are in each zone.
  struct Census {
    std::uint64_t all = 0;
    std::map<NodeId, std::uint64_t> before;
    std::map<NodeId, std::uint64_t> after;
    std::map<ZonePair, std::uint64_t> both;

    /// Those that are in the same zone as this, before or after.
    [[nodiscard]] std::uint64_t with(const ZonePair& zones) const {
      const auto of = [](const auto& counts, const auto& key) {
        const auto at = counts.find(key);
        return at == counts.end() ? std::uint64_t{0} : at->second;
      };
      std::uint64_t count = 0;
      if (zones.first.valid()) count += of(before, zones.first);
      if (zones.second.valid()) count += of(after, zones.second);
      if (zones.first.valid() && zones.second.valid()) count -= of(both, zones);
      return count;
    }
  };
  [[nodiscard]] Census census(const std::vector<KindId>& kinds) const {
    Census census;
    for (const KindId kind : kinds) {
      const std::uint64_t count = kinds_.kinds[kind].members.size();
      const ZonePair zones = zones_of(kind);
      census.all += count;
      if (zones.first.valid()) census.before[zones.first] += count;
      if (zones.second.valid()) census.after[zones.second] += count;
      census.both[zones] += count;
    }
    return census;
  }

  [[nodiscard]] Extent extent_across(const Block& block) const {
    const Census sources = census(block.from);
    const Census targets = census(block.to);
    Extent extent;
    for (const KindId kind : block.from) {
      const std::uint64_t partners = targets.all - targets.with(zones_of(kind));
      if (partners == 0) continue;
      extent.from.push_back(kind);
      extent.pairs += partners * kinds_.kinds[kind].members.size();
    }
    for (const KindId kind : block.to) {
      if (sources.all > sources.with(zones_of(kind))) extent.to.push_back(kind);
    }
    return extent;
  }

  /// Inside a zone each source of a block goes with each target in its zone but itself.
  [[nodiscard]] Extent extent_inside(const Block& block) const {
    Extent extent{block.from, block.to, 0};
    std::map<NodeId, std::uint64_t> targets;
    const auto zone = [&](KindId kind) {
      const PlaceKind& place = kinds_.kinds[kind];
      return is_opened(block.effect) ? place.after.zone : place.before.zone;
    };
    for (const KindId kind : block.to) targets[zone(kind)] += kinds_.kinds[kind].members.size();
    for (const KindId kind : block.from) extent.pairs += targets[zone(kind)] * kinds_.kinds[kind].members.size();
    const std::set<KindId> to(block.to.begin(), block.to.end());
    for (const KindId kind : block.from) extent.pairs -= to.contains(kind) ? kinds_.kinds[kind].systems : 0;
    return extent;
  }

  [[nodiscard]] Extent extent_regrouped(const Block& block) const {
    Extent extent{block.from, block.to, 0};
    for (const KindId from : block.from) {
      for (const KindId to : block.to) extent.pairs += kinds_.pairs_of(from, to);
    }
    return extent;
  }

  void count(std::size_t effect, std::uint64_t pairs) {
    if (effect == firebreak::effect(true, true)) changes_.opened += pairs;
    if (effect == firebreak::effect(false, true)) changes_.closed += pairs;
  }

  [[nodiscard]] std::vector<PairId> places(const std::vector<KindId>& kinds) const {
    std::vector<PairId> all;
    for (const KindId kind : kinds) {
      const std::vector<PairId>& members = kinds_.kinds[kind].members;
      all.insert(all.end(), members.begin(), members.end());
    }
    std::ranges::sort(all);
    return all;
  }

  FlowChanges finish() {
    std::vector<std::pair<const Block*, Extent>> found;
    for (const Block& block : blocks_) {
      Extent extent = block.between == Between::zones    ? extent_across(block)
                      : block.between == Between::inside ? extent_inside(block)
                                                         : extent_regrouped(block);
      if (extent.pairs == 0) continue;
      count(block.effect, extent.pairs);
      found.emplace_back(&block, std::move(extent));
    }
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
      return std::pair(a.first->effect, b.second.pairs) < std::pair(b.first->effect, a.second.pairs);
    });
    if (found.size() > kMostListed) changes_.left_out += found.size() - kMostListed;
    found.resize(std::min(found.size(), kMostListed));
    const ReasonFinder finder(versions_, compared_.before.run, compared_.after.run);
    for (const auto& [block, extent] : found) {
      FlowChange change{is_opened(block->effect), is_felt(block->effect),         block->between, places(extent.from),
                        places(extent.to),        compared_.deltas[block->ports], extent.pairs,   {}};
      change.reasons = reasons(finder, change, extent);
      changes_.list.push_back(std::move(change));
    }
    return std::move(changes_);
  }

  [[nodiscard]] std::vector<FlowReason> reasons(const ReasonFinder& finder, const FlowChange& change,
                                                const Extent& extent) const {
    std::set<FlowReason> reasons;
    std::size_t samples = 0;
    const auto look = [&](KindId from, KindId to) {
      if (samples == kMostSamples || kinds_.pairs_of(from, to) == 0) return false;
      if (between(kinds_.kinds[from], kinds_.kinds[to]) != change.between) return false;
      ++samples;
      const PairId source = kinds_.kinds[from].members.front();
      const PairId target = kinds_.kinds[to].members.front();
      finder.find(source, target, change.ports, change.opened, change.felt, reasons);
      return true;
    };
    for (const KindId from : extent.from) {
      if (samples == kMostSamples / 2) break;
      std::ranges::find_if(extent.to, [&](KindId to) { return look(from, to); });
    }
    for (const KindId to : extent.to) {
      if (samples == kMostSamples) break;
      std::ranges::find_if(extent.from, [&](KindId from) { return look(from, to); });
    }
    return {reasons.begin(), reasons.end()};
  }

  const Versions versions_;
  FlowComparison compared_;
  const FlowKinds& kinds_;
  IdVector<ColumnId, std::uint32_t> stamp_;
  std::uint32_t question_ = 0;
  std::vector<Block> blocks_;
  FlowChanges changes_;
};

}  // namespace

FlowChanges flow_changes(const Versions& versions) {
  return BlockMaker(versions).run();
}

}  // namespace firebreak
