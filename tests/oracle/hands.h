#pragma once

#include <cstddef>
#include <vector>

#include "firebreak/contain.h"
#include "firebreak/topology.h"

/// Whose hands reach: docs/model.md, "Acting".
namespace firebreak::oracle {

/// Whether an action is on a system that states what it is managed by.
[[nodiscard]] bool asks_for_hands(const Topology& topology, const Action& action);

/// Whether such an action can be done from afar when others have been done.
[[nodiscard]] bool can_be_done_from_afar(const Topology& topology, const Scenario& scenario,
                                         const std::vector<RuleBlock>& rules, const std::vector<Action>& before,
                                         const Action& action);

/// The fewest actions that have to be done on site, of all orders.
[[nodiscard]] std::size_t fewest_on_site(const Topology& topology, const Scenario& scenario,
                                         const std::vector<RuleBlock>& rules, const std::vector<Action>& actions);

}  // namespace firebreak::oracle
