#include "firebreak/contain.h"

namespace firebreak {

std::vector<RuleBlock> rule_blocks(const Topology& topology) {
  std::vector<RuleBlock> blocks;
  for (const RuleId r : ids<RuleId>(topology.rules.size())) {
    const Rule& rule = topology.rules[r];
    if (rule.action != RuleAction::allow || topology.policies[rule.policy].replaced) continue;
    blocks.push_back(
        {r, {places(topology, rule.from), places(topology, rule.to), topology.ports[rule.ports]}, rule.cost});
  }
  return blocks;
}

}  // namespace firebreak
