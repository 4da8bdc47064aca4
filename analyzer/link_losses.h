#pragma once

#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// Whether links that are lost, besides those of a run, leave zones without connection that the run leaves connected.
class LinkLosses {
 public:
  /// Both must outlive it. Cost: linear in the nodes.
  LinkLosses(const Graph& graph, const NeedRun& base);

  /// Among the vertices or points lost are the links, with the number of their node. Cost: for each link what is
  /// searched from one of its ends until the other is found.
  template <class Vertices>
  [[nodiscard]] bool separate(const Vertices& lost) {
    links_.clear();
    for (const auto v : lost) {
      if (v.index() < graph_.node_count && graph_.kind[NodeId(v.index())] == NodeKind::link) {
        links_.emplace_back(v.index());
      }
    }
    return separates();
  }

 private:
  [[nodiscard]] bool separates();
  [[nodiscard]] bool joined(NodeId a, NodeId b);

  const Graph& graph_;
  const NeedRun& base_;
  std::vector<NodeId> links_;             ///< that are lost
  IdVector<NodeId, std::uint32_t> mark_;  ///< of zones: the search that found them; of links: the question they fall in
  std::uint32_t question_ = 0;
  std::vector<NodeId> found_;
};

}  // namespace firebreak
