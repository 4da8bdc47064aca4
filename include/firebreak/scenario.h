#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/topology.h"

namespace firebreak {

/// A set of nodes a flow may start from or go to: places, which are systems and zones.
struct PlaceSet {
  bool everything = false;    ///< "*": every place, also one outside every zone
  std::vector<NodeId> nodes;  ///< sorted; systems and zones as the hosts in them that are not modelled

  [[nodiscard]] bool contains(NodeId place) const;

  friend bool operator==(const PlaceSet&, const PlaceSet&) = default;
};

/// One `block` or `allow`.
struct FlowRule {
  PlaceSet from;
  PlaceSet to;
  PortSet ports;

  friend bool operator==(const FlowRule&, const FlowRule&) = default;
};

/// A starting compromise plus actions, in ids: a mask over a Graph.
struct Scenario {
  std::vector<NodeId> compromised;       ///< systems and identities, sorted
  std::vector<NodeId> off;               ///< nodes of any kind but zones, sorted
  std::vector<NodeId> isolated_systems;  ///< sorted
  std::vector<NodeId> isolated_zones;    ///< sorted
  std::vector<FlowRule> block;
  std::vector<FlowRule> allow;

  [[nodiscard]] bool has_actions() const {
    return !off.empty() || !isolated_systems.empty() || !isolated_zones.empty() || !block.empty() || !allow.empty();
  }
};

/// A scenario as words: what stands on a command line, each entry one id, selector or flow.
struct ScenarioWords {
  std::vector<std::string> compromised{}, off{}, isolate{}, block{}, allow{};
};

/// Resolves words against a topology. Faults (an unknown id, a flow that cannot be read) are appended to `faults` and
/// the entry is left out; words that are right but change nothing (isolating a site, a selector that means no system)
/// give warnings there. Cost: linear in the topology per selector.
[[nodiscard]] Scenario resolve(const Topology& topology, const ScenarioWords& words, std::vector<Diagnostic>& faults);

/// The same for a scenario of the topology, which has no faults left.
[[nodiscard]] Scenario resolve(const Topology& topology, const NamedScenario& scenario);

/// Both at once: all of `a` and `b`.
[[nodiscard]] Scenario join(Scenario a, const Scenario& b);

/// One selector word against a topology: nothing, and a fault, when it names nothing known. Its text is a view of the
/// word.
[[nodiscard]] std::optional<Selector> resolve_selector(const Topology& topology, std::string_view word,
                                                       std::vector<Diagnostic>& faults);

/// The places a list of selectors means; an empty list, as of a rule that does not say from where, means everything.
/// Cost: linear in the topology per selector.
[[nodiscard]] PlaceSet places(const Topology& topology, std::span<const Selector> selectors);

}  // namespace firebreak
