#include "cli/verdicts.h"

namespace firebreak::cli {

std::vector<RequireVerdict> judge_requires(const Topology& topology, const Graph& graph) {
  std::vector<RequireVerdict> verdicts;
  for (const Require& require : topology.requires_all) verdicts.push_back(judge(graph, resolve(topology, require)));
  return verdicts;
}

std::vector<ScenarioVerdict> judge_scenarios(const Topology& topology, const Graph& graph) {
  std::vector<ScenarioVerdict> verdicts;
  if (topology.scenarios.empty()) return verdicts;
  const Baseline baseline = run_baseline(graph);
  for (const NamedScenario& scenario : topology.scenarios) {
    verdicts.push_back(judge(graph, resolve(topology, scenario), resolve_expectations(topology, scenario), baseline));
  }
  return verdicts;
}

}  // namespace firebreak::cli
