// Each vertex of the need relation is an equation, and so is each pair of zones that a need crosses: cut off when on
// every way some link fails. Equations are solved in the order of what they depend on; those that depend on each other
// begin with "nothing fails" and are gone through until that says no more, which is so after as many rounds as there
// are vertices whose taking out would leave no circle.

#include "analyzer/failure_circuit.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/need_law.h"
#include "analyzer/strong_components.h"
#include "analyzer/zone_blocks.h"

namespace firebreak {

namespace {

using solver::Circuit;
using solver::GateId;

constexpr std::size_t kMostGates = 20'000'000;

/// A vertex, or behind the vertices a pair of zones.
using PointId = Id<struct PointTag>;

class CircuitBuilder {
 public:
  CircuitBuilder(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses, const Patience& patience)
      : graph_(graph),
        need_(graph.need),
        base_(run_need(graph, scenario)),
        blocks_(graph),
        patience_(patience),
        input_(graph.node_count) {
    for (std::size_t i = 0; i < losses.size(); ++i) input_[losses[i]] = solver::InputId(i);
  }

  [[nodiscard]] FailureCircuit run(std::span<const NodeId> targets) {
    find_pairs();
    find_support(targets);
    value_.assign(vertices() + pairs_.size(), Circuit::never());
    mark_.assign(value_.size(), Mark::elsewhere);
    for (const std::vector<PointId>& part : parts()) {
      if (!solve(part)) {
        result_.complete = false;
        break;
      }
    }
    for (const NodeId n : targets) result_.fails.push_back(value_[PointId(n.index())]);
    return std::move(result_);
  }

 private:
  using Pair = std::pair<NodeId, NodeId>;
  /// Where a point stands while a part is unwound.
  enum class Mark : std::uint8_t { elsewhere, fresh, open, done };

  [[nodiscard]] std::size_t vertices() const { return need_.owner.size(); }
  [[nodiscard]] bool is_vertex(PointId p) const { return p.index() < vertices(); }
  [[nodiscard]] static PointId point(VertexId v) { return PointId(v.index()); }
  [[nodiscard]] bool lost_already(VertexId v) const { return base_.fails[v] != kNever; }

  /// The pair of zones a need crosses, none when it crosses no links.
  [[nodiscard]] PointId crossed(const Arc& arc) const {
    return arc.leaf.valid() ? pair_of_[arc.leaf] : PointId::none();
  }
  [[nodiscard]] bool severed_already(const Arc& arc) const {
    return arc.leaf.valid() && base_.severed[arc.leaf] != kNever;
  }

  void find_pairs() {
    std::map<Pair, PointId> known;
    pair_of_.resize(need_.leaves.size());
    for (const LeafId l : ids<LeafId>(need_.leaves.size())) {
      const Leaf leaf = leaf_of(graph_, l);
      const bool crosses =
          graph_.has_links && leaf.from_zone.valid() && leaf.to_zone.valid() && leaf.from_zone != leaf.to_zone;
      if (!crosses || base_.severed[l] != kNever) continue;
      const Pair pair = std::minmax(leaf.from_zone, leaf.to_zone);
      const auto [at, fresh] = known.try_emplace(pair, PointId(vertices() + pairs_.size()));
      if (fresh) pairs_.push_back(pair);
      pair_of_[l] = at->second;
    }
    crossings_.resize(pairs_.size());
  }

  /// Calls `visit` for each point that one depends on.
  template <class Visit>
  void each_dependence(PointId p, Visit visit) {
    if (!is_vertex(p)) {
      auto& crossings = crossings_[p.index() - vertices()];
      if (crossings.empty()) {
        const auto [from, to] = pairs_[p.index() - vertices()];
        crossings = blocks_.way(from, to);
      }
      for (const ZoneBlocks::Crossing& crossing : crossings) {
        for (const NodeId link : blocks_.links(crossing.block)) visit(PointId(link.index()));
      }
      return;
    }
    const VertexId v(p.index());
    if (lost_already(v) || need_.fails_at[v] == 0) return;
    for (const ArcId a : need_.inputs(v)) {
      const Arc& arc = need_.arcs[a];
      if (arc.soft || severed_already(arc)) continue;
      visit(point(arc.from));
      if (const PointId pair = crossed(arc); pair.valid()) visit(pair);
    }
  }

  void find_support(std::span<const NodeId> targets) {
    IdVector<PointId, bool> seen(vertices() + pairs_.size(), false);
    number_.assign(seen.size(), 0);
    const auto add = [&](PointId p) {
      if (seen[p]) return;
      seen[p] = true;
      number_[p] = static_cast<std::uint32_t>(support_.size());
      support_.push_back(p);
    };
    for (const NodeId n : targets) add(PointId(n.index()));
    for (std::size_t at = 0; at < support_.size();) each_dependence(support_[at++], add);
  }

  /// The points in parts that depend on each other, each part behind those it depends on.
  [[nodiscard]] std::vector<std::vector<PointId>> parts() {
    std::vector<IndexArc> edges;
    for (const PointId p : support_) {
      each_dependence(p, [&](PointId on) { edges.emplace_back(number_[p], number_[on]); });
    }
    const auto [component, count] = strong_components(support_.size(), edges);
    std::vector<std::vector<PointId>> parts(count);
    for (std::size_t i = 0; i < support_.size(); ++i) parts[component[i]].push_back(support_[i]);
    return parts;
  }

  /// Whether there was room.
  [[nodiscard]] bool solve(const std::vector<PointId>& part) {
    if (part.size() == 1) {
      value_[part.front()] = evaluated(part.front());
      return !is_over();
    }
    const auto [order, cuts] = unwound(part);
    bool changed = true;
    for (std::size_t round = 0; round <= cuts && changed; ++round) {
      changed = false;
      cut_off_.clear();
      for (const PointId p : order) {
        const GateId now = evaluated(p);
        changed = changed || now != value_[p];
        value_[p] = now;
        // What was worked out with a link may be another thing now.
        if (p.index() < graph_.node_count && graph_.kind[NodeId(p.index())] == NodeKind::link) cut_off_.clear();
        if (is_over()) return false;
      }
    }
    cut_off_.clear();
    return true;
  }

  /// Whether room or patience has run out.
  [[nodiscard]] bool is_over() {
    constexpr std::size_t kGatesBetweenLooks = 10'000;
    if (result_.circuit.size() >= next_look_) {
      next_look_ = result_.circuit.size() + kGatesBetweenLooks;
      over_ = over_ || result_.circuit.size() > kMostGates || has_run_out(patience_);
    }
    return over_;
  }

  /// The points of a part, each behind what it depends on but for some that cut all circles, and how many these are.
  [[nodiscard]] std::pair<std::vector<PointId>, std::size_t> unwound(const std::vector<PointId>& part) {
    for (const PointId p : part) mark_[p] = Mark::fresh;
    std::vector<PointId> order;
    std::set<PointId> cuts;
    struct Step {
      PointId at;
      std::vector<PointId> on;
    };
    std::vector<Step> path;
    const auto enter = [&](PointId p) {
      mark_[p] = Mark::open;
      path.push_back({p, {}});
      each_dependence(p, [&](PointId on) {
        if (mark_[on] != Mark::elsewhere) path.back().on.push_back(on);
      });
    };
    for (const PointId start : part) {
      if (mark_[start] == Mark::fresh) enter(start);
      while (!path.empty()) {
        if (path.back().on.empty()) {
          mark_[path.back().at] = Mark::done;
          order.push_back(path.back().at);
          path.pop_back();
          continue;
        }
        const PointId on = path.back().on.back();
        path.back().on.pop_back();
        if (mark_[on] == Mark::fresh) {
          enter(on);
        } else if (mark_[on] == Mark::open) {
          cuts.insert(on);
        }
      }
    }
    for (const PointId p : part) mark_[p] = Mark::elsewhere;
    return {std::move(order), cuts.size()};
  }

  [[nodiscard]] GateId evaluated(PointId p) {
    return is_vertex(p) ? failing(VertexId(p.index())) : disconnected(p.index() - vertices());
  }

  [[nodiscard]] GateId failing(VertexId v) {
    Circuit& circuit = result_.circuit;
    if (lost_already(v)) return Circuit::always();
    GateId fails = Circuit::never();
    if (need_.fails_at[v] > 0) {
      std::vector<GateId> inputs;
      for (const ArcId a : need_.inputs(v)) {
        const Arc& arc = need_.arcs[a];
        if (arc.soft) continue;
        if (severed_already(arc)) {
          inputs.push_back(Circuit::always());
          continue;
        }
        const PointId pair = crossed(arc);
        const GateId provider = value_[point(arc.from)];
        inputs.push_back(pair.valid() ? circuit.any({provider, value_[pair]}) : provider);
      }
      fails = circuit.at_least(need_.fails_at[v], std::move(inputs));
    }
    const solver::InputId input = v.index() < graph_.node_count ? input_[NodeId(v.index())] : solver::InputId::none();
    return input.valid() ? circuit.any({circuit.input(input), fails}) : fails;
  }

  [[nodiscard]] GateId disconnected(std::size_t pair) {
    std::vector<GateId> cuts;
    for (const ZoneBlocks::Crossing& crossing : crossings_[pair]) {
      cuts.push_back(cut_off_from(crossing.block, crossing.from).at(crossing.to));
    }
    return result_.circuit.any(std::move(cuts));
  }

  /// Whether each zone of a block is cut off from one of them, over the links of the block.
  [[nodiscard]] const std::map<NodeId, GateId>& cut_off_from(std::size_t block, NodeId source) {
    const auto [at, fresh] = cut_off_.try_emplace({block, source});
    std::map<NodeId, GateId>& cut = at->second;
    if (!fresh) return cut;
    std::map<NodeId, std::vector<LinkEnd>> links;
    for (const NodeId link : blocks_.links(block)) {
      const auto [a, b] = graph_.ends[link];
      links[a].push_back({link, b});
      links[b].push_back({link, a});
    }
    std::vector<NodeId> order{source};  // by the fewest links
    cut[source] = Circuit::never();
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const LinkEnd& end : links[order[i]]) {
        if (cut.try_emplace(end.zone, Circuit::always()).second) order.push_back(end.zone);
      }
    }
    bool changed = true;
    for (std::size_t round = 1; round < order.size() && changed && !is_over(); ++round) {
      changed = false;
      for (std::size_t i = 1; i < order.size(); ++i) {
        std::vector<GateId> ways;
        for (const LinkEnd& end : links[order[i]]) {
          ways.push_back(result_.circuit.any({value_[PointId(end.link.index())], cut[end.zone]}));
        }
        const GateId now = result_.circuit.all(std::move(ways));
        changed = changed || now != cut[order[i]];
        cut[order[i]] = now;
      }
    }
    return cut;
  }

  const Graph& graph_;
  const NeedRelation& need_;
  const NeedRun base_;
  const ZoneBlocks blocks_;
  const Patience& patience_;
  std::size_t next_look_ = 0;  ///< at the size of the circuit
  bool over_ = false;
  IdVector<NodeId, solver::InputId> input_;
  std::vector<Pair> pairs_;  ///< behind the vertices
  IdVector<LeafId, PointId> pair_of_;
  std::vector<std::vector<ZoneBlocks::Crossing>> crossings_;  ///< by pair
  std::vector<PointId> support_;
  IdVector<PointId, std::uint32_t> number_;  ///< in the support
  IdVector<PointId, Mark> mark_;
  IdVector<PointId, GateId> value_;
  std::map<std::pair<std::size_t, NodeId>, std::map<NodeId, GateId>> cut_off_;  ///< by block and zone in it
  FailureCircuit result_;
};

}  // namespace

FailureCircuit failure_circuit(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses,
                               std::span<const NodeId> targets, const Patience& patience) {
  return CircuitBuilder(graph, scenario, losses, patience).run(targets);
}

}  // namespace firebreak
