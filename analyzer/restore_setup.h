#pragma once

#include <vector>

#include "firebreak/graph.h"
#include "firebreak/restore.h"
#include "firebreak/scenario.h"

#include "analyzer/rollout.h"

namespace firebreak {

/// What `restore` starts from.
struct RestoreSetup {
  Scenario beginning;            ///< the scenario, with all that is held in `off`
  std::vector<NodeId> kept_off;  ///< held because it is dark and compromised; ascending
  RestoreProblem problem;
  std::vector<RestoreLoop> loops;
  std::vector<NodeId> stays_off;           ///< ascending
  std::vector<NodeId> down;                ///< services that do not work at the beginning, in source order
  IdVector<NodeId, std::uint8_t> running;  ///< works at the beginning
};

[[nodiscard]] RestoreSetup set_up(const Graph& graph, const Scenario& scenario, const RestoreOptions& options);

}  // namespace firebreak
