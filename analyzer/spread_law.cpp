// A least fixed point on the same kernel as the need law: a node flips once it is taken, a pivot that requires
// something once all of that is. Flows are asked for group by group: the first member of a group that is reached stands
// for all. It is run for steps (every step costs one) and, where there are efforts, once more for times (a step costs
// its effort).

#include "analyzer/spread_law.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/cascade.h"
#include "analyzer/dark.h"
#include "analyzer/flow_spread.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

enum class Measure : std::uint8_t { steps, time };

/// One run of the law in one measure.
class SpreadPass {
 public:
  /// `flows` were asked nothing yet.
  SpreadPass(const Mask& mask, const IdVector<NodeId, std::uint8_t>& dark, FlowSpread flows, Measure measure)
      : graph_(mask.graph()),
        mask_(mask),
        dark_(dark),
        flows_(std::move(flows)),
        measure_(measure),
        cascade_(thresholds(graph_)),
        due_(graph_.node_count, kNever),
        how_(graph_.node_count),
        last_required_(graph_.conditional.size()) {}

  void run() {
    for (const NodeId n : mask_.scenario().compromised) {
      due_[n] = 0;
      cascade_.flip(vertex(n));
    }
    std::vector<std::uint32_t> due;
    do {
      for (std::size_t i = 0; i < due.size(); ++i) {
        if (i + kAhead < due.size()) prefetch(candidates_[due[i + kAhead]].node);
        take_now(candidates_[due[i]]);
      }
      for (VertexId v = cascade_.next(); v.valid(); v = cascade_.next()) {
        look_ahead();
        if (v.index() < graph_.node_count) {
          leave(NodeId(v.index()));
        } else {
          arm(v.index() - graph_.node_count);
        }
      }
      due = cascade_.advance();
    } while (!due.empty());
  }

  [[nodiscard]] bool reached(NodeId n) const { return cascade_.flipped(vertex(n)); }
  [[nodiscard]] const Step& how(NodeId n) const { return how_[n]; }
  [[nodiscard]] const Moments<VertexId>& moments() const { return cascade_.moments(); }

 private:
  struct Candidate {
    NodeId node;
    Step how;
  };

  static IdVector<VertexId, std::uint32_t> thresholds(const Graph& graph) {
    IdVector<VertexId, std::uint32_t> result(graph.node_count, 1);
    for (const PivotId p : graph.conditional) {
      result.push_back(static_cast<std::uint32_t>(graph.pivots[p].requires_all.size()));
    }
    return result;
  }

  [[nodiscard]] VertexId vertex(NodeId n) const { return VertexId(n.index()); }
  /// Which of the conditional pivots it is.
  [[nodiscard]] std::size_t condition(PivotId p) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(graph_.conditional, p) - graph_.conditional.begin());
  }
  [[nodiscard]] VertexId vertex(std::size_t condition) const { return VertexId(graph_.node_count + condition); }
  [[nodiscard]] bool disabled(NodeId n) const { return graph_.kind[n] == NodeKind::identity && mask_.off(n); }

  /// Starts fetching what taking a node will look at.
  void prefetch(NodeId n) const {
    cascade_.prefetch(vertex(n));
    __builtin_prefetch(&how_[n]);
  }

  /// Starts fetching what the next nodes will look at, for each of them a little further, since one look leads to the
  /// next: where its lists begin, what is in them, the pivots, their targets.
  void look_ahead() {
    if (const NodeId n = ahead(4 * kAhead); n.valid()) {
      flows_.prefetch(n);
      __builtin_prefetch(&graph_.kind[n]);
      graph_.guests.prefetch_row(n);
      graph_.pivots_from.prefetch_row(n);
      graph_.pivots_requiring.prefetch_row(n);
    }
    if (const NodeId n = ahead(3 * kAhead); n.valid()) graph_.pivots_from.prefetch_items(n);
    if (const NodeId n = ahead(2 * kAhead); n.valid()) {
      for (const PivotId p : first_pivots(n)) graph_.pivots.prefetch(p);
    }
    if (const NodeId n = ahead(kAhead); n.valid()) {
      for (const PivotId p : first_pivots(n)) {
        const std::span<const NodeId> to = graph_.pivots[p].to;
        if (!to.empty()) __builtin_prefetch(&due_[to.front()]);
      }
    }
  }
  [[nodiscard]] NodeId ahead(std::size_t others) const {
    const VertexId v = cascade_.ahead(others);
    return v.valid() && v.index() < graph_.node_count ? NodeId(v.index()) : NodeId::none();
  }
  /// Those of a node that are worth being fetched together.
  [[nodiscard]] std::span<const PivotId> first_pivots(NodeId n) const {
    const std::span<const PivotId> all = graph_.pivots_from[n];
    return all.first(std::min<std::size_t>(all.size(), 16));
  }

  /// Everything a reached node can do next.
  void leave(NodeId n) {
    if (disabled(n)) return;
    if (const GroupId group = flows_.sender(n); group.valid()) {
      flows_.spread_from(group, [&](NodeId t) { take(t, graph_.effort[t], {StepType::flow, n, {}, n}); });
    }
    for (const NodeId guest : graph_.guests[n]) {
      if (dark_[guest] == 0) take(guest, 0, {StepType::hosting, n, {}, n});
    }
    for (const PivotId p : graph_.pivots_from[n]) {
      const GraphPivot pivot = graph_.pivots[p];
      if (pivot.requires_all.empty() || cascade_.flipped(vertex(condition(p)))) fire(p, pivot, n, n);
    }
    for (const PivotId p : graph_.pivots_requiring[n]) {
      const std::size_t c = condition(p);
      last_required_[c] = n;
      cascade_.count(vertex(c));
    }
  }

  /// All a pivot requires is reached: whoever of its `from` is there already can use it.
  void arm(std::size_t c) {
    const PivotId p = graph_.conditional[c];
    const GraphPivot pivot = graph_.pivots[p];
    for (const NodeId n : pivot.from) {
      if (cascade_.taken(vertex(n)) && !disabled(n)) fire(p, pivot, n, last_required_[c]);
    }
  }

  /// Uses an armed pivot from one node, unless another that can do just the same did before. `last` is what it waited
  /// for.
  void fire(PivotId p, const GraphPivot& pivot, NodeId from, NodeId last) {
    if (pivot.effort == kNever) return;
    const Step how{StepType::pivot, from, p, last};
    if (pivot.port.valid()) {
      const GroupId group = flows_.sender(from);
      if (!group.valid() || !is_first_use(p, pivot, group.index())) return;
      const PortSet& ports = graph_.ports[pivot.port];
      for (const NodeId t : pivot.to) {
        if (t != from && flows_.able(t) && !reached(t) && flows_.can_send(group, t, ports)) take(t, pivot.effort, how);
      }
      return;
    }
    const bool from_system = graph_.kind[from] == NodeKind::system;
    const NodeId zone = graph_.zone[from];
    const NodeId inside = from_system ? mask_.border(zone) : NodeId::none();
    if (!is_first_use(p, pivot, from_system && mask_.any_borders() ? inside.index() : kEverywhere)) return;
    for (std::size_t i = 0; i < pivot.to.size(); ++i) {
      const NodeId t = pivot.to[i];
      if (i + kAhead < pivot.to.size()) __builtin_prefetch(&due_[pivot.to[i + kAhead]]);
      if (due_[t] <= cascade_.now() || dark_[t] != 0 || mask_.isolated(t)) continue;
      if (from_system && mask_.border_into(zone, graph_.zone[t])) continue;
      take(t, pivot.effort, how);
    }
  }

  /// Whether a pivot is used for the first time from this kind of place.
  bool is_first_use(PivotId p, const GraphPivot& pivot, std::uint32_t place) {
    return pivot.from.size() == 1 || fired_.insert(std::uint64_t{p.index()} << 32U | place).second;
  }

  void take(NodeId t, Seconds effort, const Step& how) {
    const Seconds when = cascade_.now() + (measure_ == Measure::steps ? 1 : effort);
    if (due_[t] <= when) return;  // also what is reached: it was due before
    due_[t] = when;
    if (when == cascade_.now()) {
      take_now({t, how});
      return;
    }
    cascade_.later(when, static_cast<std::uint32_t>(candidates_.size()));
    candidates_.push_back({t, how});
  }

  void take_now(const Candidate& candidate) {
    if (reached(candidate.node)) return;
    how_[candidate.node] = candidate.how;
    cascade_.flip(vertex(candidate.node));
  }

  static constexpr std::size_t kAhead = 8;  ///< of what is taken, so that memory need not be waited for
  static constexpr std::uint32_t kEverywhere = ~std::uint32_t{0} - 1;

  const Graph& graph_;
  const Mask& mask_;
  const IdVector<NodeId, std::uint8_t>& dark_;
  FlowSpread flows_;
  Measure measure_;
  Cascade cascade_;
  IdVector<NodeId, Seconds> due_;
  IdVector<NodeId, Step> how_;
  std::vector<NodeId> last_required_;        ///< by condition
  std::unordered_set<std::uint64_t> fired_;  // never iterated
  std::vector<Candidate> candidates_;
};

void read_steps(const Graph& graph, const SpreadPass& pass, Blast& result) {
  for (const VertexId v : pass.moments().order()) {
    if (v.index() >= graph.node_count) continue;
    const NodeId n(v.index());
    result.order.push_back(n);
    result.reached[n] = true;
    result.step[n] = static_cast<std::uint32_t>(pass.moments()[v]);
    result.shortest[n] = pass.how(n);
  }
}

void read_times(const SpreadPass& pass, Blast& result) {
  for (const NodeId n : result.order) {
    result.fastest[n] = pass.how(n);
    result.after[n] = pass.moments()[VertexId(n.index())];
  }
}

Blast spread_by_steps(const Mask& mask, const IdVector<NodeId, std::uint8_t>& dark, FlowSpread flows) {
  const Graph& graph = mask.graph();
  Blast result;
  result.reached.assign(graph.node_count, false);
  result.step.assign(graph.node_count, 0);
  result.shortest.resize(graph.node_count);
  SpreadPass steps(mask, dark, std::move(flows), Measure::steps);
  steps.run();
  read_steps(graph, steps, result);
  return result;
}

}  // namespace

Blast spread_by_steps(const Mask& mask, const ZoneComponents& components, const IdVector<NodeId, std::uint8_t>& dark) {
  return spread_by_steps(mask, dark, FlowSpread(mask, components, dark));
}

Blast blast(const Graph& graph, const Scenario& scenario, const NeedRun& run) {
  const Mask mask(graph, scenario);
  const IdVector<NodeId, std::uint8_t> dark = find_dark(mask, run);
  FlowSpread flows(mask, components_at_once(graph, run), dark);
  std::optional<FlowSpread> again;
  if (graph.has_efforts) again.emplace(flows);
  Blast result = spread_by_steps(mask, dark, std::move(flows));
  result.after.assign(graph.node_count, 0);
  result.fastest = result.shortest;
  if (again) {
    SpreadPass times(mask, dark, *std::move(again), Measure::time);
    times.run();
    read_times(times, result);
  }
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (can_be_compromised(graph.kind[n]) && !result.reached[n]) ++result.unreached;
  }
  return result;
}

Blast blast(const Graph& graph, const Scenario& scenario) {
  return blast(graph, scenario, run_need(graph, scenario));
}

std::vector<NodeId> path_to(const Blast& blast, NodeId target, bool fastest) {
  std::vector<NodeId> path;
  if (!blast.reached[target]) return path;
  const IdVector<NodeId, Step>& how = fastest ? blast.fastest : blast.shortest;
  for (NodeId n = target; n.valid(); n = how[n].last) path.push_back(n);
  std::ranges::reverse(path);
  return path;
}

Impact impact_of_losing_reached(const Graph& graph, const Scenario& scenario, const Blast& blast, Baseline baseline) {
  Scenario lost = scenario;
  lost.off.insert(lost.off.end(), blast.order.begin(), blast.order.end());
  std::ranges::sort(lost.off);
  lost.off.erase(std::ranges::unique(lost.off).begin(), lost.off.end());
  return impact(graph, lost, std::move(baseline));
}

}  // namespace firebreak
