#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "firebreak/impact.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The need law: docs/model.md, "Connected", "Severed", "Need law".
namespace firebreak::oracle {

/// A solution of the equations over times: when each node and each item of a needs expression is lost.
struct Times {
  IdVector<NodeId, Seconds> node;
  std::vector<Seconds> item;  ///< by index in Topology::needs; kNever for items of `managed_by`

  friend bool operator==(const Times& a, const Times& b) {
    return a.item == b.item && std::equal(a.node.begin(), a.node.end(), b.node.begin(), b.node.end());
  }
};

using ZonePair = std::pair<NodeId, NodeId>;

struct NeedLaw {
  Times fails;                            ///< when it fails
  Times degrades;                         ///< when it works no longer
  std::map<ZonePair, Seconds> connected;  ///< until when two zones are; 0 = never were
  std::vector<Seconds> severed;           ///< by index in Topology::needs: when a leaf is; kNever for all else
};

/// By index in Topology::needs: whether a leaf is severed whatever the links do.
[[nodiscard]] std::vector<bool> cut_at_once(const Topology& topology, const Scenario& scenario);

[[nodiscard]] NeedLaw need_law(const Topology& topology, const Scenario& scenario);

/// When what a system is managed by is lost; kNever for one that does not say what that is.
[[nodiscard]] Seconds hands_lost(const Topology& topology, const Scenario& scenario, NodeId system);

struct Outcome {
  IdVector<NodeId, State> state;
  IdVector<NodeId, Seconds> after;    ///< when it failed or degraded into this state; 0 for off; kNever for the others
  IdVector<NodeId, bool> from_start;  ///< is brought into this state or a worse one with no action, in the end
  double weight_lost = 0;
};

/// The states at time `at` under the scenario whose law is `now`; `before` is the law with no action.
[[nodiscard]] Outcome outcome(const Topology& topology, const Scenario& scenario, const NeedLaw& now,
                              const NeedLaw& before, Seconds at = kNever);
[[nodiscard]] Outcome outcome(const Topology& topology, const Scenario& scenario, Seconds at = kNever);

}  // namespace firebreak::oracle
