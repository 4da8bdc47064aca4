#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

/// Where the ways of an attacker narrow.
namespace firebreak {

/// Something an attacker uses on a way: a system or identity that is taken, an allow rule that lets a flow pass, a
/// pivot. Without a rule, what it decided is decided by the rules behind it.
struct WayPoint {
  enum class Type : std::uint8_t { node, rule, pivot };
  Type type = Type::node;
  NodeId node;
  RuleId rule;
  PivotId pivot;

  friend auto operator<=>(const WayPoint&, const WayPoint&) = default;
};

/// Systems in other zones than some nodes are, zones under these apart, and those in no zone from which a step leads:
/// where attackers of those nodes come from when nothing else is known. In source order. Cost: linear in nodes, times
/// how deep zones lie.
[[nodiscard]] std::vector<NodeId> systems_outside(const Graph& graph, const std::vector<NodeId>& nodes);

struct ChokeOptions {
  std::vector<NodeId> protect;  ///< systems and identities, each once
  std::vector<NodeId> starts;   ///< where attackers begin, each once; the compromise of the scenario plays no part
  bool any_start = false;       ///< each may be held, as any other system: attackers begin at some of them, not at all
  IdVector<RuleId, double> rule_costs;
  Patience patience;
};

/// What every way to some protected nodes uses.
struct ChokePoint {
  WayPoint point;
  std::vector<NodeId> guards;  ///< the protected nodes that no way reaches without it, in source order
};

/// Points without which nothing protected is reached; no cheaper points do that, and no fewer of the same cost. One
/// lies before another when less is reached without its points, and it takes away no node that the other keeps safe; or
/// when as much is reached, and it takes away fewer of the nodes.
struct MinimumCut {
  double cost = 0;                         ///< of nodes and rules what they state, of a pivot 1
  std::vector<WayPoint> near_start;        ///< no minimum cut lies before it
  std::vector<WayPoint> near_protected;    ///< none lies behind it
  std::vector<NodeId> reached_near_start;  ///< systems and identities that are reached all the same, in source order
  std::vector<NodeId> reached_near_protected;
  bool both_found = true;  ///< false: patience ran out, and there may be nearer ones
};

struct ChokePoints {
  std::vector<NodeId> reached;     ///< the protected nodes that are reached when nothing is done, in source order
  std::vector<ChokePoint> points;  ///< those that guard the most first, then those nearest to the starts
  bool all_points = true;          ///< false: patience ran out before all were tried
  std::vector<NodeId> direct;      ///< of `reached`, those with a way that uses nothing that could be taken away
  std::optional<MinimumCut> cut;   ///< of all of `reached` but the direct ones; none where there is nothing to cut, or
                                   ///< it was not found in time
  double cut_bound = 0;            ///< no cut costs less
  bool complete = true;            ///< nothing of all this is missing for want of patience
};

/// The choke points and the minimum cut between starts and protected nodes under a scenario. Whether something
/// protected lets itself be held is not asked: it is no point of the cut, and no choke point of itself. What is up
/// stays as the scenario has it, whatever rule is taken away. Choke points are what dominators are where a step needs
/// but one node; with pivots that require several, a point is one when no way is left without it. Cost: a run of the
/// spread law for each point on one way to each protected node; for the cut that of a maximum flow where the ways are
/// those of a network, else exponential in the worst case, and a run for each way around that is still found.
[[nodiscard]] ChokePoints choke_points(const Graph& graph, const Scenario& scenario, const ChokeOptions& options);

}  // namespace firebreak
