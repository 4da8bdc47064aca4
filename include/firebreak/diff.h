#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/check.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/policy.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// What a change of the topology does: flows, reach, states, requires. All is judged with no action; what two
/// topologies have in common they have by id.
namespace firebreak {

using PairId = Id<struct PairTag>;

/// A node before and after the change: the same kind and id. One of the two is none where it is new or gone.
struct NodePair {
  NodeId before;
  NodeId after;
};

/// What of one topology is what of the other.
struct Match {
  IdVector<PairId, NodePair> nodes;  ///< those there are afterwards in source order, then those that are gone
  IdVector<NodeId, PairId> of_before;
  IdVector<NodeId, PairId> of_after;
  IdVector<PolicyId, PolicyId> policy_after;   ///< of a policy before; none = gone
  IdVector<PolicyId, PolicyId> policy_before;  ///< of a policy afterwards; none = new
};
/// Cost: a hash look-up per node and policy.
[[nodiscard]] Match match(const Topology& before, const Topology& after);

/// The two sides of a change, compiled. All must outlive what is asked of them.
struct Versions {
  const Graph& before;
  const Graph& after;
  const Match& match;

  /// What it is: the same on both sides.
  [[nodiscard]] NodeKind kind(PairId p) const {
    const NodePair& pair = match.nodes[p];
    return pair.after.valid() ? after.kind[pair.after] : before.kind[pair.before];
  }
  /// The zones it is in; none where it is in no zone or not there.
  [[nodiscard]] NodePair zones(PairId p) const {
    const NodePair& pair = match.nodes[p];
    return {pair.before.valid() ? before.zone[pair.before] : NodeId::none(),
            pair.after.valid() ? after.zone[pair.after] : NodeId::none()};
  }
};

/// What made a flow open or close.
struct FlowReason {
  enum class Type : std::uint8_t {
    rule,         ///< a rule that decides it now
    otherwise,    ///< a policy that decides it now by its default
    gone_policy,  ///< a policy that denied it and judges it no longer
    place,        ///< one of its ends is new, gone, or in another zone
    link,         ///< a link that joins the two now, or does no longer; with no node: there are no links at all on the
                  ///< side on which they are joined, so that all zones are
  };
  Type type = Type::rule;
  bool after = true;  ///< its ids are of the topology afterwards; else of the one before
  PolicyId policy;    ///< rule, otherwise, gone_policy
  RuleId rule;        ///< rule
  NodeId node;        ///< place, link

  friend auto operator<=>(const FlowReason&,
                          const FlowReason&) = default;  // NOLINT(readability-implicit-bool-conversion)
};

/// Flows that a change opens or closes: from each of these places to each of those, as far as `between` says.
struct FlowChange {
  enum class Between : std::uint8_t {
    zones,      ///< between places in different zones, before as after
    inside,     ///< between places in the same zone, before as after
    regrouped,  ///< between places that were in the same zone and are no longer, or are now
  };
  bool opened = false;  ///< else closed
  bool felt = true;     ///< false: only the permission changes; no links that work join the two
  Between between = Between::zones;
  std::vector<PairId> from;  ///< ascending
  std::vector<PairId> to;    ///< ascending
  PortSet ports;
  std::uint64_t pairs = 0;          ///< of places
  std::vector<FlowReason> reasons;  ///< found on some of them: see `flow_changes`
};

struct FlowChanges {
  std::vector<FlowChange> list;  ///< opened, then closed, felt ones first; each by pairs, the most first
  std::uint64_t opened = 0;      ///< pairs of places between which something opens
  std::uint64_t closed = 0;      ///< likewise; a pair may be among both
  std::uint64_t left_out = 0;    ///< entries not in the list, since it would grow too long; the counts hold them too
};

/// What may flow before and what may flow after: permitted, and the two in one zone or joined by links that work with
/// no action at all. Pairs are of two different places (systems in zones, zones as the hosts in them that are not
/// modelled) or of a zone with itself. Reasons are looked for on the pairs of each source with one target and each
/// target with one source, up to 64 pairs. Cost: two rows (docs/architecture.md) per kind of sources, plus the pairs of
/// kinds within each zone; never pairs of systems.
[[nodiscard]] FlowChanges flow_changes(const Versions& versions);

/// How the blast sizes of the systems of a zone change (without those of zones under it); of identities and systems
/// outside all zones, with a zone that is none; or of all.
struct ZoneReachChange {
  PairId zone;
  BlastSizes before;
  BlastSizes after;
  std::uint64_t changed = 0;  ///< systems and identities there before and after that reach more or less than before

  [[nodiscard]] bool any() const {
    return changed > 0 || before.count != after.count || before.sum != after.sum || before.worst != after.worst;
  }
};

/// Who newly reaches a crown jewel (a node that is critical before or after), or no longer does.
struct JewelChange {
  PairId jewel;
  std::vector<PairId> newly;      ///< ascending
  std::vector<PairId> no_longer;  ///< ascending
  std::vector<NodeId> path;       ///< afterwards: a shortest way from one of `newly`, of all the shortest
};

struct ReachChanges {
  ZoneReachChange all;
  std::vector<ZoneReachChange> zones;  ///< those that change, the largest growth of the mean first
  std::vector<JewelChange> jewels;     ///< those that change, the most of `newly` first
};
/// Cost: that of `blast_sizes` for both sides, and one blast per jewel that is newly reached.
[[nodiscard]] ReachChanges reach_changes(const Versions& versions);

/// Which single losses take a service down that did not before, or no longer do.
struct SurvivalChange {
  PairId service;
  std::vector<PairId> newly;      ///< systems, identities, sites and links, ascending
  std::vector<PairId> no_longer;  ///< ascending
};
/// Of services there are before and after, which work or are degraded with no action in both. In the end: grace plays
/// no part. Cost: for each node that may be lost what its loss takes down, on both sides; a run of the need law where
/// links are among that.
[[nodiscard]] std::vector<SurvivalChange> survival_changes(const Versions& versions);

/// A node there is before and after whose state with no action changes.
struct StateChange {
  PairId node;
  State before{};
  State after{};
};
/// Those that get worse first, services before others. Cost: two runs of the need law.
[[nodiscard]] std::vector<StateChange> state_changes(const Versions& versions);

struct DeniedChanges {
  std::vector<DeniedNeed> newly;      ///< in ids afterwards, the one that costs most first
  std::vector<DeniedNeed> no_longer;  ///< in ids of before
};
/// A need is told by what has it, what is needed, where the traffic starts and the ports that are not permitted.
/// Cost: that of `denied_needs` for both sides.
[[nodiscard]] DeniedChanges denied_changes(const Versions& versions);

/// A scenario there is before and after, in ids of both.
struct SharedScenario {
  struct Side {
    ScenarioId id;
    Scenario scenario;
    std::vector<ExpectationQuestion> expected;
  };
  Side before;
  Side after;
};
/// In source order of `after`. Cost: that of `resolve` for each.
[[nodiscard]] std::vector<SharedScenario> shared_scenarios(const Topology& before, const Topology& after);

/// A scenario there is before and after that comes out otherwise than before.
struct ScenarioChange {
  struct Result {
    bool passed = true;      ///< it comes out as it says
    double weight_lost = 0;  ///< of services that fail or are off
    std::size_t reached = 0;
  };
  ScenarioId before_id;
  ScenarioId after_id;
  Result before;
  Result after;
  std::vector<PairId> newly_lost;      ///< services there are before and after that fail or are off only afterwards
  std::vector<PairId> no_longer_lost;  ///< likewise, only before
};
/// Cost: a run of the need law and a blast for each scenario, on both sides.
[[nodiscard]] std::vector<ScenarioChange> scenario_changes(const Versions& versions,
                                                           std::span<const SharedScenario> scenarios);

/// Something the files say otherwise: a node, policy, scenario or require by its id; a pivot by what it says.
struct ThingChange {
  enum class Type : std::uint8_t { added, removed, changed };
  Type type = Type::changed;
  std::string_view kind;            ///< "system", "policy", "pivot", "topology"
  std::string id;                   ///< of a pivot "FROM -> TO"
  std::vector<std::string> keys;    ///< changed: the keys that say something else, or stand on one side only
  std::uint64_t rules_added = 0;    ///< policies: rules that stand on one side only, whatever they are called
  std::uint64_t rules_removed = 0;  ///< likewise
  bool rules_moved = false;         ///< policies: the rules on both sides stand in another order
  Span at;                          ///< afterwards; of what is removed, before

  /// All that changed is for people: names, owners, comments under meta.
  [[nodiscard]] bool only_words() const;
};
/// Every thing that is not the same, in the order of kinds and of the source, what is gone at the end of its kind. The
/// order of lists plays no part, but for rules. Cost: linear in both, times the logarithm of the longest list.
[[nodiscard]] std::vector<ThingChange> thing_changes(const Topology& before, const Topology& after);

/// Flows a change may open or close: places of both topologies.
struct FlowLimits {
  PlaceSet from_before, from_after;
  PlaceSet to_before, to_after;
  PortSet ports;
};
/// The first pair of an entry and the ports on which it is outside all of these.
struct FlowOutside {
  std::size_t change = 0;  ///< index in FlowChanges::list
  PairId from;
  PairId to;
  PortSet ports;
};
/// The entries that are not wholly within the limits, one pair of each. What opens is looked up among the places
/// afterwards, what closes among those before. Cost: linear in the places of the entries times the limits.
[[nodiscard]] std::vector<FlowOutside> flows_outside(const Versions& versions, const FlowChanges& changes,
                                                     std::span<const FlowLimits> limits);

}  // namespace firebreak
