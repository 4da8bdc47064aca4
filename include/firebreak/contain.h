#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

/// The cheapest actions that keep an attacker away from what is to be protected.
namespace firebreak {

/// One thing a responder can do.
struct Action {
  enum class Type : std::uint8_t { isolate_system, isolate_zone, switch_off, disable, block_rule, block_zones };
  Type type = Type::isolate_system;
  NodeId node;  ///< the system, zone or identity; block_zones: from where
  NodeId to;    ///< block_zones: to where
  RuleId rule;  ///< block_rule

  friend auto operator<=>(const Action&, const Action&) = default;
};

/// An allow rule as a block of just what it allows.
struct RuleBlock {
  RuleId rule;
  FlowRule flow;
  double cost = 1;
};

/// The allow rules of all policies that are judged. Cost: linear in the topology per selector.
[[nodiscard]] std::vector<RuleBlock> rule_blocks(const Topology& topology);

/// What the actions of a scenario cost, as those of a plan do: switching off and isolating the cost of what it is done
/// to; blocking just what one of the rules allows that of the rule, blocking between two zones the greater of theirs,
/// any other block 1. Cost: linear in the actions, times the rules and the nodes for blocks.
[[nodiscard]] double cost_of(const Graph& graph, const Scenario& actions, const std::vector<RuleBlock>& rules);

struct ContainOptions {
  std::vector<NodeId> protect;        ///< systems and identities that must not be reached
  std::vector<NodeId> keep;           ///< services that must not fail
  std::vector<NodeId> cannot;         ///< systems, zones and identities no action may be on
  std::vector<Action::Type> without;  ///< kinds of actions that may not be used
  std::vector<RuleBlock> rules;       ///< rules that may be blocked, as `rule_blocks` gives them
  /// When the search learns of the steps an attacker can take: as a plan leaves them open, which is best where few
  /// matter, or all of them at once, or first the one and then, if that takes long, the other. The answer is
  /// the same.
  enum class Learn : std::uint8_t { chosen, as_met, at_once };
  Learn learn = Learn::chosen;
  Patience patience = {};
};

/// Actions, and what they lead to: judged by both laws, not by the search.
struct Plan {
  std::vector<Action> actions;
  std::vector<NodeId> lost;      ///< services that fail, and do not without it
  std::vector<NodeId> degraded;  ///< services that are degraded, and work without it
  double weight_lost = 0;        ///< of `lost`
  double weight_degraded = 0;    ///< of `degraded`
  double cost = 0;               ///< of the actions
  std::uint32_t reached = 0;     ///< systems and identities reached all the same, with those compromised from the start
};

/// What no sound plan can be below, in the order plans are compared in: the weights lost and degraded, the cost, the
/// number of actions. Each holds for plans that are no better in what stands before it.
struct PlanBound {
  double weight_lost = 0;
  double weight_degraded = 0;
  double cost = 0;
  std::uint32_t actions = 0;
};

struct Containment {
  std::optional<Plan> plan;  ///< the best one found; none when there is no sound one, or none was found in time
  bool proven = true;        ///< there is no better one; without a plan: there is none at all
  PlanBound bound;
  std::vector<NodeId> lost_already;  ///< protected nodes that are compromised from the start
};

/// The best sound plan under a scenario: afterwards nothing protected is reached by the spread law and no service to
/// keep fails. Best is the least weight of services that fail and did not, then of services that are degraded and
/// worked, then the least cost, then the fewest actions. Of equally good ones it is, unless looking for it takes long,
/// one that switches off the fewest, then one that leaves the fewest reached. Cost: exponential in the worst case; a
/// run of both laws for each way around that the attacker still finds, and where that takes long, memory like all steps
/// by pivots and all flows between kinds of systems. When patience runs out, a plan is made with few more runs of the
/// laws, and with no further look at it.
[[nodiscard]] Containment contain(const Graph& graph, const Scenario& scenario, const ContainOptions& options);

/// Plans of which none loses no more than another and leaves no more reached: from what can be done without losing a
/// service to the least that can be reached.
struct Frontier {
  std::vector<Plan> plans;  ///< by weight lost, ascending; what is reached descends
  std::vector<bool> open;   ///< by plan: there may be others between it and the next one, or beyond the last
  bool complete = true;     ///< false: some are open, or none was found, since patience ran out or too much was counted
};

/// For each weight of services that fail, as far as it makes a difference, the plan that leaves the fewest systems and
/// identities reached; among these the least weight degraded, the least cost, the fewest actions. Nothing is protected
/// but as the options say what may be done and what is kept. Exact. First the plans are found that are best by some
/// price for each that is reached, both ends before those between them; then the others. Cost: as for `contain`, twice
/// per plan, with a clause for each step to whatever is reached; for the others the square of the reached that could be
/// kept safe at no more than what a plan next to it costs, 3,000 of which are the most.
[[nodiscard]] Frontier frontier(const Graph& graph, const Scenario& scenario, const ContainOptions& options);

/// What a scenario loses and leaves reached, against another one that it adds actions to; the actions themselves and
/// their cost are not told.
[[nodiscard]] Plan consequences(const Graph& graph, const NeedRun& before, const NeedRun& after, const Blast& spread);

/// A scenario with actions added to it. The blocks of rules are found in `rules`.
[[nodiscard]] Scenario with_actions(const Graph& graph, Scenario scenario, const std::vector<Action>& actions,
                                    const std::vector<RuleBlock>& rules);

}  // namespace firebreak
