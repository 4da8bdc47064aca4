#include <map>
#include <tuple>

#include "firebreak/contain.h"

#include "topology/selection.h"

namespace firebreak {

namespace {

/// What selectors mean, looked up once for each that many rules name.
class Meanings {
 public:
  explicit Meanings(const Topology& topology) : topology_(topology) {}

  [[nodiscard]] PlaceSet places(const Selectors& selectors) {
    if (selectors.size() != 1 || selectors.front().type == Selector::Type::cidr) {
      return firebreak::places(topology_, selectors);
    }
    const Selector& only = selectors.front();
    const auto [at, fresh] = known_.try_emplace({only.type, only.node, only.word});
    if (fresh) at->second = firebreak::places(topology_, selectors);
    return at->second;
  }

 private:
  const Topology& topology_;
  std::map<std::tuple<Selector::Type, NodeId, WordId>, PlaceSet> known_;
};

}  // namespace

std::vector<RuleBlock> rule_blocks(const Topology& topology) {
  std::vector<RuleBlock> blocks;
  Meanings meanings(topology);
  for (const RuleId r : ids<RuleId>(topology.rules.size())) {
    const Rule& rule = topology.rules[r];
    if (rule.action != RuleAction::allow || topology.policies[rule.policy].replaced) continue;
    blocks.push_back(
        {r, {meanings.places(rule.from), meanings.places(rule.to), topology.ports[rule.ports]}, rule.cost});
  }
  return blocks;
}

}  // namespace firebreak
