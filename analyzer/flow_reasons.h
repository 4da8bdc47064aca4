#pragma once

#include <set>
#include <vector>

#include "firebreak/diff.h"

namespace firebreak {

/// Finds what made single flows open or close.
class ReasonFinder {
 public:
  /// The runs are those with no action. All must outlive it.
  ReasonFinder(const Versions& versions, const NeedRun& before, const NeedRun& after);

  /// What changed these ports between two places; appended to `reasons`. Cost: the rules that match either place.
  void find(PairId from, PairId to, const PortSet& ports, bool opened, bool felt, std::set<FlowReason>& reasons) const;

 private:
  /// One topology, and its ends of a flow.
  struct Ends {
    const Graph& graph;
    const NeedRun& run;
    const IdVector<PolicyId, PolicyId>& other_policy;
    NodeId from;
    NodeId to;
    bool after;
  };

  [[nodiscard]] bool found_places(PairId from, PairId to, bool opened, std::set<FlowReason>& reasons) const;
  void find_links(const Ends& joined, const Ends& apart, std::set<FlowReason>& reasons) const;
  void find_policies(const Ends& allowed, const Ends& denied, const PortSet& ports,
                     std::set<FlowReason>& reasons) const;
  void add_decisions(const Ends& ends, const GraphPolicy& policy, const PortSet& ports,
                     std::set<FlowReason>& reasons) const;

  const Versions versions_;
  const NeedRun& before_;
  const NeedRun& after_;
};

}  // namespace firebreak
