#pragma once

#include <map>
#include <utility>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"

namespace firebreak::report {

/// Which arrows of a picture explain what is lost at a moment. Everything it is made from must outlive it.
class PictureCauses {
 public:
  PictureCauses(const Graph& graph, const Scenario& scenario, const Impact& impact, Seconds at);

  [[nodiscard]] bool is_node(VertexId v) const { return v.index() < graph_.node_count; }

  /// The state of a node or group at that moment.
  [[nodiscard]] State state_of(VertexId v) const;
  [[nodiscard]] static bool is_lost(State state) { return state < State::at_risk; }

  /// The inputs that explain why a vertex is lost, the one that decided first; none when it is not. Where its host is
  /// down, or its site, that alone does, for nothing else would have helped; and what stands at a site that is down
  /// hangs on what it needs there, if there is something, so that only the first ones hang on the site itself.
  /// Following them never runs in a circle.
  [[nodiscard]] std::vector<Cause> of(VertexId v) const;

  /// Whether the picture can do without this input: others say the same.
  [[nodiscard]] bool is_spare(ArcId a) const;

  /// The link whose loss cut the two zones of a need apart, or none.
  [[nodiscard]] NodeId broken_link(LeafId cut);

  /// The nodes on one responsible chain from a node to its root, through links that are down.
  [[nodiscard]] std::vector<NodeId> chain(NodeId start);

 private:
  void hang_on_sites();
  /// Whether it is down with its site and hangs on that.
  [[nodiscard]] bool is_at_dark_site(NodeId n) const;
  /// Whether this is a system's need on another one that is down with the same site.
  [[nodiscard]] bool is_fellow(ArcId a) const;
  [[nodiscard]] ArcId first_physical(VertexId v) const;
  [[nodiscard]] bool is_down_before(ArcId a) const;
  [[nodiscard]] VertexId before(VertexId v);

  const Graph& graph_;
  const Impact& impact_;
  Seconds at_;
  CauseFinder finder_;
  IdVector<NodeId, ArcId> hangs_on_;
  std::map<std::pair<NodeId, NodeId>, NodeId> broken_;
};

}  // namespace firebreak::report
