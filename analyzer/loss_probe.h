#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// What else fails, in the end, when something more is lost than in a run that is known: asked again and again, each
/// time at the cost of what fails.
class LossProbe {
 public:
  /// Cost: linear in the need relation. The graph must outlive it.
  LossProbe(const Graph& graph, const NeedRun& base);

  /// The vertices that fail when these nodes are off and these needs are severed besides, and do not in the run, in the
  /// order they fail; those off among them. Valid until the next call. Cost: linear in what fails and what that is
  /// needed by.
  [[nodiscard]] std::span<const VertexId> lose(std::span<const NodeId> off, std::span<const LeafId> severed);

  /// A link was among what failed last: then zones may have lost connection, which this does not see, and more may
  /// fail.
  [[nodiscard]] bool lost_links() const { return lost_links_; }

 private:
  void fail(VertexId v);
  void feel(VertexId to, LeafId leaf);

  const Graph& graph_;
  IdVector<VertexId, std::uint32_t> open_;     ///< inputs whose loss a vertex still stands; 0 = it never fails by them
  IdVector<VertexId, std::uint8_t> failed_;    ///< in the run
  IdVector<LeafId, std::uint8_t> spent_;       ///< in the run
  IdVector<VertexId, std::uint32_t> left_;     ///< the same as open_, in the question at hand
  IdVector<VertexId, std::uint32_t> counted_;  ///< the question that left_ is of
  IdVector<VertexId, std::uint32_t> fell_;     ///< the last question it failed in
  IdVector<LeafId, std::uint32_t> used_;       ///< the last question it was spent in
  std::uint32_t question_ = 0;
  std::vector<VertexId> order_;
  bool lost_links_ = false;
};

}  // namespace firebreak
