#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/policy.h"
#include "firebreak/scenario.h"

/// Why a flow or a takeover is possible or not, and why a node is in the state it is in.
namespace firebreak {

/// The links between two zones, as they are under a scenario.
struct Connection {
  bool connected = false;
  std::vector<NodeId> path;  ///< links of a shortest way over links that do not fail, when there are links at all
  std::vector<NodeId>
      broken;  ///< links that fail and whose return would connect them: those on a shortest way over all links
};

struct FlowExplanation {
  bool possible = false;   ///< all of it holds: permitted, connected, no border, both ends able
  bool permitted = false;  ///< by policies, blocks and allows, on some port asked for
  PortSet ports;           ///< the ports asked for that are permitted
  std::uint32_t port = 0;  ///< the port the judgement below is for, of those asked for: one that gets through to what
                           ///< listens; else one that would without the scenario's blocks; else any
  FlowJudgement judgement;
  Connection connection;
  NodeId border;               ///< an isolated zone whose border runs between them, or none
  NodeId isolated;             ///< the end that is isolated, or none
  NodeId dark;                 ///< the end that is off (or whose site or host is), or none
  bool target_exposes = true;  ///< the target listens on one of the permitted ports
  bool hardened = false;       ///< the target's effort is "never"
};

/// One flow between two places (systems or zones), on any of the ports. Cost: one need-law run and the rules that match
/// either place.
[[nodiscard]] FlowExplanation explain_flow(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to,
                                           const PortSet& ports);

/// Something without which a takeover would be possible.
struct Opening {
  enum class Type : std::uint8_t { rule, link, block, isolated_zone, isolated_system, off };
  Type type = Type::rule;
  RuleId rule;             ///< rule: one that denies or passes, if it were not there
  NodeId node;             ///< link: one that fails, if it worked; isolated_*, off: if that action were undone
  std::size_t index = 0;   ///< block, isolated_*, off: in the scenario's list of that type
  std::uint32_t step = 0;  ///< steps the takeover would then take
};

/// One step of a way on which some steps are still closed.
struct WayStep {
  NodeId node;          ///< what it takes; first the start
  Step how;             ///< as in a blast
  bool closed = false;  ///< not possible as things are: the flow (of a flow or a pivot with a port) would have to be
                        ///< opened, or the border that a pivot without one would have to pass
};

struct TakeoverExplanation {
  bool reached = false;
  std::vector<NodeId> shortest;  ///< from the start to the target, fewest steps
  std::vector<NodeId> fastest;   ///< likewise, earliest arrival
  Blast blast;
  std::vector<Opening> openings;  ///< when it is not reached: without any one of these it would be; by steps
  bool openings_complete = true;  ///< false: not all that could be tried was
  std::vector<WayStep> way;       ///< when it is not reached: the way with the fewest closed steps (where pivots with
                             ///< several requirements share closed steps, perhaps not the fewest); empty when there
                             ///< is none even if every flow were open
};

/// Whether `from`, compromised, can take over `to`, and why not. What the scenario itself names as compromised plays no
/// part. Cost: one blast; where it is not possible, one more for each thing that may be opened, up to a limit, and a
/// search over all systems.
[[nodiscard]] TakeoverExplanation explain_takeover(const Graph& graph, Scenario scenario, NodeId from, NodeId to);

/// One action of a scenario that could be undone.
struct Undo {
  enum class Type : std::uint8_t { off, isolated_system, isolated_zone, block };
  Type type = Type::off;
  std::size_t index = 0;  ///< in the scenario's list of that type
};

struct StateExplanation {
  Impact impact;
  std::vector<Cause> chain;              ///< the responsible chain of the node
  std::vector<std::vector<Undo>> fixes;  ///< minimal sets of actions whose undoing makes it work again, smallest first
  bool complete = true;                  ///< false: a limit was hit, there may be more fixes
};

/// Why a node is in its state, and what to bring back. Cost: one impact; the fixes take one need-law run per tried set,
/// at most `max_runs`.
[[nodiscard]] StateExplanation explain_state(const Graph& graph, const Scenario& scenario, NodeId node,
                                             std::uint64_t max_runs = 20'000);

}  // namespace firebreak
