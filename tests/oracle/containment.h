#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "firebreak/contain.h"
#include "firebreak/topology.h"

/// The cheapest containment by trial: docs/model.md, "Containing".
namespace firebreak::oracle {

/// Every action that may be taken: not of the kinds left out, nor on what is pinned, and only the rules named.
[[nodiscard]] std::vector<Action> candidate_actions(const Topology& topology, const ContainOptions& options);

/// A scenario with an action added, by its words where it has some.
[[nodiscard]] Scenario with_action(const Topology& topology, const Scenario& scenario,
                                   const std::vector<RuleBlock>& rules, const Action& action);

/// What actions cost. Plans are compared in this order.
struct PlanCost {
  double lost = 0;      ///< weight of services that fail and did not without the plan
  double degraded = 0;  ///< weight of services that are degraded and worked without it
  double cost = 0;
  std::size_t actions = 0;

  friend auto operator<=>(const PlanCost&, const PlanCost&) = default;
};

/// What a set of actions leads to; nothing when it is not sound.
[[nodiscard]] std::optional<PlanCost> judge_plan(const Topology& topology, const Graph& graph, const Scenario& scenario,
                                                 const ContainOptions& options, const std::vector<Action>& actions);

/// The least of all sets of candidates; nothing when none is sound.
[[nodiscard]] std::optional<PlanCost> cheapest_plan(const Topology& topology, const Graph& graph,
                                                    const Scenario& scenario, const ContainOptions& options,
                                                    const std::vector<Action>& candidates);

/// Of all sets of candidates under which nothing to keep fails: what they lose and how many are reached, where no other
/// has less of both. By what they lose.
[[nodiscard]] std::vector<std::pair<double, std::uint32_t>> frontier(const Topology& topology, const Graph& graph,
                                                                     const Scenario& scenario,
                                                                     const ContainOptions& options,
                                                                     const std::vector<Action>& candidates);

}  // namespace firebreak::oracle
