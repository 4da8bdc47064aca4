#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// The words of docs/model.md, read naively: times, ports, places, selectors. The oracle shares with the engine the
/// values of topology.h and scenario.h and nothing else; it is slow, obvious, and lives only in the tests.
namespace firebreak::oracle {

/// The sum of two times, where kNever stays kNever.
[[nodiscard]] Seconds later(Seconds time, Seconds by);

/// Whether something that ends at `time` has ended at `at`; what ends at kNever never has.
[[nodiscard]] bool is_past(Seconds time, Seconds at);

[[nodiscard]] bool holds(const PortSet& ports, std::uint32_t port);
[[nodiscard]] bool holds(std::span<const NodeId> nodes, NodeId node);
/// `*` holds every place, also none (outside every zone).
[[nodiscard]] bool holds(const PlaceSet& places, NodeId place);

[[nodiscard]] NodeKind kind_of(const Topology& topology, NodeId node);

/// A zone or site and all those around it, from the inside out; empty for none.
[[nodiscard]] std::vector<NodeId> with_outer(const Topology& topology, NodeId zone_or_site);

/// The zone of a system, a zone itself, else none.
[[nodiscard]] NodeId zone_of(const Topology& topology, NodeId place);

/// The needs of a node; empty for zones, identities and customers.
[[nodiscard]] NeedRange needs_of(const Topology& topology, NodeId node);

/// The direct members of a group, as indices of Topology::needs; `range_items` gives the direct items of a run.
[[nodiscard]] std::vector<std::uint32_t> members(const Topology& topology, std::uint32_t group);
[[nodiscard]] std::vector<std::uint32_t> range_items(const Topology& topology, NeedRange range);

/// The site and the host of a system, the site around a site.
[[nodiscard]] std::vector<NodeId> rests_on(const Topology& topology, NodeId node);

/// Where the traffic of a need starts; none = outside. A system outside every zone is still itself to a `block`.
[[nodiscard]] NodeId source(const Topology& topology, const Need& need, NodeId owner);

/// Every address of `inner` is one of `outer`.
[[nodiscard]] bool within(const Cidr& inner, const Cidr& outer);

/// Whether a selector means this node: docs/model.md, "Selectors".
[[nodiscard]] bool means(const Topology& topology, const Selector& selector, NodeId node);

/// The systems and identities that one of the selectors means, in source order.
[[nodiscard]] std::vector<NodeId> systems_and_identities(const Topology& topology, const Selectors& selectors);

/// A scenario of the topology in ids.
[[nodiscard]] Scenario in_ids(const Topology& topology, const NamedScenario& named);

}  // namespace firebreak::oracle
