#include <algorithm>

#include "firebreak/blast.h"
#include "firebreak/diff.h"

namespace firebreak {

namespace {

/// What comes out of a scenario.
struct Outcome {
  ScenarioChange::Result result;
  IdVector<NodeId, State> state;
};

Outcome outcome(const Graph& graph, const SharedScenario::Side& side, const Baseline& baseline) {
  const Impact states = impact(graph, side.scenario, baseline);
  const Blast spread = blast(graph, side.scenario, states.run);
  const ScenarioVerdict verdict = judge(graph, side.scenario, side.expected, baseline);
  return {{verdict.passed, states.weight_lost, spread.order.size()}, states.state};
}

bool lost(State state) {
  return state == State::off || state == State::fails;
}

}  // namespace

std::vector<ScenarioChange> scenario_changes(const Versions& versions, std::span<const SharedScenario> scenarios) {
  std::vector<ScenarioChange> changes;
  if (scenarios.empty()) return changes;
  const Baseline baseline_before = run_baseline(versions.before);
  const Baseline baseline_after = run_baseline(versions.after);
  for (const SharedScenario& scenario : scenarios) {
    const Outcome was = outcome(versions.before, scenario.before, baseline_before);
    const Outcome is = outcome(versions.after, scenario.after, baseline_after);
    ScenarioChange change{scenario.before.id, scenario.after.id, was.result, is.result, {}, {}};
    for (const PairId p : ids<PairId>(versions.match.nodes.size())) {
      const NodePair& pair = versions.match.nodes[p];
      if (!pair.before.valid() || !pair.after.valid()) continue;
      if (versions.after.kind[pair.after] != NodeKind::service) continue;
      const bool then = lost(was.state[pair.before]);
      const bool now = lost(is.state[pair.after]);
      if (now && !then) change.newly_lost.push_back(p);
      if (then && !now) change.no_longer_lost.push_back(p);
    }
    const bool same = was.result.passed == is.result.passed && was.result.weight_lost == is.result.weight_lost &&
                      was.result.reached == is.result.reached && change.newly_lost.empty() &&
                      change.no_longer_lost.empty();
    if (!same) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace firebreak
