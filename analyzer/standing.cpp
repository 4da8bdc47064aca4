// Everything allowed stands at first; what must fall spreads through the thresholds. Each time links have fallen, the
// needs across zones that lost their last path fall too, until nothing does.

#include "analyzer/standing.h"

#include "analyzer/cascade.h"
#include "analyzer/zone_components.h"

namespace firebreak {

namespace {

class Fall {
 public:
  Fall(const Mask& mask, Counted counted)
      : mask_(mask),
        relation_(mask.graph().need),
        counted_(counted),
        cascade_(relation_.fails_at),
        spent_(relation_.arcs.size(), false),
        components_(mask.graph()) {}

  IdVector<VertexId, std::uint8_t> run(const IdVector<NodeId, std::uint8_t>& allowed) {
    for (const LeafId l : ids<LeafId>(relation_.leaves.size())) {
      if (always_severed(mask_, l)) lose(l);
    }
    for (const LeafId l : relation_.apart) lose(l);
    for (const NodeId n : ids<NodeId>(mask_.graph().node_count)) {
      if (allowed[n] == 0) cascade_.flip(VertexId(n.index()));
    }
    do {
      for (VertexId v = cascade_.next(); v.valid(); v = cascade_.next()) spread(v);
    } while (cut_links());
    IdVector<VertexId, std::uint8_t> up(relation_.owner.size(), 0);
    for (const VertexId v : ids<VertexId>(up.size())) up[v] = cascade_.flipped(v) ? 0 : 1;
    return up;
  }

 private:
  void spread(VertexId v) {
    if (v.index() < mask_.graph().node_count && mask_.graph().kind[NodeId(v.index())] == NodeKind::link) {
      broken_.emplace_back(v.index());
    }
    for (const Output& output : relation_.outputs[v]) {
      if (output.soft || (counted_ == Counted::to_start && !output.start)) continue;
      if (output.severable) {
        lose(output.arc);
      } else {
        cascade_.count(output.to);
      }
    }
  }

  void lose(LeafId leaf) { lose(relation_.leaves[leaf].arc); }

  /// Loses an input that can be severed.
  void lose(ArcId a) {
    const Arc& arc = relation_.arcs[a];
    if (spent_[a] || arc.soft || (counted_ == Counted::to_start && !arc.start)) return;
    spent_[a] = true;
    cascade_.count(arc.to);
  }

  bool cut_links() {
    if (broken_.empty()) return false;
    moved_.clear();
    components_.cut(broken_, moved_);
    broken_.clear();
    for (const NodeId zone : moved_) {
      for (const LeafId l : relation_.leaves_at[zone]) {
        const Leaf leaf = leaf_of(mask_.graph(), l);
        if (!components_.connected(leaf.from_zone, leaf.to_zone)) lose(l);
      }
    }
    return true;
  }

  const Mask& mask_;
  const NeedRelation& relation_;
  Counted counted_;
  Cascade cascade_;
  IdVector<ArcId, bool> spent_;  ///< of those that can be severed
  ZoneComponents components_;
  std::vector<NodeId> broken_;
  std::vector<NodeId> moved_;
};

}  // namespace

IdVector<VertexId, std::uint8_t> standing(const Mask& mask, Counted counted,
                                          const IdVector<NodeId, std::uint8_t>& allowed) {
  return Fall(mask, counted).run(allowed);
}

}  // namespace firebreak
