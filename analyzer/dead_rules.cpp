// A rule is alive as soon as one pair of places leaves it a port; the search stops there. Only a rule that is dead is
// looked at for all its pairs of classes.

#include <algorithm>

#include "firebreak/check.h"

#include "topology/compile/flow_verdict.h"

namespace firebreak {

namespace {

/// The pairs of classes looked at per rule before it is taken to be alive.
constexpr std::size_t kMostPairs = 1'000'000;

class DeadRuleSearch {
 public:
  explicit DeadRuleSearch(const Graph& graph) : graph_(graph), from_classes_(graph.flow.rules.size()) {
    for (const FlowClassId c : ids<FlowClassId>(graph.flow.classes.size())) {
      all_classes_.push_back(c);
      for (const RuleIndex r : graph.flow.from_rules[c]) from_classes_[r].push_back(c);
    }
  }

  [[nodiscard]] std::vector<DeadRule> run() {
    std::vector<DeadRule> dead;
    for (const GraphPolicy& policy : graph_.flow.policies) {
      for (RuleIndex r = policy.first_rule; r < policy.end_rule; r = RuleIndex(r.index() + 1)) {
        std::vector<RuleIndex> takers;
        if (alive(policy, r, takers)) continue;
        std::ranges::sort(takers);
        takers.erase(std::ranges::unique(takers).begin(), takers.end());
        DeadRule found{graph_.flow.rules[r].rule, {}};
        for (const RuleIndex t : takers) found.shadowed_by.push_back(graph_.flow.rules[t].rule);
        dead.push_back(std::move(found));
      }
    }
    return dead;
  }

 private:
  [[nodiscard]] bool alive(const GraphPolicy& policy, RuleIndex rule, std::vector<RuleIndex>& takers) const {
    const FlowRelation& flow = graph_.flow;
    const bool from_all = std::ranges::binary_search(flow.from_everything, rule);
    const bool to_all = std::ranges::binary_search(flow.to_everything, rule);
    const std::span<const FlowClassId> sources = from_all ? all_classes_ : from_classes_[rule];
    const std::span<const FlowClassId> targets =
        to_all ? std::span<const FlowClassId>(all_classes_) : flow.to_classes[rule];
    std::size_t pairs = 0;
    for (const FlowClassId from : sources) {
      for (const FlowClassId to : targets) {
        if (++pairs > kMostPairs) return true;
        if (from == to && flow.members[from].size() < 2) continue;
        if (!applies(graph_, policy, from, to)) continue;
        if (!ports_left_to(graph_, policy, rule, from, to, takers).empty()) return true;
      }
    }
    return false;
  }

  const Graph& graph_;
  std::vector<FlowClassId> all_classes_;
  IdVector<RuleIndex, std::vector<FlowClassId>> from_classes_;
};

}  // namespace

std::vector<DeadRule> dead_rules(const Graph& graph) {
  return DeadRuleSearch(graph).run();
}

}  // namespace firebreak
