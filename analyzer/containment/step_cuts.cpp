#include "analyzer/containment/step_cuts.h"

#include <algorithm>
#include <utility>

#include "firebreak/policy.h"

#include "analyzer/connection.h"

namespace firebreak {

StepCuts::StepCuts(const Mask& mask, const NeedRun& run, Cuts& cuts)
    : graph_(mask.graph()), mask_(mask), run_(run), cuts_(cuts), held_(graph_.need.owner.size(), 0) {}

std::vector<CutId> StepCuts::take() {
  while (!open_.empty()) {
    const VertexId v = open_.back();
    open_.pop_back();
    hold(v);
  }
  ++time_;
  std::ranges::sort(found_);
  found_.erase(std::ranges::unique(found_).begin(), found_.end());
  return std::exchange(found_, {});
}

void StepCuts::passes(NodeId from, NodeId to, const PortSet& ports) {
  crosses(from, to);
  const PortSet open = intersect(permitted_ports(graph_, mask_.scenario(), from, to), ports);
  for (const CutId c : rules_at(cuts_.rules_between(from, to), open.ranges().front().first)) add(c);
}

void StepCuts::crosses(NodeId from, NodeId to) {
  borders(graph_.zone[from], graph_.zone[to], false);
  connected(graph_.zone[from], graph_.zone[to]);
  for (NodeId a = graph_.zone[from]; a.valid(); a = graph_.parent[a]) {
    for (NodeId b = graph_.zone[to]; b.valid(); b = graph_.parent[b]) add(cuts_.block_zones(a, b));
  }
}

std::vector<CutId> StepCuts::rules_at(std::span<const std::size_t> rules, std::uint32_t port) {
  std::vector<CutId> result;
  for (const std::size_t r : rules) {
    if (!cuts_.rules()[r].flow.ports.contains(port)) continue;
    if (const CutId c = cuts_.block_rule(r); c.valid()) result.push_back(c);
  }
  std::ranges::sort(result);
  return result;
}

std::vector<std::vector<CutId>> StepCuts::rules_on(NodeId from, NodeId to, const PortSet& ports) {
  const std::vector<std::size_t> rules = cuts_.rules_between(from, to);
  std::vector<std::uint32_t> where;
  for (const PortRange& range : ports.ranges()) where.push_back(range.first);
  for (const std::size_t r : rules) {
    for (const PortRange& range : cuts_.rules()[r].flow.ports.ranges()) {
      where.push_back(range.first);
      where.push_back(range.last + 1);
    }
  }
  std::ranges::sort(where);
  where.erase(std::ranges::unique(where).begin(), where.end());
  std::erase_if(where, [&](std::uint32_t port) { return !ports.contains(port); });
  std::vector<std::vector<CutId>> all;
  for (const std::uint32_t port : where) all.push_back(rules_at(rules, port));
  std::ranges::sort(all, [](const auto& a, const auto& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  std::vector<std::vector<CutId>> least;
  for (std::vector<CutId>& one : all) {
    const auto is_less = [&](const std::vector<CutId>& other) { return std::ranges::includes(one, other); };
    if (std::ranges::none_of(least, is_less)) least.push_back(std::move(one));
  }
  return least;
}

void StepCuts::enabled(NodeId n) {
  if (graph_.kind[n] == NodeKind::identity) add(cuts_.switch_off(n));
}

void StepCuts::able(NodeId system) {
  add(cuts_.isolate(system));
  lit(system);
}

void StepCuts::lit(NodeId system) {
  for (NodeId n = system; n.valid(); n = graph_.host[n]) {
    add(cuts_.switch_off(n));
    if (graph_.site[n].valid()) stands(graph_.site[n]);
  }
}

/// No isolated border runs between two zones; or around the second one only.
void StepCuts::borders(NodeId from, NodeId to, bool into_only) {
  for (NodeId z = to; z.valid(); z = graph_.parent[z]) {
    if (!cuts_.inside(from, z)) add(cuts_.isolate(z));
  }
  for (NodeId z = from; z.valid() && !into_only; z = graph_.parent[z]) {
    if (!cuts_.inside(to, z)) add(cuts_.isolate(z));
  }
}

void StepCuts::connected(NodeId from, NodeId to) {
  for (const NodeId link : find_connection(graph_, run_, from, to).path) stands(link);
}

void StepCuts::stands(NodeId site_or_link) {
  const VertexId v(site_or_link.index());
  if (held_[v] == time_) return;
  held_[v] = time_;
  open_.push_back(v);
}

/// What a vertex that does not fail at once hangs on: so many of its inputs that the others are too few to take it
/// down.
void StepCuts::hold(VertexId v) {
  if (v.index() < graph_.node_count) {
    const NodeId n(v.index());
    if (graph_.kind[n] == NodeKind::system || graph_.kind[n] == NodeKind::identity) add(cuts_.switch_off(n));
  }
  const NeedRelation& need = graph_.need;
  if (need.fails_at[v] == 0) return;
  std::vector<ArcId> holding;
  std::size_t wanted = 1;
  for (const ArcId a : need.inputs(v)) {
    const Arc& arc = need.arcs[a];
    ++wanted;
    if (arc.soft || arc.grace > 0) {
      --wanted;  // never felt at once
    } else if (input_fails(run_, arc) != 0) {
      holding.push_back(a);
    }
  }
  // Those that are there already come first, so that few are needed.
  std::ranges::stable_partition(holding, [&](ArcId a) { return held_[need.arcs[a].from] == time_; });
  const std::size_t enough = wanted > need.fails_at[v] ? wanted - need.fails_at[v] : 0;
  for (std::size_t i = 0; i < std::min(enough, holding.size()); ++i) {
    const Arc& arc = need.arcs[holding[i]];
    if (arc.leaf.valid()) leaf_holds(leaf_of(graph_, arc.leaf));
    if (held_[arc.from] == time_) continue;
    held_[arc.from] = time_;
    open_.push_back(arc.from);
  }
}

void StepCuts::leaf_holds(const Leaf& leaf) {
  const auto try_cut = [&](CutId c) {
    if (c.valid() && cuts_.severs(c, leaf)) add(c);
  };
  for (const NodeId n : {leaf.owner, leaf.provider}) {
    if (graph_.kind[n] == NodeKind::system) try_cut(cuts_.isolate(n));
  }
  for (const NodeId end : {leaf.from_zone, leaf.to_zone}) {
    for (NodeId z = end; z.valid(); z = graph_.parent[z]) try_cut(cuts_.isolate(z));
  }
  for (std::size_t r = 0; r < cuts_.rules().size(); ++r) try_cut(cuts_.block_rule(r));
  for (NodeId a = leaf.from_zone; a.valid(); a = graph_.parent[a]) {
    for (NodeId b = leaf.to_zone; b.valid(); b = graph_.parent[b]) try_cut(cuts_.block_zones(a, b));
  }
  if (leaf.from_zone.valid() && leaf.to_zone.valid()) connected(leaf.from_zone, leaf.to_zone);
}

}  // namespace firebreak
