#pragma once

#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"

#include "analyzer/link_losses.h"
#include "analyzer/loss_probe.h"

namespace firebreak {

/// What fails when something is lost besides what a scenario does, links and all: the need law, asked again and again.
class LossLaw {
 public:
  /// `base` is the run of the scenario. All of them must outlive this. Cost: linear in the need relation.
  LossLaw(const Graph& graph, const Scenario& scenario, const NeedRun& base)
      : graph_(graph), scenario_(scenario), base_(base), probe_(graph, base), links_(graph, base) {}

  /// The vertices that fail of it and do not in the run; those off among them. Valid until the next call. Cost: linear
  /// in what fails and what that is needed by; a run of the law where zones lose connection.
  [[nodiscard]] std::span<const VertexId> lose(std::span<const NodeId> off);

  /// The needs that the last loss severed.
  [[nodiscard]] std::span<const LeafId> severed() const { return severed_; }
  /// As it stands after the last loss.
  [[nodiscard]] const LossProbe& probe() const { return probe_; }

 private:
  const Graph& graph_;
  const Scenario& scenario_;
  const NeedRun& base_;
  LossProbe probe_;
  LinkLosses links_;
  std::vector<LeafId> severed_;
};

}  // namespace firebreak
