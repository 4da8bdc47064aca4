// Failing as a least fixed point is running as a greatest one: everything works until an action, a severed need or a
// fallback says otherwise, and the loss spreads in order of time through thresholds. It is run twice over the same
// arcs: once for "fails" (soft needs never count) and once for "works no longer" (fallbacks always count). Only the
// first can take links down and so sever more needs; the second uses what it severed.

#include "analyzer/need_law.h"

#include "analyzer/cascade.h"
#include "analyzer/zone_components.h"

namespace firebreak {

namespace {

/// Both passes: an arc is an input of its vertex and flips at most once, for whichever reason comes first.
class Pass {
 public:
  Pass(const Mask& mask, const IdVector<VertexId, std::uint32_t>& thresholds)
      : relation_(mask.graph().need), cascade_(thresholds), spent_(relation_.arcs.size(), false) {
    for (const NodeId n : mask.scenario().off) cascade_.flip(VertexId(n.index()));
  }

  [[nodiscard]] Cascade& cascade() { return cascade_; }

  /// An input is lost now and felt after its grace.
  void lose(const Output& output) {
    if (output.has_grace) {
      cascade_.later(cascade_.now() + relation_.arcs[output.arc].grace, output.arc.index());
    } else {
      feel(output.to, output.arc, output.severable);
    }
  }

  /// The same for an input severed at `when`, which may lie ahead.
  void lose(ArcId a, Seconds when) {
    const Arc& arc = relation_.arcs[a];
    if (when + arc.grace > cascade_.now()) {
      cascade_.later(when + arc.grace, a.index());
    } else {
      feel(a);
    }
  }

  void feel(ArcId a) { feel(relation_.arcs[a].to, a, relation_.arcs[a].leaf.valid()); }

 private:
  void feel(VertexId to, ArcId a, bool severable) {
    if (severable) {
      if (spent_[a]) return;
      spent_[a] = true;
    }
    cascade_.count(to);
  }

  const NeedRelation& relation_;
  Cascade cascade_;
  IdVector<ArcId, bool> spent_;  ///< of those that can be severed
};

class FailPass {
 public:
  /// `denied` are the needs that no policy permits; not asked where the mask judges needs itself.
  FailPass(const Mask& mask, std::span<const LeafId> denied, NeedRun& run)
      : mask_(mask),
        relation_(mask.graph().need),
        denied_(denied),
        run_(run),
        pass_(mask, relation_.fails_at),
        components_(mask.graph()) {}

  void run() {
    run_.severed = Moments<LeafId>(relation_.leaves.size());
    sever_at_once();
    std::vector<std::uint32_t> due;
    do {
      for (const std::uint32_t a : due) pass_.feel(ArcId(a));
      do {
        for (VertexId v = pass_.cascade().next(); v.valid(); v = pass_.cascade().next()) spread(v);
      } while (sever_disconnected());
      due = pass_.cascade().advance();
    } while (!due.empty());
    run_.fails = pass_.cascade().take();
  }

 private:
  void sever(LeafId l) {
    if (run_.severed.has(l)) return;
    run_.severed.put(l, pass_.cascade().now());
    const ArcId a = relation_.leaves[l].arc;
    if (!relation_.arcs[a].soft) pass_.lose(a, pass_.cascade().now());
  }

  void sever_at_once() {
    if (mask_.moves_leaves()) {
      for (const LeafId l : ids<LeafId>(relation_.leaves.size())) {
        if (mask_.severed(leaf_of(mask_.graph(), l)) != Loss::none) sever(l);
      }
    } else {
      for (const LeafId l : denied_) sever(l);
    }
    for (const LeafId l : relation_.apart) sever(l);
  }

  void spread(VertexId v) {
    if (v.index() < mask_.graph().node_count) {
      const NodeId n(v.index());
      if (mask_.graph().kind[n] == NodeKind::link) broken_.push_back(n);
    }
    for (const Output& output : relation_.outputs[v]) {
      if (!output.soft) pass_.lose(output);
    }
  }

  /// Whether links that failed at this moment severed anything.
  bool sever_disconnected() {
    if (broken_.empty()) return false;
    moved_.clear();
    components_.cut(broken_, moved_);
    broken_.clear();
    for (const NodeId zone : moved_) {
      for (const LeafId l : relation_.leaves_at[zone]) {
        const Leaf leaf = leaf_of(mask_.graph(), l);
        if (!components_.connected(leaf.from_zone, leaf.to_zone)) sever(l);
      }
    }
    return !moved_.empty();
  }

  const Mask& mask_;
  const NeedRelation& relation_;
  std::span<const LeafId> denied_;
  NeedRun& run_;
  Pass pass_;
  ZoneComponents components_;
  std::vector<NodeId> broken_;  ///< links failed at this moment
  std::vector<NodeId> moved_;
};

void run_degrade_pass(const Mask& mask, NeedRun& run) {
  const NeedRelation& relation = mask.graph().need;
  Pass pass(mask, relation.degrades_at);
  Cascade& cascade = pass.cascade();
  for (const ArcId a : relation.fallbacks) pass.feel(a);
  for (const LeafId l : run.severed.order()) {
    const ArcId a = relation.leaves[l].arc;
    if (!relation.arcs[a].fallback) pass.lose(a, run.severed[l]);
  }
  std::vector<std::uint32_t> due;
  do {
    for (const std::uint32_t a : due) pass.feel(ArcId(a));
    for (VertexId v = cascade.next(); v.valid(); v = cascade.next()) {
      for (const Output& output : relation.outputs[v]) {
        if (!output.fallback) pass.lose(output);
      }
    }
    due = cascade.advance();
  } while (!due.empty());
  run.degrades = cascade.take();
}

}  // namespace

NeedRun run_need(const Mask& mask) {
  NeedRun run;
  FailPass(mask, mask.graph().need.denied, run).run();
  run_degrade_pass(mask, run);
  return run;
}

NeedRun run_need_denying(const Graph& graph, std::span<const LeafId> denied) {
  const Scenario nothing;
  const Mask mask(graph, nothing);
  NeedRun run;
  FailPass(mask, denied, run).run();
  run_degrade_pass(mask, run);
  return run;
}

NeedRun run_need(const Graph& graph, const Scenario& scenario) {
  return run_need(Mask(graph, scenario));
}

}  // namespace firebreak
