#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "firebreak/diff.h"

#include "analyzer/loss_probe.h"

namespace firebreak {

namespace {

bool can_be_lost(NodeKind kind) {
  return kind == NodeKind::system || kind == NodeKind::identity || kind == NodeKind::site || kind == NodeKind::link;
}

/// Of each service, the nodes whose single loss takes it down.
class SingleLosses {
 public:
  SingleLosses(const Graph& graph, const IdVector<NodeId, PairId>& pair_of) : fatal_(graph.node_count) {
    const NeedRun run = run_need(graph, {});
    LossProbe probe(graph, run);
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      works_.push_back(run.fails[VertexId(n.index())] == kNever);
      if (!can_be_lost(graph.kind[n])) continue;
      const auto lost = probe.lose({&n, 1}, {});
      if (probe.lost_links()) {
        add_whole_run(graph, run, n, pair_of[n]);
        continue;
      }
      for (const VertexId v : lost) add(graph, v, pair_of[n]);
    }
    for (std::vector<PairId>& losses : fatal_) std::ranges::sort(losses);
  }

  [[nodiscard]] bool works(NodeId service) const { return works_[service]; }
  [[nodiscard]] const std::vector<PairId>& fatal(NodeId service) const { return fatal_[service]; }

 private:
  void add(const Graph& graph, VertexId v, PairId loss) {
    if (v.index() >= graph.node_count) return;
    const NodeId n(v.index());
    if (graph.kind[n] == NodeKind::service) fatal_[n].push_back(loss);
  }

  /// Zones may have lost connection, and that is for the law itself to say.
  void add_whole_run(const Graph& graph, const NeedRun& before, NodeId lost, PairId loss) {
    Scenario off;
    off.off = {lost};
    const NeedRun run = run_need(graph, off);
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      const VertexId v(n.index());
      if (run.fails[v] != kNever && before.fails[v] == kNever) add(graph, v, loss);
    }
  }

  IdVector<NodeId, std::vector<PairId>> fatal_;
  IdVector<NodeId, bool> works_;
};

std::vector<PairId> without(const std::vector<PairId>& all, const std::vector<PairId>& some) {
  std::vector<PairId> rest;
  std::ranges::set_difference(all, some, std::back_inserter(rest));
  return rest;
}

/// What a denied need is told by: owner, provider, source.
using NeedKey = std::tuple<PairId, PairId, PairId>;

NeedKey key_of(const Leaf& leaf, const IdVector<NodeId, PairId>& pair_of) {
  return {pair_of[leaf.owner], pair_of[leaf.provider], leaf.source.valid() ? pair_of[leaf.source] : PairId::none()};
}

/// Those of `all` that lack ports which none of the same key among `others` lacks.
std::vector<DeniedNeed> only_here(const std::vector<DeniedNeed>& all, const Graph& graph,
                                  const IdVector<NodeId, PairId>& pair_of, const std::vector<DeniedNeed>& others,
                                  const Graph& other_graph, const IdVector<NodeId, PairId>& other_pair_of) {
  std::map<NeedKey, PortSet> missing;
  for (const DeniedNeed& need : others) {
    PortSet& ports = missing[key_of(leaf_of(other_graph, need.leaf), other_pair_of)];
    ports = unite(ports, need.missing);
  }
  std::vector<DeniedNeed> result;
  for (const DeniedNeed& need : all) {
    const auto at = missing.find(key_of(leaf_of(graph, need.leaf), pair_of));
    if (at == missing.end() || !includes(at->second, need.missing)) result.push_back(need);
  }
  return result;
}

}  // namespace

std::vector<SurvivalChange> survival_changes(const Versions& versions) {
  const SingleLosses before(versions.before, versions.match.of_before);
  const SingleLosses after(versions.after, versions.match.of_after);
  std::vector<SurvivalChange> changes;
  for (const PairId p : ids<PairId>(versions.match.nodes.size())) {
    const auto [was, is] = versions.match.nodes[p];
    if (!was.valid() || !is.valid() || versions.after.kind[is] != NodeKind::service) continue;
    if (!before.works(was) || !after.works(is)) continue;
    SurvivalChange change{p, without(after.fatal(is), before.fatal(was)), without(before.fatal(was), after.fatal(is))};
    if (!change.newly.empty() || !change.no_longer.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<StateChange> state_changes(const Versions& versions) {
  const Impact before = impact(versions.before, {});
  const Impact after = impact(versions.after, {});
  std::vector<StateChange> changes;
  for (const PairId p : ids<PairId>(versions.match.nodes.size())) {
    const auto [was, is] = versions.match.nodes[p];
    if (!was.valid() || !is.valid() || before.state[was] == after.state[is]) continue;
    changes.push_back({p, before.state[was], after.state[is]});
  }
  std::ranges::stable_sort(changes, {}, [&](const StateChange& change) {
    return std::pair(change.after > change.before, versions.kind(change.node) != NodeKind::service);
  });
  return changes;
}

DeniedChanges denied_changes(const Versions& versions) {
  const Match& match = versions.match;
  const std::vector<DeniedNeed> before = denied_needs(versions.before, {});
  const std::vector<DeniedNeed> after = denied_needs(versions.after, {});
  return {only_here(after, versions.after, match.of_after, before, versions.before, match.of_before),
          only_here(before, versions.before, match.of_before, after, versions.after, match.of_after)};
}

}  // namespace firebreak
