// The places of an entry are put together by the limits that hold them and by their zones: whether some pair of two
// such sets belongs to the entry, and which ports the limits leave open to it, is the same for all.

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "firebreak/diff.h"

#include "analyzer/flow_kinds.h"

namespace firebreak {

namespace {

/// Places of one side of an entry that nothing here tells apart.
struct Set {
  std::vector<bool> held;  ///< by limit
  NodePair zones;
  std::vector<PairId> members;
};

class OutsideFinder {
 public:
  OutsideFinder(const Versions& versions, std::span<const FlowLimits> limits) : versions_(versions), limits_(limits) {}

  [[nodiscard]] std::optional<FlowOutside> find(const FlowChange& change) const {
    const std::vector<Set> sources = sets(change.from, change.opened, true);
    const std::vector<Set> targets = sets(change.to, change.opened, false);
    for (const Set& from : sources) {
      for (const Set& to : targets) {
        PortSet left = change.ports;
        for (std::size_t i = 0; i < limits_.size(); ++i) {
          if (from.held[i] && to.held[i]) left = subtract(left, limits_[i].ports);
        }
        if (left.empty() || between(from.zones, to.zones) != change.between) continue;
        if (const auto pair = some_pair(from, to)) return FlowOutside{0, pair->first, pair->second, std::move(left)};
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::vector<Set> sets(const std::vector<PairId>& places, bool opened, bool sources) const {
    std::map<std::pair<std::pair<NodeId, NodeId>, std::vector<bool>>, std::size_t> known;
    std::vector<Set> result;
    for (const PairId p : places) {
      const NodePair& pair = versions_.match.nodes[p];
      const NodeId node = opened ? pair.after : pair.before;
      std::vector<bool> held;
      for (const FlowLimits& limits : limits_) {
        const PlaceSet& set =
            sources ? (opened ? limits.from_after : limits.from_before) : (opened ? limits.to_after : limits.to_before);
        held.push_back(set.contains(node));
      }
      const NodePair zones = versions_.zones(p);
      const auto [at, fresh] = known.try_emplace({{zones.before, zones.after}, held}, result.size());
      if (fresh) result.push_back({std::move(held), zones, {}});
      result[at->second].members.push_back(p);
    }
    // A system shows better what is outside than the hosts of a zone that are not modelled.
    const auto is_zone = [&](PairId p) { return versions_.kind(p) == NodeKind::zone; };
    for (Set& set : result) std::ranges::stable_sort(set.members, {}, is_zone);
    std::ranges::stable_sort(result, {}, [&](const Set& set) { return is_zone(set.members.front()); });
    return result;
  }

  /// Two different places, or a zone and itself.
  [[nodiscard]] std::optional<std::pair<PairId, PairId>> some_pair(const Set& from, const Set& to) const {
    for (const PairId a : from.members) {
      for (const PairId b : to.members) {
        if (a != b || versions_.kind(a) == NodeKind::zone) return std::pair(a, b);
      }
    }
    return std::nullopt;
  }

  const Versions versions_;
  const std::span<const FlowLimits> limits_;
};

}  // namespace

std::vector<FlowOutside> flows_outside(const Versions& versions, const FlowChanges& changes,
                                       std::span<const FlowLimits> limits) {
  const OutsideFinder finder(versions, limits);
  std::vector<FlowOutside> outside;
  for (std::size_t i = 0; i < changes.list.size(); ++i) {
    if (auto found = finder.find(changes.list[i])) {
      found->change = i;
      outside.push_back(std::move(*found));
    }
  }
  return outside;
}

}  // namespace firebreak
