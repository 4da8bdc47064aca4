#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/duration.h"
#include "firebreak/ids.h"
#include "firebreak/indexed.h"
#include "firebreak/packed.h"
#include "firebreak/ports.h"
#include "firebreak/topology.h"
#include "firebreak/workers.h"

/// The topology compiled for questions: ids and numbers only, two relations, frozen. Many threads may read one Graph;
/// scenarios are masks over it and rebuild nothing.
namespace firebreak {

using VertexId = Id<struct VertexTag>;  ///< a node (same number) or, behind the nodes, a group of a needs expression
using ArcId = Id<struct ArcTag>;        ///< one input of a vertex in the need relation
using LeafId = Id<struct LeafTag>;      ///< an arc that isolation, links or policies can sever
using FlowClassId = Id<struct FlowClassTag>;  ///< places that no rule and no border tells apart
using SelectorId = Id<struct SelectorTag>;    ///< one distinct selector of the rules; not "*"

using RuleIndex = Id<struct RuleIndexTag>;  ///< a rule in the order of judging, over all policies

/// Why an arc of the need relation is there.
enum class ArcType : std::uint8_t { need, group, site, host, parent, uses };

/// One input of a vertex: `to` needs `from`.
struct Arc {
  VertexId from;            ///< what is needed
  VertexId to;              ///< the node or group that needs it
  std::uint32_t grace = 0;  ///< seconds its loss is not felt
  ArcType type = ArcType::need;
  bool soft : 1 = false;
  bool fallback : 1 = false;
  bool start : 1 = true;
  bool assumed : 1 = false;         ///< the need, or a group around it, is a guess
  bool only_isolation : 1 = false;  ///< a link's need, or on no system: severed only by isolating an end
  bool permitted : 1 = true;        ///< by the policies, with no block and no allow, on every port stated
  LeafId leaf;                      ///< set when it can be severed
  std::uint32_t need = 0;           ///< index in Topology::needs for need and group; index in Customer::uses for uses
};

/// The other end of an arc, as what is needed sees it: all that spreading a loss has to know, side by side in memory.
struct Output {
  VertexId to;
  ArcId arc;
  bool soft : 1 = false;
  bool fallback : 1 = false;
  bool start : 1 = true;
  bool has_grace : 1 = false;  ///< the arc says how much
  bool severable : 1 = false;  ///< the arc has a leaf
};

/// What is kept of a leaf; `leaf_of` tells the rest.
struct LeafRecord {
  ArcId arc;
  NodeId source;
  PortSetId port;
};

/// What decides whether a need is severed.
struct Leaf {
  ArcId arc;
  NodeId owner;      ///< the node whose need it is
  NodeId provider;   ///< what is needed
  NodeId source;     ///< where the traffic starts: a zone or system, also one outside every zone; none = outside
  NodeId from_zone;  ///< the zone of `source`, or none
  NodeId to_zone;    ///< the zone of a provider that is a system, or none
  PortSetId port;    ///< none = no port stated
  bool only_isolation = false;  ///< as of its arc
  bool permitted = true;        ///< as of its arc
};

/// The need relation: a threshold network. A vertex fails when `fails_at[v]` of its inputs have failed, and works no
/// longer when `degrades_at[v]` of its inputs work no longer; 0 = never.
struct NeedRelation {
  IdVector<VertexId, std::uint32_t> fails_at;
  IdVector<VertexId, std::uint32_t> degrades_at;
  IdVector<VertexId, NodeId> owner;  ///< of a group: the node it belongs to; of a node: itself
  IdVector<VertexId, bool>
      spare_counts;           ///< any and at_least groups, not soft nor inside a soft one: at_risk looks at them
  IdVector<ArcId, Arc> arcs;  ///< grouped by `to`, in source order
  IdVector<VertexId, std::uint32_t>
      first_input;  ///< inputs of v: arcs first_input[v] .. first_input[v+1]; one entry more than vertices
  Packed<VertexId, Output> outputs;  ///< arcs by `from`, in the order of `arcs`
  std::vector<ArcId> fallbacks;      ///< the arcs that are only a fallback
  IdVector<LeafId, LeafRecord> leaves;
  std::vector<LeafId> denied;        ///< leaves that no policy permits, and those whose ends no links connect:
  std::vector<LeafId> apart;         ///< severed with no action at all
  Packed<NodeId, LeafId> leaves_at;  ///< by node: for a zone, the leaves that cross its edge and so depend on links

  [[nodiscard]] IdRange<ArcId> inputs(VertexId v) const {
    return {first_input[v], first_input[VertexId(v.index() + 1)]};
  }
};

/// One side of a link, in the list of a zone.
struct LinkEnd {
  NodeId link;
  NodeId zone;  ///< at the other end
};

/// One policy, compiled. Rules are in the order they are judged.
struct GraphRule {
  RuleId rule;
  RuleAction action = RuleAction::deny;
  std::int64_t tier = 0;
  PortSetId ports;
};
struct GraphPolicy {
  PolicyId policy;
  bool within_zones = false;
  bool allow_otherwise = false;
  RuleIndex first_rule;  ///< in FlowRelation::rules
  RuleIndex end_rule;    ///< the one behind its last
};

/// The flow half of the reach relation, kept as rules over classes of places, never as pairs of systems.
/// A class holds places (systems of one zone with equal exposed ports, or one zone as unmodelled hosts) that match the
/// same selectors. Which rules hold a class is found over its selectors, so that all of it takes memory like the words
/// of the rules and the places, not like their product.
struct FlowRelation {
  struct Class {
    NodeId zone;
    PortSetId exposes;  ///< none = unknown, every port
    bool zone_itself = false;
  };
  IdVector<NodeId, FlowClassId> class_of;  ///< none for what has no place
  IdVector<FlowClassId, Class> classes;
  Packed<FlowClassId, NodeId> members;           ///< in source order
  Packed<FlowClassId, SelectorId> selectors_of;  ///< the selectors that mean its places, ascending
  Packed<SelectorId, FlowClassId> meant_by;      ///< the classes a selector means, ascending
  std::vector<GraphPolicy> policies;
  IdVector<RuleIndex, GraphRule> rules;          ///< of all policies, one after the other
  Packed<RuleIndex, SelectorId> from_selectors;  ///< what a rule names, each once, ascending; empty = every place
  Packed<RuleIndex, SelectorId> to_selectors;
  Packed<SelectorId, RuleIndex> from_rules;  ///< the rules whose `from` names it, ascending
  Packed<SelectorId, RuleIndex> to_rules;
  std::vector<RuleIndex> from_everything;  ///< the rules whose `from` is every place, ascending
  std::vector<RuleIndex> to_everything;

  /// The class of a place; none for one that is not known or has no class.
  [[nodiscard]] FlowClassId class_at(NodeId place) const {
    return place.valid() ? class_of[place] : FlowClassId::none();
  }
};

struct GraphPivot {
  std::span<const NodeId> from;  ///< systems and identities
  std::span<const NodeId> to;
  std::span<const NodeId> requires_all;
  PortSetId port;
  Seconds effort = 0;
};

/// The pivots of a graph, in source order. What is handed out looks into it.
class GraphPivots {
 public:
  using iterator = IndexIterator<GraphPivots, PivotId, GraphPivot>;

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] GraphPivot operator[](PivotId p) const {
    const Entry& entry = entries_[p.index()];
    if (!entry.to.valid()) return listed(entry);
    return made({&entry.from, 1}, {&entry.to, 1}, {}, entry);
  }
  [[nodiscard]] iterator begin() const { return {*this, 0}; }
  [[nodiscard]] iterator end() const { return {*this, size()}; }
  /// Starts fetching a pivot.
  void prefetch(PivotId p) const { __builtin_prefetch(&entries_[p.index()]); }

  void reserve(std::size_t pivots) { entries_.reserve(pivots); }
  /// How pivots work: the manners of the topology, with the same ids. To be called before any pivot is added.
  void set_manners(const IdVector<PivotMannerId, PivotManner>& manners) { manners_ = manners; }
  void push_back(std::span<const NodeId> from, std::span<const NodeId> to, std::span<const NodeId> requires_all,
                 PivotMannerId manner);
  /// Makes a pivot one that never works, its effort kNever; or what it was.
  void take_away(PivotId p) { entries_[p.index()].away = true; }
  void give_back(PivotId p) { entries_[p.index()].away = false; }

 private:
  /// Nearly all pivots lead from one to one and require nothing. For the others `to` is none and `from` is the number
  /// of a row of `lists_`: that of `from`, behind which those of `to` and `requires` lie.
  struct Entry {
    NodeId from;
    NodeId to;
    std::uint32_t manner : 31 = 0;
    std::uint32_t away : 1 = 0;
  };
  [[nodiscard]] GraphPivot made(std::span<const NodeId> from, std::span<const NodeId> to,
                                std::span<const NodeId> requires_all, const Entry& entry) const {
    const PivotManner& manner = manners_[PivotMannerId(entry.manner)];
    return {from, to, requires_all, manner.port, entry.away != 0 ? kNever : Seconds{manner.effort}};
  }
  [[nodiscard]] GraphPivot listed(const Entry& entry) const {
    const std::size_t row = entry.from.index();
    return made(lists_[row], lists_[row + 1], lists_[row + 2], entry);
  }

  IdVector<PivotMannerId, PivotManner> manners_;
  std::vector<Entry> entries_;
  Packed<std::size_t, NodeId> lists_;
};

struct Graph {
  std::size_t node_count = 0;
  IdVector<NodeId, NodeKind> kind;
  IdVector<NodeId, NodeId> zone;         ///< of a system: where it is; of a zone: itself; else none
  IdVector<NodeId, NodeId> parent;       ///< of zones and sites
  IdVector<NodeId, NodeId> site;         ///< of systems
  IdVector<NodeId, NodeId> host;         ///< of systems: what they run on
  IdVector<NodeId, double> weight;       ///< of services, else 0
  IdVector<NodeId, double> cost;         ///< of acting on it; 1 where it cannot be stated
  IdVector<NodeId, StatedTime> effort;   ///< of systems
  IdVector<NodeId, StatedTime> start;    ///< how long bringing it up takes; 0 where it cannot be stated
  IdVector<NodeId, StatedTime> rebuild;  ///< of systems and identities: how long making it clean takes
  IdVector<NodeId, bool> critical;
  IdVector<PortSetId, PortSet> ports;  ///< those of the topology, with the same ids
  bool has_links = false;
  IdVector<NodeId, std::uint32_t> component;  ///< of zones: equal for two that are connected while all links work
  Packed<NodeId, LinkEnd> links_of;           ///< by zone
  IdVector<NodeId, std::pair<NodeId, NodeId>> ends;  ///< of links: the two zones; ends with the last link
  Packed<NodeId, NodeId> guests;                     ///< by host
  NeedRelation need;
  FlowRelation flow;
  GraphPivots pivots;
  std::vector<PivotId> conditional;          ///< the pivots that require something, ascending
  bool has_efforts = false;                  ///< some takeover takes time: of a system, or by a pivot
  Packed<NodeId, PivotId> pivots_from;       ///< by node: the pivots it is one of `from` of
  Packed<NodeId, PivotId> pivots_requiring;  ///< by node: the pivots that require it
};

/// What decides whether a need is severed. Cost: constant.
[[nodiscard]] inline Leaf leaf_of(const Graph& graph, LeafId l) {
  const LeafRecord& kept = graph.need.leaves[l];
  const Arc& arc = graph.need.arcs[kept.arc];
  Leaf leaf{.arc = kept.arc,
            .owner = graph.need.owner[arc.to],
            .provider = NodeId(arc.from.index()),
            .source = kept.source,
            .from_zone = {},
            .to_zone = {},
            .port = kept.port,
            .only_isolation = arc.only_isolation,
            .permitted = arc.permitted};
  if (leaf.source.valid()) leaf.from_zone = graph.zone[leaf.source];
  if (!leaf.only_isolation) leaf.to_zone = graph.zone[leaf.provider];
  return leaf;
}

/// Compiles a topology. Cost: linear in nodes, needs and links; in rules times the classes they touch; never in pairs
/// of systems. A helper shortens it and changes nothing else.
[[nodiscard]] Graph compile(const Topology& topology, Helper* helper = nullptr);

/// By zone: the systems in it and in the zones under it, ascending; nothing for other nodes. Cost: linear in nodes,
/// times how deep zones lie in each other.
[[nodiscard]] Packed<NodeId, NodeId> systems_inside(const Graph& graph);

}  // namespace firebreak
