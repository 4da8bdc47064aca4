#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// A node, or a condition that several may share.
using PointId = Id<struct PointTag>;

/// The need relation as far as something in it can still fail: what has failed is taken out, and so is what never
/// fails; groups that ask for the same of the same are one.
class LossNetwork {
 public:
  /// `base` is the run that losses come on top of. Links that fail take down nothing here but what needs them. Cost:
  /// linear in the need relation, and the sorting of groups.
  LossNetwork(const Graph& graph, const NeedRun& base);

  [[nodiscard]] std::size_t size() const { return to_lose_.size(); }
  [[nodiscard]] static PointId point(NodeId n) { return PointId(n.index()); }
  [[nodiscard]] bool is_node(PointId p) const { return p.index() < nodes_; }
  [[nodiscard]] bool has_failed(PointId p) const { return to_lose_[p] == kFailed; }
  /// How many of its inputs it has to lose until it fails; 0 = it never does by them.
  [[nodiscard]] std::uint32_t to_lose(PointId p) const { return has_failed(p) ? 0 : to_lose_[p]; }
  /// What loses an input when it fails.
  [[nodiscard]] std::span<const PointId> outputs(PointId p) const { return outputs_[p]; }
  /// What stands for a vertex of the graph; none for a group that never fails, or has.
  [[nodiscard]] PointId point_of(VertexId v) const { return point_of_[v]; }

 private:
  static constexpr std::uint32_t kFailed = ~std::uint32_t{0};

  class Making;

  std::size_t nodes_ = 0;
  IdVector<PointId, std::uint32_t> to_lose_;
  Packed<PointId, PointId> outputs_;
  IdVector<VertexId, PointId> point_of_;
};

/// Loses things in a network, again and again.
class LossWave {
 public:
  /// Cost: linear in the network, which must outlive it.
  explicit LossWave(const LossNetwork& network);

  /// The points that fail when these nodes are lost, in the order they fail, those lost first. Valid until the next
  /// call. Cost: linear in what fails and its outputs.
  [[nodiscard]] std::span<const PointId> lose(std::span<const NodeId> nodes);

  /// The points that fail besides when these are lost too, in the order they fail; it is taken back by the next call.
  /// Cost: linear in what fails besides and its outputs.
  [[nodiscard]] std::span<const PointId> lose_besides(std::span<const NodeId> nodes);

  /// What the last question took down.
  [[nodiscard]] std::span<const PointId> lost() const { return order_; }
  /// The points that lost inputs in the last question, whether they failed or not, each once.
  [[nodiscard]] std::span<const PointId> touched() const { return touched_; }
  [[nodiscard]] bool stood(PointId p) const { return counters_[p].fell != question_; }
  [[nodiscard]] std::uint32_t inputs_lost(PointId p) const { return network_.to_lose(p) - counters_[p].left; }

 private:
  /// Side by side in memory, as they are used.
  struct Counter {
    std::uint32_t asked = 0;  ///< the question that `left` is of
    std::uint32_t left = 0;
    std::uint32_t fell = 0;  ///< the question it failed in last
  };
  void fail(PointId p);
  void spread(std::size_t from);
  void take_back();

  const LossNetwork& network_;
  IdVector<PointId, Counter> counters_;
  std::uint32_t question_ = 0;
  std::vector<PointId> order_;
  std::vector<PointId> touched_;
  std::size_t asked_first_ = 0;     ///< of order_: what failed without what was lost besides
  bool besides_ = false;            ///< something was lost besides, ...
  std::vector<PointId> lost_once_;  ///< ... which took an input from these, each as often as it did
};

}  // namespace firebreak
