#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/packed.h"

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
  /// What fails when it fails: one input is all that these have to lose.
  [[nodiscard]] std::span<const PointId> takes_down(PointId p) const { return outputs_[2 * std::size_t{p.index()}]; }
  /// What loses one input of several when it fails.
  [[nodiscard]] std::span<const PointId> weakens(PointId p) const { return outputs_[2 * std::size_t{p.index()} + 1]; }
  /// What stands for a vertex of the graph; none for a group that never fails, or has.
  [[nodiscard]] PointId point_of(VertexId v) const { return point_of_[v]; }

 private:
  static constexpr std::uint32_t kFailed = ~std::uint32_t{0};

  class Making;

  std::size_t nodes_ = 0;
  IdVector<PointId, std::uint32_t> to_lose_;
  Packed<std::size_t, PointId> outputs_;  ///< by point two rows: what it takes down, what it weakens
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
  [[nodiscard]] std::span<const PointId> lost() const { return order_.all(); }
  /// The points that lost one input of several in the last question, whether they failed of it or not, each once.
  [[nodiscard]] std::span<const PointId> weakened() const { return weakened_.all(); }
  [[nodiscard]] bool stood(PointId p) const { return counters_[p].asked != question_ || counters_[p].left > 0; }
  /// Of one that stood a loss.
  [[nodiscard]] std::uint32_t inputs_lost(PointId p) const { return network_.to_lose(p) - counters_[p].left; }

 private:
  /// Side by side in memory, as they are used.
  struct Counter {
    std::uint32_t asked = 0;  ///< the question that `left` is of
    std::uint32_t left = 0;   ///< the inputs it stands to lose yet; 0 = it has failed
  };
  /// A list that has the room it will ever need.
  class List {
   public:
    /// One more than it will hold: what is not added is written there.
    explicit List(std::size_t room) : items_(room) {}
    void add_if(bool adds, PointId p) {
      items_[size_] = p;
      size_ += adds ? 1 : 0;
    }
    void shrink(std::size_t size) { size_ = size; }
    void clear() { size_ = 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] PointId operator[](std::size_t i) const { return items_[i]; }
    [[nodiscard]] std::span<const PointId> all() const { return std::span(items_).first(size_); }

   private:
    std::vector<PointId> items_;
    std::size_t size_ = 0;
  };

  template <bool kBesides>
  void spread(std::span<const NodeId> nodes);
  template <bool kBesides>
  void fail(PointId p);
  template <bool kBesides>
  void weaken(PointId p);
  void take_back();

  const LossNetwork& network_;
  IdVector<PointId, Counter> counters_;
  std::uint32_t question_ = 0;
  List order_;
  List weakened_;
  std::size_t order_before_ = 0;  ///< how long these were before something was lost besides
  std::size_t weakened_before_ = 0;
  std::vector<std::pair<PointId, Counter>> undo_;  ///< what was changed by what was lost besides, as it was
};

}  // namespace firebreak
