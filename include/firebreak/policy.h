#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

/// Which flows the policies permit.
namespace firebreak {

/// What one policy says of a flow.
struct Verdict {
  PolicyId policy;
  RuleId rule;  ///< the deciding rule; none = the default
  bool allow = false;
};

/// What decides a single flow.
struct FlowJudgement {
  bool permitted = false;
  std::optional<std::size_t> block;  ///< index of the scenario's block that decides
  std::optional<std::size_t> allow;  ///< index of the scenario's allow that decides
  std::vector<Verdict> verdicts;     ///< of every policy that applies, also when a block or allow decides
};

/// Judges one flow on one port (a point of the port line, ports.h) between two places (systems or zones; none = a place
/// that is not known, which only "*" means).
/// Cost: linear in the rules that match either place.
[[nodiscard]] FlowJudgement judge(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to,
                                  std::uint32_t port);

/// The ports a place listens on; any where that is not known.
[[nodiscard]] PortSet exposed_ports(const Graph& graph, NodeId to);

/// All ports on which a flow is permitted. Cost: the same, times the ranges of the answer.
[[nodiscard]] PortSet permitted_ports(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to);
[[nodiscard]] PortSet permitted_ports(const Graph& graph, FlowClassId from, FlowClassId to);

/// What may flow from one zone to another, as ids of ZoneMatrix::ports.
struct ZoneCell {
  PortSetId somewhere;   ///< from some place of the one to some place of the other
  PortSetId everywhere;  ///< from each place to each

  friend bool operator==(const ZoneCell&, const ZoneCell&) = default;
};

/// What policies, blocks and allows permit between all zones. A zone is asked with all its places: the systems in it
/// (not those in zones under it) and itself, the hosts that are not modelled; inside a zone, between two different
/// places, or the hosts that are not modelled among themselves.
struct ZoneMatrix {
  struct Row {
    ZoneCell rest;                                          ///< of the zones not in `cells`
    std::vector<std::pair<std::uint32_t, ZoneCell>> cells;  ///< by index in `zones`, ascending
  };
  std::vector<NodeId> zones;  ///< in source order
  std::vector<Row> rows;      ///< by index in `zones`
  IdVector<PortSetId, PortSet> ports;
  std::vector<std::pair<std::uint32_t, NodeId>> areas;  ///< by index in `zones`; see `apart`

  /// By indices in `zones`.
  [[nodiscard]] const ZoneCell& cell(std::size_t from, std::size_t to) const;
  [[nodiscard]] const PortSet& somewhere(std::size_t from, std::size_t to) const {
    return ports[cell(from, to).somewhere];
  }
  [[nodiscard]] const PortSet& everywhere(std::size_t from, std::size_t to) const {
    return ports[cell(from, to).everywhere];
  }
  /// No links that work join the two, or an isolated border runs between them: nothing flows, whatever is permitted.
  [[nodiscard]] bool apart(std::size_t a, std::size_t b) const { return areas[a] != areas[b]; }
};

/// Cost: a row (the rules that hold a source times the targets they name) per kind of sources, plus zones times kinds
/// of sources.
[[nodiscard]] ZoneMatrix zone_matrix(const Graph& graph, const Scenario& scenario);

/// A need that policies or blocks deny: it states a port, and a flow on it is not permitted.
struct DeniedNeed {
  LeafId leaf;
  PortSet missing;                      ///< the ports of the need that are not permitted
  FlowJudgement judgement;              ///< of the first of them
  std::vector<NodeId> services_lost;    ///< fail if this need alone is denied
  std::vector<NodeId> services_shared;  ///< fail, through this need too, when all these needs are denied;
                                        ///< `services_lost` among them
  double weight_lost = 0;               ///< of services_lost
  double weight_shared = 0;             ///< of services_shared
  std::uint32_t nodes_lost = 0;         ///< nodes of all kinds that fail if this need alone is denied
};

/// All needs that are denied under the blocks and allows of a scenario, the one that costs the most first: by
/// weight_shared, weight_lost, nodes_lost, then in source order. What is off or isolated plays no part. Cost: per
/// denied need, linear in what fails of it; one run of the need law where a link is among that.
[[nodiscard]] std::vector<DeniedNeed> denied_needs(const Graph& graph, const Scenario& scenario);

/// Flows that an always_flows require demands.
struct FlowDemand {
  RequireId require;
  PlaceSet from;
  PlaceSet to;
  PortSet ports;
};

/// An allow rule that decides no flow that a need states: no port of a need with a port, between its two places.
struct UnusedRule {
  RuleId rule;
  bool perhaps = false;  ///< a need that states no port runs where the rule allows something, and may use it
  std::vector<RequireId> demanded_by;  ///< it decides something of these demands
};

/// The flows that the topology's requires demand.
[[nodiscard]] std::vector<FlowDemand> flow_demands(const Topology& topology);

/// In source order. Cost: per need the rules that match its two places; per demand, its classes of places times each
/// other.
[[nodiscard]] std::vector<UnusedRule> unused_rules(const Graph& graph, std::span<const FlowDemand> demands);

/// One rule of the least policy: from each of these places to each of those, on these ports.
struct LeastRule {
  std::vector<NodeId> from;  ///< sorted
  std::vector<NodeId> to;    ///< sorted
  PortSet ports;
  std::vector<NodeId> serves;  ///< the nodes whose needs use it, sorted
};

/// Rules that together allow just the flows that needs with a port state, and nothing else; as few as simple joining
/// makes them, which need not be the fewest there are. Cost: n log n in the needs with a port.
[[nodiscard]] std::vector<LeastRule> least_rules(const Graph& graph);

/// A rule that could go.
struct IdleRule {
  RuleId rule;
  std::vector<RuleId> by;   ///< the rules that make it idle, in the order of judging
  bool by_default = false;  ///< so does the policy's default
  bool complete = true;     ///< false: there may be more of them
};

/// The rules that change no flow between any two places of the topology, judged policy by policy.
struct RuleAudit {
  std::vector<IdleRule> dead;       ///< no flow ever comes to it; `by`: the earlier rules that take them all (none: it
                                    ///< means no two places, or no port)
  std::vector<IdleRule> redundant;  ///< flows come to it, and without it each of them would be decided just the same;
                                    ///< `by`: the later rules that would. Each alone could go, not all together
};

/// Cost: that of a row (see docs/architecture.md) per kind of sources that a rule not yet known to be needed holds:
/// the sum over the rules that hold the source of the targets they name.
[[nodiscard]] RuleAudit audit_rules(const Graph& graph);

}  // namespace firebreak
