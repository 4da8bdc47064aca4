#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/blast.h"

#include "analyzer/containment/cuts.h"
#include "analyzer/mask.h"

namespace firebreak {

/// Finds what stops a step, part by part. A step also hangs on sites and links that do not fail at once; what holds
/// these up is taken as it stands: a set of things that keep each other working at the beginning, of which an action
/// has to hit one.
class StepCuts {
 public:
  /// `run` is the need law's run under the scenario of the mask. All must outlive it.
  StepCuts(const Mask& mask, const NeedRun& run, Cuts& cuts);

  /// What keeps a system from sending flows and being sent any.
  void able(NodeId system);
  /// What makes a system dark.
  void lit(NodeId system);
  /// What disables an identity; nothing for a system.
  void enabled(NodeId n);
  /// What stops flows from one system to another on some ports, on one of which there is one, in between: on the first
  /// of these ports.
  void passes(NodeId from, NodeId to, const PortSet& ports);
  /// What stops all flows from one system to another in between, whatever their ports.
  void crosses(NodeId from, NodeId to);
  /// For flows on each of some ports, the rules that may be blocked to stop them, ascending; only of those ports of
  /// which no other is stopped by less. Cost: linear in the rules for each port at which one of them begins or ends.
  [[nodiscard]] std::vector<std::vector<CutId>> rules_on(NodeId from, NodeId to, const PortSet& ports);
  /// What stops a pivot without a port from a system to another, in between.
  void enters(NodeId from, NodeId to) { borders(graph_.zone[from], graph_.zone[to], true); }

  /// All that was found since it was asked last, ascending.
  [[nodiscard]] std::vector<CutId> take();

 private:
  void add(CutId c) {
    if (c.valid()) found_.push_back(c);
  }
  void borders(NodeId from, NodeId to, bool into_only);
  [[nodiscard]] std::vector<CutId> rules_at(std::span<const std::size_t> rules, std::uint32_t port);
  void connected(NodeId from, NodeId to);
  void stands(NodeId site_or_link);
  void hold(VertexId v);
  void leaf_holds(const Leaf& leaf);

  const Graph& graph_;
  const Mask& mask_;
  const NeedRun& run_;
  Cuts& cuts_;
  std::vector<CutId> found_;
  IdVector<VertexId, std::uint32_t> held_;  ///< the last time it was part of what was found
  std::uint32_t time_ = 1;
  std::vector<VertexId> open_;
};

}  // namespace firebreak
