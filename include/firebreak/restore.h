#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"

/// In which order to start again, and to rebuild what is compromised, so that what matters returns first.
namespace firebreak {

/// What is done in a step: making a node clean, or bringing it up.
enum class RestoreJob : std::uint8_t { rebuild, start };
[[nodiscard]] std::string_view to_string(RestoreJob job);

/// One job of the plan. Times are seconds from the beginning of the plan.
struct RestoreStep {
  NodeId node;
  RestoreJob job = RestoreJob::start;
  Seconds start = 0;
  Seconds finish = 0;
  std::vector<std::uint32_t> after;  ///< numbers of earlier steps without which it could not begin, ascending
  std::uint32_t crew = 0;            ///< who does it, from 1; 0 = crews are not limited, or it takes no time
  bool by_hand = false;              ///< started without the needs of its start loop
  bool kept_off = false;             ///< not switched off, but dark and compromised: it must not come back alone
};

/// A service that does not work at the beginning, and when it is back; kNever = nothing in the plan brings it back.
struct ServiceReturn {
  NodeId service;
  Seconds back = kNever;
  std::vector<std::uint32_t> after;  ///< numbers of the steps that it waits for to the end, ascending
};

/// Nodes that wait for each other to start.
struct RestoreLoop {
  std::vector<NodeId> members;  ///< ascending
  std::vector<NodeId> by_hand;  ///< started by hand, all members start; ascending
  bool smallest = true;  ///< no smaller set does; false: no part of this set does, but nobody looked at all others
};

struct Restoration {
  std::vector<RestoreStep> steps;       ///< in the order in which they begin
  std::vector<ServiceReturn> services;  ///< those that do not work at the beginning, in source order
  std::vector<RestoreLoop> loops;
  std::vector<NodeId> stays_off;              ///< off, and cannot start whatever is done; ascending
  IdVector<NodeId, Seconds> works_from;       ///< when each node works again; 0 for what works all the time; kNever
  IdVector<NodeId, Seconds> works_from_step;  ///< how many of the steps had begun then; kNever
  double weighted_delay = 0;  ///< sum of weight times time back, in weight-seconds, over services that return
  double bound = 0;           ///< no plan has less
  bool proven = false;        ///< the plan is one with the least weighted delay
  bool ran_out = false;       ///< the search was ended by patience
};

struct RestoreOptions {
  std::uint32_t crews = 0;  ///< how many work side by side, each on one job at a time; 0 = any number
  Patience patience = {};
};

/// What could not start again if everything were off, and what would have to be started by hand. Cost: linear, and the
/// search for smallest sets.
[[nodiscard]] std::vector<RestoreLoop> loops_if_all_off(const Graph& graph, const Patience& patience = {});

/// The plan with the least weighted delay that the search finds. The beginning is the end of the scenario: all that
/// fails for it has failed, graces included. Every state of the plan keeps the start law and the spread law. What the
/// scenario isolates and blocks stays so. Cost: small cases are searched through (branch and bound over the orders of
/// beginning, with what dominates what remembered); larger ones are planned by priorities inherited along needs and
/// improved by moving jobs: about linear in jobs times what is not up, times the orders tried.
[[nodiscard]] Restoration restore(const Graph& graph, const Scenario& scenario, const RestoreOptions& options = {});

}  // namespace firebreak
