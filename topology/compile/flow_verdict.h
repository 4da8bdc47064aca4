#pragma once

#include <algorithm>
#include <span>

#include "firebreak/graph.h"
#include "firebreak/ports.h"

/// Verdicts over classes: the one place that knows in which order rules decide.
namespace firebreak {

/// The rules of a sorted pair of lists, merged ascending: those that name a class and those that hold for every place.
class RuleMerge {
 public:
  RuleMerge(std::span<const RuleIndex> named, std::span<const RuleIndex> everything)
      : named_(named), everything_(everything) {}

  [[nodiscard]] bool done() const { return named_.empty() && everything_.empty(); }
  [[nodiscard]] RuleIndex current() const {
    if (named_.empty()) return everything_.front();
    if (everything_.empty()) return named_.front();
    return std::min(named_.front(), everything_.front());
  }
  void next() {
    const RuleIndex now = current();
    if (!named_.empty() && named_.front() == now) named_ = named_.subspan(1);
    if (!everything_.empty() && everything_.front() == now) everything_ = everything_.subspan(1);
  }
  /// Skips all before `rule`. Cost: logarithmic.
  void skip_to(RuleIndex rule) {
    named_ = named_.subspan(static_cast<std::size_t>(std::ranges::lower_bound(named_, rule) - named_.begin()));
    everything_ = everything_.subspan(
        static_cast<std::size_t>(std::ranges::lower_bound(everything_, rule) - everything_.begin()));
  }

 private:
  std::span<const RuleIndex> named_;
  std::span<const RuleIndex> everything_;
};

[[nodiscard]] inline RuleMerge rules_from(const FlowRelation& flow, FlowClassId c) {
  return {flow.from_rules[c], flow.from_everything};
}
[[nodiscard]] inline RuleMerge rules_to(const FlowRelation& flow, FlowClassId c) {
  return {flow.to_rules[c], flow.to_everything};
}

[[nodiscard]] inline bool applies(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to) {
  return policy.within_zones || graph.flow.classes[from].zone != graph.flow.classes[to].zone;
}

/// Which of `wanted` one policy allows from one class to another. Cost: linear in the rules of both classes in this
/// policy.
[[nodiscard]] PortSet allowed_by(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                                 const PortSet& wanted);

/// Which of `wanted` all policies that apply allow. Cost: the same for all policies.
[[nodiscard]] PortSet permitted_of(const Graph& graph, FlowClassId from, FlowClassId to, PortSet wanted);

/// The rule of a policy that decides one port, or none when its default does.
[[nodiscard]] RuleIndex deciding_rule(const Graph& graph, const GraphPolicy& policy, FlowClassId from, FlowClassId to,
                                      std::uint32_t port);

/// Which of a rule's ports reach it between two classes; appends the earlier rules that take the others.
[[nodiscard]] PortSet ports_left_to(const Graph& graph, const GraphPolicy& policy, RuleIndex rule, FlowClassId from,
                                    FlowClassId to, std::vector<RuleIndex>& takers);

}  // namespace firebreak
