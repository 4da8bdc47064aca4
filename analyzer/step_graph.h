#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/dark.h"
#include "analyzer/flow_rows.h"
#include "analyzer/flow_spread.h"
#include "analyzer/mask.h"

/// All steps of the spread law as one graph: a system leads to the kind of sources it is, that to the groups of targets
/// its row permits, and those to their members; a pivot stands between those that can use it and what it takes. A zone,
/// which no step leads to, leads to all in it: it stands for an attacker that holds them all.
namespace firebreak {

using Vertex = std::uint32_t;
using Arcs = std::vector<std::pair<Vertex, Vertex>>;  ///< by the first

/// A pivot that needs more than what uses it: `user` stands for all that can use it from one kind of place.
struct Conjunction {
  Vertex user;
  std::vector<NodeId> requires_all;
  Vertex taking;  ///< leads to what it takes
};

class StepGraph {
 public:
  /// What each arc costs an attacker, kept only where it is asked for.
  enum class Efforts : std::uint8_t { left_out, kept };

  /// Graph and scenario must outlive it.
  StepGraph(const Graph& graph, const Scenario& scenario, std::size_t most_arcs, Efforts kept = Efforts::left_out);

  /// False when there are too many arcs.
  [[nodiscard]] bool make();

  /// Too many arcs lay inside one strongly connected part, which stands as one vertex: it is not known any more in how
  /// many steps something is reached.
  [[nodiscard]] bool has_core() const { return !is_core_.empty(); }

  /// A vertex that stands for this one: of a part known to be strongly connected, the same for all.
  [[nodiscard]] Vertex standing_for(Vertex v) const { return in_core(v) ? core_ : v; }

  Arcs arcs;
  std::vector<StatedTime> efforts;  ///< by arc, where they are kept
  std::vector<Conjunction> conjunctions;
  std::size_t vertices = 0;

 private:
  struct Source {
    SenderId sender;
    NodeId zone;

    friend auto operator<=>(const Source&, const Source&) = default;
  };
  using Area = std::pair<std::uint32_t, NodeId>;

  /// What has to be known of a group to see whether a flow gets at it.
  struct Target {
    NodeId zone;
    PortSetId exposes;
    std::uint32_t area = 0;  ///< its number in in_area_; kNoArea where no flow can take any of it
  };

  [[nodiscard]] NodeId zone_of(GroupId g) const { return graph_.flow.classes[groups_.base[g]].zone; }
  [[nodiscard]] Area area_of(NodeId zone) const { return {components_.label(zone), mask_.border(zone)}; }

  void find_targets();

  /// Nodes, then kinds of sources by zone, then groups; lists and pivots get theirs as they are met.
  void number_vertices();

  [[nodiscard]] Vertex vertex(GroupId g) const { return first_group_ + g.index(); }

  /// Goes through all arcs, in the order of what they are.
  void walk();

  /// What is done with an arc as the walk comes by: keep it, or follow it forwards or backwards.
  enum class Walk : std::uint8_t { keeping, forwards, backwards };

  void add(Vertex from, Vertex to, Seconds effort = 0);

  /// Whether an arc from a source to a group would change anything: asked before it is known whether there is one.
  [[nodiscard]] bool wanted(Vertex from, Vertex to) const;

  void keep(Vertex from, Vertex to, Seconds effort);

  [[nodiscard]] bool in_core(Vertex v) const { return v < is_core_.size() && is_core_[v] != 0; }

  /// Where there are too many arcs to keep, most of them lie inside one large strongly connected part: it is found by
  /// walking over the arcs again and again, forwards and backwards from a vertex in the midst of them, and then stands
  /// as one vertex.
  void find_core();

  std::vector<std::uint8_t> found_from(Vertex start, Walk mode);

  /// Whether a walk needs to look at the arcs of a source.
  [[nodiscard]] bool passes(Vertex source) const;

  [[nodiscard]] bool disabled(NodeId n) const { return graph_.kind[n] == NodeKind::identity && mask_.off(n); }

  void add_nodes();

  /// Whether a pivot takes `to` from a place like that of `from`.
  [[nodiscard]] bool takes(const GraphPivot& pivot, NodeId from, NodeId to) const;

  /// Joins a node with a pivot it can use, or with what that takes.
  void use(PivotId p, NodeId from);

  void add_sources();

  /// Whether a target listens on some of the ports.
  [[nodiscard]] bool gets_at(PortSetId ports, GroupId to);

  void add_inside(const Source& source, Vertex from);

  /// What may be sent to another zone may be sent inside one too, since fewer policies judge there: so it does no harm
  /// that a list of all targets of an area holds those of the source's own zone.
  void add_across(const Source& source, Vertex from);

  /// All targets of an area, or of a zone in it, on some ports.
  struct List {
    Area area;
    NodeId zone;
    PortSetId ports;

    friend auto operator<=>(const List&, const List&) = default;
  };

  void add_list(const List& list, Vertex from);

  void add_lists();

  void add_pivots();

  /// A pivot from one kind of place.
  struct Use {
    NodeId sample;
    Vertex user = 0;
    Vertex taking = 0;
  };

  static constexpr std::uint32_t kNoArea = ~std::uint32_t{0};
  static constexpr std::uint8_t kUnknown = 2;
  static constexpr std::uint32_t kEverywhere = ~std::uint32_t{0} - 1;

  const Graph& graph_;
  const Mask mask_;
  NeedRun run_;
  IdVector<NodeId, std::uint8_t> dark_;
  ZoneComponents components_;
  FlowSpread flows_;
  FlowGroups groups_;
  FlowRows rows_;
  std::size_t most_arcs_;
  bool keeps_efforts_;
  IdVector<GroupId, Target> targets_;
  std::vector<std::vector<std::uint8_t>> gets_;  ///< by port set, then by what is exposed: whether they intersect
  IdVector<GroupId, std::vector<NodeId>> takeable_;
  IdVector<NodeId, std::vector<GroupId>> in_zone_;
  std::map<Area, std::vector<GroupId>> in_area_;
  std::map<Source, Vertex> source_of_;
  std::map<List, Vertex> lists_;
  std::map<std::pair<PivotId, std::uint32_t>, Use> uses_;
  Vertex first_group_ = 0;
  bool stated_ = false;  ///< the conjunctions are
  Walk mode_ = Walk::keeping;
  std::vector<std::uint8_t> found_;  ///< by vertex, on the way forwards or backwards
  bool found_more_ = false;
  std::vector<std::uint8_t> is_core_;  ///< by vertex
  Vertex core_ = 0;
  std::vector<std::uint8_t> from_core_;  ///< by vertex: an arc from the core leads to it
  std::vector<std::uint8_t> into_core_;
};

}  // namespace firebreak
