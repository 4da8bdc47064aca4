#include "analyzer/solver/diagrams.h"

#include <algorithm>
#include <utility>

#include "analyzer/solver/at_least.h"

namespace firebreak::solver {

namespace {

constexpr std::size_t kFirstSlots = 1U << 10U;
constexpr std::size_t kMostEntries = 1U << 22U;
constexpr std::size_t kBetweenLooks = 1U << 14U;  ///< nodes made between two looks at the patience

std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15U ^ b * 0xC2B2AE3D27D4EB4FU ^ c * 0x165667B19E3779F9U;
  x ^= x >> 29U;
  x *= 0xBF58476D1CE4E5B9U;
  return x ^ x >> 32U;
}

}  // namespace

DiagramTable::DiagramTable(std::size_t most, Patience patience)
    : most_(most), patience_(std::move(patience)), nodes_(2), slots_(kFirstSlots, 0) {
  nodes_[1].without = nodes_[1].with = 1;
}

std::size_t DiagramTable::slot(std::uint32_t level, DiagramId without, DiagramId with) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = mixed(level, without, with) & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    const DiagramNode& node = nodes_[slots_[at]];
    if (node.level == level && node.without == without && node.with == with) break;
  }
  return at;
}

DiagramId DiagramTable::node(std::uint32_t level, DiagramId without, DiagramId with) {
  const std::size_t at = slot(level, without, with);
  if (slots_[at] != 0) return slots_[at];
  if (nodes_.size() >= most_) return kNoDiagram;
  if (nodes_.size() % kBetweenLooks == 0 && has_run_out(patience_)) return kNoDiagram;
  const auto made = static_cast<DiagramId>(nodes_.size());
  slots_[at] = made;
  nodes_.push_back({level, without, with});
  if (nodes_.size() * 2 > slots_.size()) grow();
  return made;
}

void DiagramTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (DiagramId i = 2; i < nodes_.size(); ++i) {
    const DiagramNode& node = nodes_[i];
    slots_[slot(node.level, node.without, node.with)] = i;
  }
}

DiagramCache::DiagramCache() : entries_(kFirstSlots) {}

std::size_t DiagramCache::place(DiagramId a, DiagramId b) const {
  return mixed(a, b, 0) & (entries_.size() - 1);
}

void DiagramCache::fit(std::size_t nodes) {
  if (nodes <= entries_.size() || entries_.size() >= kMostEntries) return;
  const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(entries_.size() * 4));
  for (const Entry& entry : old) {
    if (entry.a != kNoDiagram) remember(entry.a, entry.b, entry.result);
  }
}

DiagramId Decisions::combine(DiagramId a, DiagramId b, DiagramCache& cache, DiagramId absorbing, DiagramId neutral) {
  DiagramId result = 0;
  // Whether the result is known at once; else a frame is put up for it.
  const auto begin = [&](DiagramId x, DiagramId y) {
    if (x > y) std::swap(x, y);
    if (x == y || y == neutral || x == absorbing) return result = x, true;
    if (x == neutral || y == absorbing) return result = y, true;
    result = cache.find(x, y);
    if (result != kNoDiagram) return true;
    frames_.push_back({x, y, std::min(table_[x].level, table_[y].level), 0, 0});
    return false;
  };
  if (begin(a, b)) return result;
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    const DiagramNode& x = table_[frame.a];
    const DiagramNode& y = table_[frame.b];
    if (frame.stage == 0) {
      frame.stage = 1;
      if (!begin(x.level == frame.level ? x.without : frame.a, y.level == frame.level ? y.without : frame.b)) continue;
    }
    if (frame.stage == 1) {
      frame.stage = 2;
      frame.without = result;
      if (!begin(x.level == frame.level ? x.with : frame.a, y.level == frame.level ? y.with : frame.b)) continue;
    }
    if (result != frame.without) result = table_.node(frame.level, frame.without, result);
    if (result == kNoDiagram) {
      frames_.clear();
      return kNoDiagram;
    }
    cache.remember(frame.a, frame.b, result);
    cache.fit(table_.size());
    frames_.pop_back();
  }
  return result;
}

DiagramId Decisions::at_least(std::size_t threshold, std::vector<DiagramId> members) {
  return at_least_of(*this, threshold, members);
}

}  // namespace firebreak::solver
