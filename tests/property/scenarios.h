#pragma once

#include <functional>
#include <string>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

#include "tests/property/trial.h"

namespace firebreak::property {

/// A check of one scenario.
using ScenarioCheck = std::function<std::string(const Topology&, const Graph&, const Scenario&)>;

/// The check asked for no action at all and for every scenario that a world defines.
[[nodiscard]] Check for_each_scenario(const ScenarioCheck& check);

/// The check asked for every set of nodes that can be off, but for links.
[[nodiscard]] Check for_each_off_set(const ScenarioCheck& check);

/// The check asked for no action and for every single one: off, isolate, block of one port or all, and allow of one
/// port, between any two places, `*` among them.
[[nodiscard]] Check for_each_single_action(const ScenarioCheck& check);

}  // namespace firebreak::property
