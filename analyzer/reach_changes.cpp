#include <algorithm>
#include <map>

#include "firebreak/blast.h"
#include "firebreak/diff.h"

#include "analyzer/reach_closure.h"

namespace firebreak {

namespace {

/// Who reaches how much, and which of the crown jewels.
struct Side {
  const Graph& graph;
  std::vector<std::size_t> jewel_index;  ///< by jewel: its place in `reach.reaches`; the number of these = not there
  ReachClosure reach;

  Side(const Graph& g, const std::vector<NodeId>& jewels) : graph(g) {
    std::vector<NodeId> there;
    for (const NodeId n : jewels) {
      jewel_index.push_back(there.size());
      if (n.valid()) there.push_back(n);
    }
    for (std::size_t j = 0; j < jewels.size(); ++j) {
      if (!jewels[j].valid()) jewel_index[j] = there.size();
    }
    reach = reach_of_all(graph, {}, there);
  }

  /// Whether a node, compromised alone, reaches a jewel other than itself.
  [[nodiscard]] bool reaches(NodeId from, std::size_t jewel, NodeId itself) const {
    return from.valid() && from != itself && jewel_index[jewel] < reach.reaches.size() &&
           reach.reaches[jewel_index[jewel]][from];
  }
};

class ReachComparison {
 public:
  explicit ReachComparison(const Versions& versions)
      : versions_(versions),
        match_(versions.match),
        jewels_(find_jewels(versions)),
        before_(versions.before, ends(&NodePair::before)),
        after_(versions.after, ends(&NodePair::after)) {}

  [[nodiscard]] ReachChanges run() {
    compare_sizes();
    compare_jewels();
    return std::move(result_);
  }

 private:
  [[nodiscard]] static std::vector<PairId> find_jewels(const Versions& versions) {
    std::vector<PairId> jewels;
    for (const PairId p : ids<PairId>(versions.match.nodes.size())) {
      const NodePair& pair = versions.match.nodes[p];
      const bool was = pair.before.valid() && versions.before.critical[pair.before];
      const bool is = pair.after.valid() && versions.after.critical[pair.after];
      if (was || is) jewels.push_back(p);
    }
    return jewels;
  }

  [[nodiscard]] std::vector<NodeId> ends(NodeId NodePair::*end) const {
    std::vector<NodeId> nodes;
    for (const PairId p : jewels_) nodes.push_back(match_.nodes[p].*end);
    return nodes;
  }

  void compare_sizes() {
    std::map<PairId, ZoneReachChange> zones;
    const auto zone_at = [&](PairId zone) -> ZoneReachChange& {
      ZoneReachChange& change = zones[zone];
      change.zone = zone;
      return change;
    };
    for (const PairId p : ids<PairId>(match_.nodes.size())) {
      const auto [was, is] = match_.nodes[p];
      if (!can_be_compromised(versions_.kind(p))) continue;
      const NodePair zone = versions_.zones(p);
      const PairId old_zone = zone.before.valid() ? match_.of_before[zone.before] : PairId::none();
      const PairId new_zone = zone.after.valid() ? match_.of_after[zone.after] : PairId::none();
      if (was.valid()) {
        zone_at(old_zone).before.add(was, before_.reach.size[was]);
        result_.all.before.add(was, before_.reach.size[was]);
      }
      if (!is.valid()) continue;
      zone_at(new_zone).after.add(is, after_.reach.size[is]);
      result_.all.after.add(is, after_.reach.size[is]);
      if (was.valid() && before_.reach.size[was] != after_.reach.size[is]) {
        ++zone_at(new_zone).changed;
        ++result_.all.changed;
      }
    }
    for (const auto& [zone, change] : zones) {
      if (change.any()) result_.zones.push_back(change);
    }
    std::ranges::stable_sort(result_.zones, [](const ZoneReachChange& a, const ZoneReachChange& b) {
      return a.after.mean() - a.before.mean() > b.after.mean() - b.before.mean();
    });
  }

  void compare_jewels() {
    for (std::size_t j = 0; j < jewels_.size(); ++j) {
      const NodePair& jewel = match_.nodes[jewels_[j]];
      JewelChange change;
      change.jewel = jewels_[j];
      for (const PairId p : ids<PairId>(match_.nodes.size())) {
        const bool was = before_.reaches(match_.nodes[p].before, j, jewel.before);
        const bool is = after_.reaches(match_.nodes[p].after, j, jewel.after);
        if (is && !was) change.newly.push_back(p);
        if (was && !is) change.no_longer.push_back(p);
      }
      if (change.newly.empty() && change.no_longer.empty()) continue;
      if (!change.newly.empty()) {
        Scenario start;
        for (const PairId p : change.newly) start.compromised.push_back(match_.nodes[p].after);
        std::ranges::sort(start.compromised);
        change.path = path_to(blast(after_.graph, start), jewel.after);
      }
      result_.jewels.push_back(std::move(change));
    }
    std::ranges::stable_sort(result_.jewels, std::greater<>(), [](const JewelChange& c) { return c.newly.size(); });
  }

  const Versions versions_;
  const Match& match_;
  const std::vector<PairId> jewels_;
  const Side before_;
  const Side after_;
  ReachChanges result_;
};

}  // namespace

ReachChanges reach_changes(const Versions& versions) {
  return ReachComparison(versions).run();
}

}  // namespace firebreak
