#pragma once

#include <cstddef>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/natural.h"
#include "firebreak/scenario.h"

/// Where one loss, or a few, are enough.
namespace firebreak {

/// A set of nodes whose loss makes something fail, and no part of it does. Ids ascending.
struct CutSet {
  std::vector<NodeId> nodes;
  double cost = 0;  ///< of what acting on them takes
};

/// All minimal cut sets of a node.
struct CutSets {
  NodeId node;
  Natural count;
  std::vector<Natural> by_size;  ///< how many of each size, from 0 (it fails already) to the largest
  std::vector<CutSet> smallest;  ///< the first of them, by size, then cost
  std::vector<CutSet> cheapest;  ///< likewise by cost, then size
};

struct CutSetOptions {
  std::vector<NodeId> nodes;   ///< whose cut sets
  std::vector<NodeId> losses;  ///< what may be lost: nodes of any kind but zones
  std::size_t list = 20;       ///< how many of the smallest are listed of each node
  std::size_t cheapest = 1;    ///< likewise of the cheapest
};

struct CutSetAnswer {
  std::vector<CutSets> nodes;  ///< in the order asked for; empty when not complete
  bool complete = true;        ///< false: there was no room for the search
};

/// The minimal cut sets under the need law, in the end, besides what the scenario does. Exact. Cost: exponential in the
/// worst case; the counts need no listing.
[[nodiscard]] CutSetAnswer cut_sets(const Graph& graph, const Scenario& scenario, const CutSetOptions& options);

/// What is lost when systems are: every system, site and link.
[[nodiscard]] std::vector<NodeId> usual_losses(const Graph& graph);

}  // namespace firebreak
