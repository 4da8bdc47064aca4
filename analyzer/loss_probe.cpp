// The counters of the need law as a run left them, and a second set of counters that is made from them where it is
// touched: a number of the question stands beside each, so that nothing has to be cleared in between. Grace plays no
// part, since it only puts off what happens in the end.

#include "analyzer/loss_probe.h"

#include <algorithm>

namespace firebreak {

LossProbe::LossProbe(const Graph& graph, const NeedRun& base, Effect effect)
    : graph_(graph),
      effect_(effect),
      open_(effect == Effect::fails ? graph.need.fails_at : graph.need.degrades_at),
      failed_(open_.size(), 0),
      spent_(graph.need.arcs.size(), false),
      left_(open_.size(), 0),
      counted_(open_.size(), 0),
      fell_(open_.size(), 0) {
  const Moments<VertexId>& lost = effect == Effect::fails ? base.fails : base.degrades;
  for (const VertexId v : lost.order()) failed_[v] = 1;
  for (const ArcId a : ids<ArcId>(graph.need.arcs.size())) {
    const Arc& arc = graph.need.arcs[a];
    if (!is_lost(base, arc)) continue;
    if (arc.leaf.valid()) spent_[a] = true;
    if (open_[arc.to] > 0 && failed_[arc.to] == 0) --open_[arc.to];
  }
}

bool LossProbe::is_lost(const NeedRun& base, const Arc& arc) const {
  if (effect_ == Effect::fails) return input_fails(base, arc) != kNever;
  return arc.fallback || failed_[arc.from] != 0 || (arc.leaf.valid() && base.severed[arc.leaf] != kNever);
}

std::span<const VertexId> LossProbe::lose(std::span<const NodeId> off, std::span<const LeafId> severed) {
  if (++question_ == 0) {  // the numbers are used up
    std::ranges::fill(counted_, 0);
    std::ranges::fill(fell_, 0);
    std::ranges::fill(severed_, 0);
    question_ = 1;
  }
  order_.clear();
  touched_.clear();
  lost_links_ = false;
  for (const NodeId n : off) fail(VertexId(n.index()));
  for (const LeafId l : severed) sever(l);
  for (std::size_t at = 0; at < order_.size();) {
    const VertexId lost = order_[at++];  // what it takes down is appended
    for (const Output& output : graph_.need.outputs[lost]) {
      if (!counts(output) || (output.severable && is_spent(output.arc, severed))) continue;
      count(output.to);
    }
  }
  return order_;
}

void LossProbe::fail(VertexId v) {
  if (failed_[v] != 0 || fell_[v] == question_) return;
  fell_[v] = question_;
  order_.push_back(v);
  if (v.index() < graph_.node_count && graph_.kind[NodeId(v.index())] == NodeKind::link) lost_links_ = true;
}

void LossProbe::sever(LeafId leaf) {
  const ArcId a = graph_.need.leaves[leaf].arc;
  const Arc& arc = graph_.need.arcs[a];
  if (severed_.empty()) severed_.assign(graph_.need.leaves.size(), 0);
  if (!counts(arc) || spent_[a] || severed_[leaf] == question_) return;
  severed_[leaf] = question_;
  count(arc.to);
}

bool LossProbe::is_spent(ArcId a, std::span<const LeafId> severed) const {
  return spent_[a] || (!severed.empty() && severed_[graph_.need.arcs[a].leaf] == question_);
}

void LossProbe::count(VertexId to) {
  if (counted_[to] != question_) {
    counted_[to] = question_;
    left_[to] = open_[to];
    touched_.push_back(to);
  }
  if (left_[to] != 0 && --left_[to] == 0) fail(to);
}

}  // namespace firebreak
