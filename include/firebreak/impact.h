#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/moments.h"
#include "firebreak/scenario.h"

/// What fails when systems are cut off: the need law.
namespace firebreak {

enum class State : std::uint8_t { off, fails, degraded, at_risk, works };
[[nodiscard]] std::string_view to_string(State state);

/// Why an input of a vertex does not hold.
enum class Loss : std::uint8_t {
  none,
  provider,       ///< what is needed is off, fails or is degraded
  standing_in,    ///< it is only a fallback
  isolated,       ///< the dependant or the provider is an isolated system
  border,         ///< an isolated zone's border runs between them
  disconnected,   ///< no path of links that do not fail
  blocked,        ///< by a `block` of the scenario
  not_permitted,  ///< by a policy
};

/// The run of the need law over one scenario: when each vertex fails and when it works no longer. Node v is vertex v.
struct NeedRun {
  Moments<VertexId> fails;
  Moments<VertexId> degrades;  ///< never later than `fails`
  Moments<LeafId> severed;
};

/// Runs the need law: the greatest fixed point (what runs keeps running until something it needs is gone), as one
/// worklist in order of time with one counter per vertex. Kildall-style threshold propagation as in Dowling and
/// Gallier, "Linear-time algorithms for testing the satisfiability of propositional Horn formulae" (1984); times as in
/// Knuth, "A generalization of Dijkstra's algorithm" (1977). Cost: linear in nodes and arcs, plus the logarithm of the
/// number of distinct times per time.
[[nodiscard]] NeedRun run_need(const Graph& graph, const Scenario& scenario);

/// When the vertex that needs it feels that an input failed or was severed, its grace included; never for a soft one.
[[nodiscard]] Seconds input_fails(const NeedRun& run, const Arc& arc);

/// The run with no action, against which all others are judged. One serves all questions about a graph.
using Baseline = std::shared_ptr<const NeedRun>;
[[nodiscard]] Baseline run_baseline(const Graph& graph);

struct Impact {
  IdVector<NodeId, State> state;    ///< at the time asked for
  IdVector<NodeId, Seconds> after;  ///< when a node fails or degrades into that state; 0 for off; kNever for the others
  IdVector<NodeId, bool> from_start;  ///< fails or is degraded with no action at all
  double weight_lost = 0;             ///< sum of the weights of services that are off or fail
  NeedRun run;
  Baseline baseline;
};

/// The states of all nodes at time `at` (default: in the end). The compromise of the scenario plays no part in it.
/// Cost: two runs of the need law; one where the baseline of the same graph is given.
[[nodiscard]] Impact impact(const Graph& graph, const Scenario& scenario, Seconds at = kNever);
[[nodiscard]] Impact impact(const Graph& graph, const Scenario& scenario, Baseline baseline, Seconds at = kNever);

/// One input that explains a state.
struct Cause {
  ArcId arc;
  VertexId vertex;  ///< what is needed: a node, or a group whose own causes explain it
  Loss loss = Loss::none;
  Seconds after = 0;  ///< when the vertex whose input it is feels it: the arc's grace is over
  Seconds held = 0;   ///< `direct` only: the grace of the groups between that vertex and the node
};

/// Explains the states of one run. It holds references to what it is made from. Cost: making it is linear in nodes.
class CauseFinder {
 public:
  CauseFinder(const Graph& graph, const Scenario& scenario, const NeedRun& run);
  ~CauseFinder();
  CauseFinder(CauseFinder&&) noexcept;
  CauseFinder& operator=(CauseFinder&&) = delete;
  CauseFinder(const CauseFinder&) = delete;
  CauseFinder& operator=(const CauseFinder&) = delete;

  /// The inputs that made a vertex fail by `at` (or degrade, when it has not failed by then): as many as its threshold,
  /// those that came first, the one that decided the moment at the front. Empty for what is off or works. Cost: linear
  /// in the inputs of the vertex, plus sorting those that are lost.
  [[nodiscard]] std::vector<Cause> of(VertexId vertex, Seconds at = kNever) const;

  /// The same through groups down to needs on nodes: what a person wants to read, the one that decided at the front.
  [[nodiscard]] std::vector<Cause> direct(NodeId node, Seconds at = kNever) const;

  /// The responsible chain from a node to the action, severed need or fallback at its root: each cause explains the one
  /// before and decided its moment. It ends, for a cause always comes before what it causes.
  [[nodiscard]] std::vector<Cause> chain(NodeId node, Seconds at = kNever) const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace firebreak
