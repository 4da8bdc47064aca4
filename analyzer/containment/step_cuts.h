#pragma once

#include <vector>

#include "firebreak/blast.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/mask.h"

namespace firebreak {

/// One step of an attack under a scenario, as a condition on further actions: when everything in `from` is reached and
/// none of `cuts` is done, `to` is reached too.
struct StepRow {
  std::vector<NodeId> from;
  NodeId to;
  std::vector<CutId> cuts;  ///< ascending

  friend auto operator<=>(const StepRow&, const StepRow&) = default;
};

/// Finds what stops a step. A step also hangs on sites and links that do not fail at once; what holds these up is taken
/// as it stands: a set of things that keep each other working at the beginning, of which an action has to hit one.
class StepCuts {
 public:
  /// `run` is the need law's run under the scenario of the mask. All must outlive it.
  StepCuts(const Mask& mask, const NeedRun& run, Cuts& cuts);

  /// The row of a step that is possible.
  [[nodiscard]] StepRow row(NodeId to, const Step& step);

 private:
  void add(CutId c) {
    if (c.valid()) found_.push_back(c);
  }
  void flow(NodeId from, NodeId to, const PortSet& ports);
  void pivot(NodeId to, const Step& step);
  void able(NodeId system);
  void lit(NodeId system);
  void borders(NodeId from, NodeId to, bool into_only);
  void blocks(NodeId from, NodeId to, std::uint32_t port);
  void connected(NodeId from, NodeId to);
  void stands(NodeId site_or_link);
  void hold(VertexId v);
  void leaf_holds(const Leaf& leaf);

  const Graph& graph_;
  const Mask& mask_;
  const NeedRun& run_;
  Cuts& cuts_;
  std::vector<CutId> found_;
  IdVector<VertexId, std::uint32_t> held_;  ///< the last row it was part of
  std::uint32_t row_ = 0;
  std::vector<VertexId> open_;
};

}  // namespace firebreak
