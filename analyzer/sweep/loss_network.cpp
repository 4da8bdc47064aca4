#include "analyzer/sweep/loss_network.h"

#include <algorithm>
#include <unordered_map>

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
    for (const NodeId n : ids<NodeId>(graph_.node_count)) network_.point_of_[VertexId(n.index())] = point(n);
    // A group's members stand behind it, so that they are made first.
    for (std::size_t v = need.owner.size(); v-- > graph_.node_count;) make_group(VertexId(v));
    for (const NodeId n : ids<NodeId>(graph_.node_count)) make_node(VertexId(n.index()));
    network_.outputs_ = packed_pairs(network_.size(), edges_);
  }

 private:
  [[nodiscard]] bool failed(VertexId v) const { return base_.fails[v] != kNever; }

  /// The inputs of a vertex that can still be lost, and how many of them it can stand no longer.
  std::uint32_t read(VertexId v) {
    inputs_.clear();
    std::uint32_t to_lose = graph_.need.fails_at[v];
    for (const ArcId a : graph_.need.inputs(v)) {
      const Arc& arc = graph_.need.arcs[a];
      if (arc.soft) continue;
      if (input_fails(base_, arc) != kNever) {
        if (to_lose > 0) --to_lose;
      } else if (const PointId from = network_.point_of_[arc.from]; from.valid()) {
        inputs_.push_back(from);
      }
    }
    std::ranges::sort(inputs_);
    if (to_lose == 1) {
      const auto rest = std::ranges::unique(inputs_);
      inputs_.erase(rest.begin(), rest.end());
    }
    return to_lose <= inputs_.size() ? to_lose : 0;
  }

  void make_group(VertexId v) {
    if (failed(v)) return;
    const std::uint32_t to_lose = read(v);
    if (to_lose == 0) return;
    if (to_lose == 1 && inputs_.size() == 1) {
      network_.point_of_[v] = inputs_.front();
      return;
    }
    network_.point_of_[v] = find_or_add(to_lose);
  }

  void make_node(VertexId v) {
    const PointId p(v.index());
    if (failed(v)) {
      network_.to_lose_[p] = kFailed;
      return;
    }
    network_.to_lose_[p] = read(v);
    if (network_.to_lose_[p] == 0) return;
    for (const PointId from : inputs_) edges_.emplace_back(from, p);
  }

  /// The point that fails once so many of `inputs_` are lost.
  PointId find_or_add(std::uint32_t to_lose) {
    std::uint64_t hash = to_lose;
    for (const PointId p : inputs_) hash = (hash ^ p.index()) * 0x9E3779B97F4A7C15ULL + (hash >> 29U);
    const auto [first, last] = known_.equal_range(hash);
    for (auto at = first; at != last; ++at) {
      const Condition& known = conditions_[at->second];
      if (known.to_lose == to_lose &&
          std::ranges::equal(std::span(members_).subspan(known.first, known.size), inputs_)) {
        return known.point;
      }
    }
    const PointId added = network_.to_lose_.push_back(to_lose);
    known_.emplace(hash, conditions_.size());
    conditions_.push_back({added, to_lose, members_.size(), inputs_.size()});
    members_.insert(members_.end(), inputs_.begin(), inputs_.end());
    for (const PointId from : inputs_) edges_.emplace_back(from, added);
    return added;
  }

  struct Condition {
    PointId point;
    std::uint32_t to_lose;
    std::size_t first;  ///< in members_
    std::size_t size;
  };

  const Graph& graph_;
  const NeedRun& base_;
  LossNetwork& network_;
  std::vector<PointId> inputs_;
  std::vector<std::pair<PointId, PointId>> edges_;  ///< from, to
  std::vector<Condition> conditions_;
  std::vector<PointId> members_;
  std::unordered_multimap<std::uint64_t, std::size_t> known_;  // never iterated
};

LossNetwork::LossNetwork(const Graph& graph, const NeedRun& base) {
  Making(graph, base, *this).run();
}

LossWave::LossWave(const LossNetwork& network) : network_(network), counters_(network.size()) {}

std::span<const PointId> LossWave::lose(std::span<const NodeId> nodes) {
  ++question_;
  order_.clear();
  touched_.clear();
  lost_once_.clear();
  besides_ = false;
  for (const NodeId n : nodes) {
    const PointId p = LossNetwork::point(n);
    if (!network_.has_failed(p)) fail(p);
  }
  spread(0);
  asked_first_ = order_.size();
  return order_;
}

std::span<const PointId> LossWave::lose_besides(std::span<const NodeId> nodes) {
  take_back();
  besides_ = true;
  for (const NodeId n : nodes) {
    const PointId p = LossNetwork::point(n);
    if (!network_.has_failed(p)) fail(p);
  }
  spread(asked_first_);
  return std::span<const PointId>(order_).subspan(asked_first_);
}

void LossWave::take_back() {
  for (const PointId p : lost_once_) ++counters_[p].left;
  lost_once_.clear();
  for (std::size_t i = asked_first_; i < order_.size(); ++i) counters_[order_[i]].fell = 0;
  order_.resize(asked_first_);
}

void LossWave::spread(std::size_t from) {
  for (std::size_t at = from; at < order_.size();) {
    const PointId lost = order_[at++];  // what it takes down is appended
    for (const PointId to : network_.outputs(lost)) {
      Counter& counter = counters_[to];
      if (counter.asked != question_) {
        counter.asked = question_;
        counter.left = network_.to_lose(to);
        touched_.push_back(to);
      }
      if (counter.left == 0) continue;
      if (besides_) lost_once_.push_back(to);
      if (--counter.left == 0) fail(to);
    }
  }
}

void LossWave::fail(PointId p) {
  Counter& counter = counters_[p];
  if (counter.fell == question_) return;
  counter.fell = question_;
  order_.push_back(p);
}

}  // namespace firebreak
