#include "tests/oracle/rule_use.h"

#include <algorithm>

#include "tests/oracle/flows.h"
#include "tests/oracle/values.h"

// Each rule is left out in turn, and every flow judged with it and without it.

namespace firebreak::oracle {

namespace {

/// What one policy says of a flow; none = it does not judge it.
const Verdict* said_by(const Judgement& judgement, PolicyId policy) {
  for (const Verdict& verdict : judgement.verdicts) {
    if (verdict.policy == policy) return &verdict;
  }
  return nullptr;
}

}  // namespace

RuleUse rule_use(const Topology& topology) {
  const Scenario nothing;
  const Flows whole(topology, nothing);
  RuleUse use{IdVector<RuleId, bool>(topology.rules.size()), IdVector<RuleId, bool>(topology.rules.size())};
  for (const RuleId rule : ids<RuleId>(topology.rules.size())) {
    const PolicyId policy = topology.rules[rule].policy;
    const Flows without(topology, nothing, {rule});
    for (const NodeId from : ids<NodeId>(topology.nodes.size())) {
      for (const NodeId to : ids<NodeId>(topology.nodes.size())) {
        if (from == to || !zone_of(topology, from).valid() || !zone_of(topology, to).valid()) continue;
        if (!whole.applies(policy, from, to)) continue;
        for (const std::uint32_t port : whole.points()) {
          const std::vector<RuleId> asked = whole.asked(policy, from, to, port);
          if (std::ranges::find(asked, rule) != asked.end()) use.comes[rule] = true;
          if (said_by(whole.judge(from, to, port), policy)->allow !=
              said_by(without.judge(from, to, port), policy)->allow) {
            use.matters[rule] = true;
          }
        }
      }
    }
  }
  return use;
}

}  // namespace firebreak::oracle
