#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The spread law: docs/model.md, "Spread law".
namespace firebreak::oracle {

/// One way to take a node.
struct Taking {
  NodeId target;
  std::vector<NodeId> reached;  ///< all of these must be
  Seconds effort = 0;
  StepType type = StepType::flow;
  PivotId pivot;
};

/// Every step that the scenario leaves possible, whoever is compromised. Rules that are left out let no attacker pass;
/// for needs they are there.
[[nodiscard]] std::vector<Taking> takings(const Topology& topology, const Scenario& scenario,
                                          const std::vector<RuleId>& left_out = {});

struct Spread {
  IdVector<NodeId, std::optional<std::uint32_t>> step;  ///< fewest steps; empty = not reached
  IdVector<NodeId, std::optional<Seconds>> after;       ///< earliest arrival; empty = not reached
};

/// What is reached from `compromised` by the steps.
[[nodiscard]] Spread spread(const Topology& topology, const std::vector<NodeId>& compromised,
                            const std::vector<Taking>& steps);

}  // namespace firebreak::oracle
