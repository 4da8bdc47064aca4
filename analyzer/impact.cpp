#include "firebreak/impact.h"

#include <utility>

#include "analyzer/need_law.h"

namespace firebreak {

std::string_view to_string(State state) {
  switch (state) {
    case State::off:
      return "off";
    case State::fails:
      return "fails";
    case State::degraded:
      return "degraded";
    case State::at_risk:
      return "at_risk";
    case State::works:
      break;
  }
  return "works";
}

Seconds input_fails(const NeedRun& run, const Arc& arc) {
  if (arc.soft) return kNever;
  Seconds lost = run.fails[arc.from];
  if (arc.leaf.valid()) lost = std::min(lost, run.severed[arc.leaf]);
  return lost == kNever ? kNever : lost + arc.grace;
}

namespace {

/// The nodes that have come into a state by `at`.
void note(const Graph& graph, Impact& result, State state, const Moments<VertexId>& lost,
          const Moments<VertexId>& lost_before, Seconds at) {
  for (const VertexId v : lost.order()) {
    if (lost[v] > at) return;
    if (v.index() >= graph.node_count) continue;
    const NodeId n(v.index());
    result.state[n] = state;
    result.after[n] = lost[v];
    result.from_start[n] = lost_before.has(v);
  }
}

/// How many members of a group more may fail before it does.
std::int64_t spare(const NeedRelation& relation, const NeedRun& run, VertexId group, Seconds at) {
  std::int64_t members = static_cast<std::int64_t>(relation.fails_at[group]) - 1;
  for (const ArcId a : relation.inputs(group)) {
    const Seconds when = input_fails(run, relation.arcs[a]);
    if (when != kNever && when <= at) --members;
  }
  return members;
}

void find_at_risk(const Graph& graph, Impact& result, Seconds at) {
  const NeedRelation& relation = graph.need;
  for (std::size_t i = graph.node_count; i < relation.owner.size(); ++i) {
    const VertexId group(i);
    const NodeId owner = relation.owner[group];
    if (!relation.spare_counts[group] || result.state[owner] != State::works) continue;
    if (spare(relation, result.run, group, at) <= 0 && spare(relation, *result.baseline, group, at) > 0) {
      result.state[owner] = State::at_risk;
    }
  }
}

}  // namespace

Baseline run_baseline(const Graph& graph) {
  return std::make_shared<const NeedRun>(run_need(graph, Scenario{}));
}

Impact impact(const Graph& graph, const Scenario& scenario, Seconds at) {
  return impact(graph, scenario, run_baseline(graph), at);
}

Impact impact(const Graph& graph, const Scenario& scenario, Baseline baseline, Seconds at) {
  Impact result;
  result.baseline = std::move(baseline);
  result.run = scenario.has_actions() ? run_need(graph, scenario) : *result.baseline;
  result.state.assign(graph.node_count, State::works);
  result.after.assign(graph.node_count, kNever);
  result.from_start.assign(graph.node_count, false);
  note(graph, result, State::degraded, result.run.degrades, result.baseline->degrades, at);
  note(graph, result, State::fails, result.run.fails, result.baseline->fails, at);
  for (const NodeId n : scenario.off) {
    result.state[n] = State::off;
    result.after[n] = 0;
    result.from_start[n] = false;
  }
  find_at_risk(graph, result, at);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (result.state[n] <= State::fails) result.weight_lost += graph.weight[n];
  }
  return result;
}

}  // namespace firebreak
