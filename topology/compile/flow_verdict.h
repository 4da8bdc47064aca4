#pragma once

#include <array>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/ports.h"

/// Verdicts over classes: the one place that knows in which order rules decide.
namespace firebreak {

/// The rules that hold a class on one side, ascending: those of all its selectors and those of every place, merged as
/// they are asked for.
class RuleWalk {
 public:
  /// `of` is FlowRelation::from_rules with `everything` FlowRelation::from_everything, or the same of `to`.
  RuleWalk(const FlowRelation& flow, FlowClassId c, const Packed<SelectorId, RuleIndex>& of,
           std::span<const RuleIndex> everything);
  RuleWalk(const RuleWalk&) = delete;
  RuleWalk& operator=(const RuleWalk&) = delete;

  /// The first rule that is not before `at_least`, which never decreases from call to call; none when there is no more.
  /// Cost: the selectors of the class, and the logarithm of what is passed over.
  [[nodiscard]] RuleIndex seek(RuleIndex at_least);

 private:
  using Rules = std::span<const RuleIndex>;

  [[nodiscard]] std::span<Rules> lists() {
    return more_.empty() ? std::span<Rules>(few_).first(count_) : std::span<Rules>(more_);
  }

  std::array<Rules, 12> few_;
  std::size_t count_ = 0;
  std::vector<Rules> more_;  ///< all of them, where they are too many
};

[[nodiscard]] inline RuleWalk rules_from(const FlowRelation& flow, FlowClassId c) {
  return {flow, c, flow.from_rules, flow.from_everything};
}
[[nodiscard]] inline RuleWalk rules_to(const FlowRelation& flow, FlowClassId c) {
  return {flow, c, flow.to_rules, flow.to_everything};
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

/// What decides some ports in one policy.
struct Decision {
  RuleIndex rule;  ///< none = the default
  PortSet ports;   ///< that it decides
};

/// What decides each of `wanted`, in order, looking only at the rules from `first` on (none = all). Cost: the same.
[[nodiscard]] std::vector<Decision> decisions(const Graph& graph, const GraphPolicy& policy, FlowClassId from,
                                              FlowClassId to, const PortSet& wanted, RuleIndex first = {});

/// Which of a rule's ports reach it between two classes; appends the earlier rules that take the others.
[[nodiscard]] PortSet ports_left_to(const Graph& graph, const GraphPolicy& policy, RuleIndex rule, FlowClassId from,
                                    FlowClassId to, std::vector<RuleIndex>& takers);

}  // namespace firebreak
