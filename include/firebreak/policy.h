#pragma once

#include <cstdint>
#include <optional>
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

/// All ports on which a flow is permitted. Cost: the same, times the ranges of the answer.
[[nodiscard]] PortSet permitted_ports(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to);
[[nodiscard]] PortSet permitted_ports(const Graph& graph, FlowClassId from, FlowClassId to);

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
