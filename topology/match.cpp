#include "firebreak/diff.h"

namespace firebreak {

Match match(const Topology& before, const Topology& after) {
  Match match;
  match.of_before.resize(before.nodes.size());
  match.of_after.resize(after.nodes.size());
  for (const NodeId n : ids<NodeId>(after.nodes.size())) {
    NodeId other = before.find(after.nodes[n].id);
    if (other.valid() && before.nodes[other].kind != after.nodes[n].kind) other = {};
    match.of_after[n] = match.nodes.push_back({other, n});
    if (other.valid()) match.of_before[other] = match.of_after[n];
  }
  for (const NodeId n : ids<NodeId>(before.nodes.size())) {
    if (!match.of_before[n].valid()) match.of_before[n] = match.nodes.push_back({n, {}});
  }
  for (const Policy& policy : before.policies) match.policy_after.push_back(after.find_policy(policy.id));
  for (const Policy& policy : after.policies) match.policy_before.push_back(before.find_policy(policy.id));
  return match;
}

std::vector<SharedScenario> shared_scenarios(const Topology& before, const Topology& after) {
  const auto side = [](const Topology& topology, ScenarioId id) {
    const NamedScenario& scenario = topology.scenarios[id];
    return SharedScenario::Side{id, resolve(topology, scenario), resolve_expectations(topology, scenario)};
  };
  std::vector<SharedScenario> shared;
  for (const ScenarioId s : ids<ScenarioId>(after.scenarios.size())) {
    const ScenarioId old = before.find_scenario(after.scenarios[s].id);
    if (old.valid()) shared.push_back({side(before, old), side(after, s)});
  }
  return shared;
}

}  // namespace firebreak
