#include "analyzer/sweep/loss_network.h"

#include <algorithm>

#include "analyzer/distinct_rows.h"

namespace firebreak {

class LossNetwork::Making {
 public:
  Making(const Graph& graph, const NeedRun& base, LossNetwork& network)
      : graph_(graph), base_(base), network_(network) {}

  void run() {
    const NeedRelation& need = graph_.need;
    network_.nodes_ = graph_.node_count;
    network_.to_lose_.assign(graph_.node_count, 0);
    network_.point_of_.assign(need.owner.size(), {});
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      network_.point_of_[VertexId(n.index())] = point(n);
      if (failed(VertexId(n.index()))) network_.to_lose_[point(n)] = kFailed;
    }
    // A group's members stand behind it, so that they are made first.
    for (std::size_t v = need.owner.size(); v-- > graph_.node_count;) make_group(VertexId(v));
    of_nodes_.first.reserve(graph_.node_count + 1);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) make_node(VertexId(n.index()));
    lay_outputs();
  }

 private:
  [[nodiscard]] bool failed(VertexId v) const { return base_.fails[v] != kNever; }

  /// Whether it is a point that has not failed, and so can still be lost.
  [[nodiscard]] bool stands(PointId p) const { return p.valid() && network_.to_lose_[p] != kFailed; }
  [[nodiscard]] bool severed(const Arc& arc) const { return arc.leaf.valid() && base_.severed[arc.leaf] != kNever; }

  /// Reads the inputs of a vertex that can still be lost; returns how many of them it can stand no longer, 0 = it never
  /// fails by them.
  std::uint32_t read(VertexId v) {
    inputs_.clear();
    std::uint32_t to_lose = graph_.need.fails_at[v];
    for (const ArcId a : graph_.need.inputs(v)) {
      const Arc& arc = graph_.need.arcs[a];
      if (arc.soft) continue;
      if (const PointId from = network_.point_of_[arc.from]; stands(from) && !severed(arc)) {
        inputs_.push_back(from.index());
      } else if (to_lose > 0 && (severed(arc) || failed(arc.from))) {
        --to_lose;
      }
    }
    return to_lose <= inputs_.size() ? to_lose : 0;
  }

  void make_group(VertexId v) {
    if (failed(v)) return;
    const std::uint32_t to_lose = read(v);
    if (to_lose == 0) return;
    std::ranges::sort(inputs_);
    if (to_lose == 1) {
      const auto rest = std::ranges::unique(inputs_);
      inputs_.erase(rest.begin(), rest.end());
    }
    if (to_lose == 1 && inputs_.size() == 1) {
      network_.point_of_[v] = PointId(inputs_.front());
      return;
    }
    inputs_.push_back(to_lose);
    const std::uint32_t condition = conditions_.number(inputs_);
    network_.point_of_[v] = PointId(network_.nodes_ + condition);
    if (!network_.to_lose_.contains(network_.point_of_[v])) network_.to_lose_.push_back(to_lose);
  }

  void make_node(VertexId v) {
    std::uint32_t& to_lose = network_.to_lose_[PointId(v.index())];
    if (to_lose != kFailed) {
      to_lose = read(v);
      if (to_lose > 0) of_nodes_.items.insert(of_nodes_.items.end(), inputs_.begin(), inputs_.end());
    }
    of_nodes_.end_row();
  }

  template <class Visit>
  void each_input(const Visit& visit) const {
    for (std::uint32_t i = 0; i < conditions_.size(); ++i) {
      const std::span<const std::uint32_t> row = conditions_[i];
      visit(row.first(row.size() - 1), PointId(network_.nodes_ + i));
    }
    for (const NodeId n : ids<NodeId>(network_.nodes_)) visit(of_nodes_[n], point(n));
  }

  void lay_outputs() {
    std::vector<std::uint32_t>& first = network_.outputs_.first;
    first.assign(2 * network_.size() + 1, 0);
    const auto row = [&](std::uint32_t from, bool weakens) { return 2 * std::size_t{from} + (weakens ? 1 : 0); };
    each_input([&](std::span<const std::uint32_t> inputs, PointId to) {
      const bool weakens = network_.to_lose_[to] > 1;
      for (const std::uint32_t from : inputs) ++first[row(from, weakens) + 1];
    });
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    network_.outputs_.items.resize(first.back());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    each_input([&](std::span<const std::uint32_t> inputs, PointId to) {
      const bool weakens = network_.to_lose_[to] > 1;
      for (const std::uint32_t from : inputs) network_.outputs_.items[next[row(from, weakens)]++] = to;
    });
  }

  const Graph& graph_;
  const NeedRun& base_;
  LossNetwork& network_;
  std::vector<std::uint32_t> inputs_;       ///< points
  DistinctRows conditions_;                 ///< by point behind the nodes: its inputs, and last how many it has to lose
  Packed<NodeId, std::uint32_t> of_nodes_;  ///< their inputs
};

LossNetwork::LossNetwork(const Graph& graph, const NeedRun& base) {
  Making(graph, base, *this).run();
}

LossWave::LossWave(const LossNetwork& network)
    : network_(network), counters_(network.size()), order_(network.size() + 1), weakened_(network.size() + 1) {}

std::span<const PointId> LossWave::lose(std::span<const NodeId> nodes) {
  if (++question_ == 0) {  // the numbers are used up
    counters_ = IdVector<PointId, Counter>(network_.size());
    question_ = 1;
  }
  order_.clear();
  weakened_.clear();
  undo_.clear();
  spread<false>(nodes);
  order_before_ = order_.size();
  weakened_before_ = weakened_.size();
  return lost();
}

std::span<const PointId> LossWave::lose_besides(std::span<const NodeId> nodes) {
  take_back();
  spread<true>(nodes);
  return lost().subspan(order_before_);
}

void LossWave::take_back() {
  while (!undo_.empty()) {
    const auto [point, before] = undo_.back();
    counters_[point] = before;
    undo_.pop_back();
  }
  order_.shrink(order_before_);
  weakened_.shrink(weakened_before_);
}

template <bool kBesides>
void LossWave::spread(std::span<const NodeId> nodes) {
  std::size_t at = order_.size();
  for (const NodeId n : nodes) {
    const PointId p = LossNetwork::point(n);
    if (!network_.has_failed(p)) fail<kBesides>(p);
  }
  while (at < order_.size()) {
    const PointId lost = order_[at++];  // what it takes down is appended
    for (const PointId to : network_.takes_down(lost)) fail<kBesides>(to);
    for (const PointId to : network_.weakens(lost)) weaken<kBesides>(to);
  }
}

// Neither branches: what comes next is fetched while this is, and nothing has to be guessed.

template <bool kBesides>
void LossWave::fail(PointId p) {
  Counter& counter = counters_[p];
  if constexpr (kBesides) undo_.emplace_back(p, counter);
  const bool stands = counter.asked != question_ || counter.left > 0;
  counter = {question_, 0};
  order_.add_if(stands, p);
}

template <bool kBesides>
void LossWave::weaken(PointId p) {
  Counter& counter = counters_[p];
  if constexpr (kBesides) undo_.emplace_back(p, counter);
  const bool fresh = counter.asked != question_;
  const std::uint32_t left = fresh ? network_.to_lose(p) : counter.left;
  counter = {question_, left - (left > 0 ? 1 : 0)};
  weakened_.add_if(fresh, p);
  order_.add_if(left == 1, p);
}

}  // namespace firebreak
