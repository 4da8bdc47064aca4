#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "firebreak/contain.h"
#include "firebreak/topology.h"

/// Actions as scenarios, command lines and sentences spell them.
namespace firebreak::report {

/// An action as scenarios and command lines spell it: "isolate pc-17", "block office -> servers tcp/445".
[[nodiscard]] std::string action_words(const Topology& topology, const Action& action);

/// Actions as options of a command line: "--isolate pc-17,pc-18 --off srv".
[[nodiscard]] std::string action_options(const Topology& topology, const std::vector<Action>& actions);

/// Actions as action_words spells them, alike ones side by side: "isolate pc-17, pc-18; off srv and 2 more".
[[nodiscard]] std::string actions_listed(std::span<const std::string> actions, std::size_t most);

}  // namespace firebreak::report
