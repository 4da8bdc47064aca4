#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// Does every invariant hold, does every scenario come out as expected, what fails with no action at all?
namespace firebreak {

/// A require, in ids.
struct RequireQuestion {
  Require::Type type = Require::Type::never_reaches;
  std::vector<NodeId> from;  ///< reach kinds: systems and identities compromised
  std::vector<NodeId> to;    ///< never_reaches
  PlaceSet from_places;      ///< flow kinds
  PlaceSet to_places;
  PortSet ports;                 ///< flow kinds
  std::vector<NodeId> services;  ///< survives
  std::vector<NodeId> of;        ///< survives: what may be lost
  std::uint32_t any = 1;
  std::uint64_t count = 0;
  bool each = false;
};

/// A flow that breaks a flow require: the first in source order.
struct FlowWitness {
  NodeId from;
  NodeId to;
  PortSet ports;
};

struct RequireVerdict {
  bool holds = true;
  bool decided = true;         ///< false: the limit on runs was hit before a witness was found
  std::vector<NodeId> path;    ///< reach kinds: the way to what must not be reached (never_reaches), or all reached
                               ///< beyond `from` (reaches_at_most)
  std::vector<NodeId> losses;  ///< survives: the systems whose loss takes the service down
  NodeId service;              ///< survives: the service that fails
  NodeId start;                ///< reaches_at_most with `each`: the one it starts from
  std::uint64_t reached = 0;   ///< reaches_at_most: how many at worst
  FlowWitness flow;            ///< flow kinds
};

/// How many need-law runs `survives` may take before it gives up undecided.
struct CheckLimits {
  std::uint64_t runs = 1'000'000;
};

/// Judges one require with no scenario in force. Cost: reach kinds one blast (with `each` one per element); flow kinds
/// the classes of `from` times the rules they match; survives one run per combination of the relevant losses, pruned to
/// what the services can feel.
[[nodiscard]] RequireVerdict judge(const Graph& graph, const RequireQuestion& question, const CheckLimits& limits = {});

/// What an expectation names, and what came out instead.
struct Difference {
  Expectation::Type expected{};
  NodeId node;
  State state = State::works;  ///< what it is; for reached and unreached see `reached`
  bool reached = false;
};

struct ExpectationQuestion {
  Expectation::Type type{};
  std::vector<NodeId> who;
};

struct ScenarioVerdict {
  bool passed = true;
  std::vector<Difference> differences;
};

/// Runs a scenario and compares it with what it says must come out. Cost: one run of the need law and, when reach is
/// expected, one blast.
[[nodiscard]] ScenarioVerdict judge(const Graph& graph, const Scenario& scenario,
                                    const std::vector<ExpectationQuestion>& expected, Baseline baseline);

/// Groups of nodes that hold each other up: once all of a group is down, none can start before another (strongly
/// connected components of the needs that count for starting, after Tarjan 1972), kept only where no start without them
/// exists. Cost: linear, plus n log n in the needs that wait for links to start.
[[nodiscard]] std::vector<std::vector<NodeId>> start_loops(const Graph& graph);

/// The questions in the words of the topology, in ids.
[[nodiscard]] RequireQuestion resolve(const Topology& topology, const Require& require);
[[nodiscard]] std::vector<ExpectationQuestion> resolve_expectations(const Topology& topology,
                                                                    const NamedScenario& scenario);

/// What is suspicious in the words themselves: services nobody uses, systems that support nothing, ids used once that
/// look like a typo of another, pivots that can never be taken. Warnings only. Cost: linear, plus the comparison of
/// similar ids.
[[nodiscard]] std::vector<Diagnostic> suspicious(const Topology& topology);

}  // namespace firebreak
