#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/contain.h"
#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "bench/linear.h"

namespace firebreak::bench {

/// The whole question of containment as one mixed-integer program, for solvers to compare with: a variable for each
/// action, for each system's being reached and each node's failing, a row for each step and each need. Only for
/// topologies as estate.h makes them: every step a pivot with a port from one system, no policy, link, site or host, no
/// need with a port or a grace.
struct ContainmentModel {
  /// What a lost weight of 1 costs, against the cost of actions.
  static constexpr std::int64_t kPerWeight = 1'000;

  LinearModel model;
  std::vector<Action> actions;                  ///< that can be chosen
  std::vector<LinearModel::Variable> variable;  ///< of each action
};

[[nodiscard]] ContainmentModel containment_model(const Graph& graph, const Scenario& scenario,
                                                 const std::vector<NodeId>& protect);

}  // namespace firebreak::bench
