#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "firebreak/choke.h"
#include "firebreak/topology.h"

#include "tests/oracle/spread_law.h"

/// Choke points and minimum cuts by trial: docs/model.md, "Choke points".
namespace firebreak::oracle {

using WayPoints = std::set<WayPoint>;
/// A cost, and the number of points.
using CutCost = std::pair<double, std::size_t>;

/// A question, and everything that could be taken away.
class ChokeTrial {
 public:
  /// All must outlive it.
  ChokeTrial(const Topology& topology, const Scenario& scenario, const ChokeOptions& options)
      : topology_(topology), scenario_(scenario), options_(options) {}

  /// Systems, identities, allow rules of policies that are judged, pivots.
  [[nodiscard]] WayPoints all_points() const;
  /// Those that a cut may hold.
  [[nodiscard]] WayPoints cut_points() const;
  /// What is reached without some points, in source order. Those of `held` that are among the points, and more that are
  /// not, are starts that stay.
  [[nodiscard]] std::vector<NodeId> reached(const WayPoints& away, const std::vector<NodeId>& held = {}) const;
  [[nodiscard]] CutCost cost_of(const WayPoints& cut) const;
  [[nodiscard]] const ChokeOptions& options() const { return options_; }

 private:
  const Topology& topology_;
  const Scenario& scenario_;
  const ChokeOptions& options_;
  mutable std::map<std::vector<RuleId>, std::vector<Taking>> steps_;  ///< by the rules left out
};

/// All cuts that cost the least, of these the ones with the fewest points, that keep attackers from the targets. Empty
/// when nothing does.
[[nodiscard]] std::vector<WayPoints> minimum_cuts(const ChokeTrial& trial, const std::vector<NodeId>& targets);

}  // namespace firebreak::oracle
