#pragma once

#include <optional>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/policy.h"

/// Graphs with other policies, made from a graph without compiling a topology.
namespace firebreak {

/// The policies of a graph in a form that can be changed.
class FlowDraft {
 public:
  struct DraftRule {
    GraphRule rule;
    std::vector<SelectorId> from;  ///< empty = every place
    std::vector<SelectorId> to;
  };
  struct DraftPolicy {
    GraphPolicy policy;  ///< without the numbers of its rules
    std::vector<DraftRule> rules;
  };

  /// Cost: linear in the graph's flows.
  explicit FlowDraft(const Graph& graph);

  std::vector<DraftPolicy> policies;

  /// A selector that means this place alone, which becomes a class of its own. It must have a class.
  [[nodiscard]] SelectorId only(NodeId place);
  /// One that means all places in a zone and in zones under it, the zones among them.
  /// Cost: linear in the classes.
  [[nodiscard]] SelectorId inside(NodeId zone);

  /// The flows of the draft. Rules are numbered policy by policy.
  [[nodiscard]] FlowRelation packed() const;

 private:
  [[nodiscard]] SelectorId new_selector() { return SelectorId(selectors_++); }

  const Graph& graph_;
  std::size_t selectors_;
  IdVector<NodeId, FlowClassId> class_of_;
  IdVector<FlowClassId, FlowRelation::Class> classes_;
  IdVector<FlowClassId, std::vector<SelectorId>> selectors_of_;
  IdVector<NodeId, SelectorId> only_;
  IdVector<NodeId, SelectorId> inside_;
};

/// The id of a set of ports in a graph, which gets it where it has none such yet.
[[nodiscard]] PortSetId add_ports(Graph& graph, const PortSet& ports);

/// The same graph with one policy, which judges inside zones too and allows just what these rules say, place by place:
/// a zone means the hosts in it that are not modelled alone. All rules have sources and targets. For the spread law
/// alone: which needs are permitted stays as it was. Cost: linear in the graph's flows and in the words of the rules,
/// each times the distinct sets of ports.
[[nodiscard]] Graph allowing_only(const Graph& graph, const std::vector<LeastRule>& rules);

}  // namespace firebreak
