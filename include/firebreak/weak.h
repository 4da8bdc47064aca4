#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/natural.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

/// Where one loss, or a few, are enough.
namespace firebreak {

/// A set of nodes whose loss makes something fail, and no part of it does. Ids ascending.
struct CutSet {
  std::vector<NodeId> nodes;
  double cost = 0;  ///< of what acting on them takes
};

/// How cut sets are found. All of them are exact as far as they go.
enum class CutSetEngine : std::uint8_t {
  automatic,   ///< whichever gets furthest
  diagrams,    ///< all cut sets at once, as decision diagrams
  bounded,     ///< the small ones, from the bottom up, a size at a time
  exhaustive,  ///< every single loss and every pair tried
};
[[nodiscard]] std::string_view to_string(CutSetEngine engine);

/// In how many minimal cut sets a loss is.
struct LossShare {
  NodeId loss;
  std::vector<Natural> by_size;  ///< of each size, from 0; some may be left out at the end, which are 0
};

/// The minimal cut sets of a node.
struct CutSets {
  static constexpr std::size_t kAnySize = ~std::size_t{0};

  NodeId node;
  Natural count;
  std::vector<Natural> by_size;         ///< how many of each size, from 0 (it fails already) to the largest
  std::vector<CutSet> smallest;         ///< the first of them, by size, then cost
  std::vector<CutSet> cheapest;         ///< likewise by cost, then size
  bool cheapest_proven = true;          ///< no cut set is cheaper, whether or not it is counted
  std::vector<LossShare> shares;        ///< of every loss that is in one of them; the most important first
  std::size_t shares_up_to = kAnySize;  ///< how large the sets are that `shares` counts
  std::size_t exact_up_to = kAnySize;   ///< there may be larger ones than this, and nothing is said of them
  bool complete = true;                 ///< nothing that was asked for is missing
  CutSetEngine engine = CutSetEngine::diagrams;
};

struct CutSetOptions {
  std::vector<NodeId> nodes;              ///< whose cut sets
  std::vector<NodeId> losses;             ///< what may be lost: nodes of any kind but zones, each once
  std::size_t list = 20;                  ///< how many of the smallest are listed of each node
  std::size_t cheapest = 1;               ///< likewise of the cheapest
  std::size_t order = CutSets::kAnySize;  ///< the most losses at once
  bool shares = false;                    ///< whether they are counted
  CutSetEngine engine = CutSetEngine::automatic;
  Patience patience;
};

struct CutSetAnswer {
  std::vector<CutSets> nodes;  ///< in the order asked for
  bool complete = true;        ///< all of them are
};

/// The minimal cut sets under the need law, in the end, besides what the scenario does. What is counted is exact. When
/// room or patience runs out, nodes are answered up to the size that was reached. Shares are ordered as Butler does it,
/// "A complete importance ranking for components of binary coherent systems" (1979): by the sets of the smallest size,
/// then of the next. Cost: exponential in the worst case; the counts need no listing.
[[nodiscard]] CutSetAnswer cut_sets(const Graph& graph, const Scenario& scenario, const CutSetOptions& options);

/// What is lost when systems are: every system, site and link.
[[nodiscard]] std::vector<NodeId> usual_losses(const Graph& graph);

/// What one loss does to some nodes.
struct LossEffect {
  NodeId loss;
  std::vector<NodeId> fails;     ///< those that fail of it and did not before, in the order asked for
  std::vector<NodeId> degrades;  ///< those that are degraded and worked before
  double weight_lost = 0;        ///< of the services that fail
};

struct SingleLosses {
  std::vector<LossEffect> effects;  ///< of every loss that does something, the worst first
  bool complete = true;             ///< false: patience ran out, and some losses were not tried
};

/// What each loss alone does besides what the scenario does, in the end: the one that loses most weight first, then
/// most nodes. Cost: two runs of the need law, and for each loss what fails and degrades; two runs where zones lose
/// connection.
[[nodiscard]] SingleLosses single_losses(const Graph& graph, const Scenario& scenario,
                                         const std::vector<NodeId>& losses, const std::vector<NodeId>& nodes,
                                         const Patience& patience = {});

}  // namespace firebreak
