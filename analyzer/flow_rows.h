#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

#include "analyzer/cell_states.h"
#include "analyzer/flow_groups.h"
#include "analyzer/port_algebra.h"

namespace firebreak {

using SenderId = Id<struct SenderTag>;  ///< groups of places that the same rules and actions hold as sources

/// Whom the rules and actions hold, by what they tell apart: on each side far fewer kinds than groups of places.
struct FlowSides {
  IdVector<GroupId, SenderId> sender;
  IdVector<GroupId, ReceiverId> receiver;
  Packed<SenderId, GroupId> senders;  ///< their groups, ascending
  Packed<ReceiverId, GroupId> receivers;
  Packed<SelectorId, ReceiverId> meant_by;  ///< the receivers that a selector means
};
/// By group: what it is as a source, numbered in the order of the groups. Cost: linear in the selectors of the groups,
/// and in the groups for each action.
[[nodiscard]] IdVector<GroupId, SenderId> find_senders(const Graph& graph, const Scenario& scenario,
                                                       const FlowGroups& groups);
[[nodiscard]] FlowSides split_sides(const Graph& graph, const Scenario& scenario, const FlowGroups& groups);

/// Which ports are permitted from one kind of sources to all targets at once: the rules that hold the source are laid
/// one over the other, the last one first, each on the targets it names. Cost of a row: the sum over the rules that
/// hold the source of the targets they name; a rule for every target costs no more than one for few. Nothing is kept
/// but the row at hand.
class FlowRows {
 public:
  /// The graph, the scenario and the groups must outlive it.
  FlowRows(const Graph& graph, const Scenario& scenario, const FlowGroups& groups);

  [[nodiscard]] const FlowSides& sides() const { return sides_; }
  [[nodiscard]] PortAlgebra& ports() { return ports_; }

  /// Works out a row; the answers below are of it until the next.
  void load(SenderId sender);

  /// The permitted ports, by receiver, as ids of `ports()`: to a target in another zone, and in the same zone.
  [[nodiscard]] const CellStates& across() const { return *across_; }
  [[nodiscard]] const CellStates& inside() const { return *inside_; }
  [[nodiscard]] static PortSetId ports_of(CellStates::State state) { return PortSetId(state); }

 private:
  struct Action {
    std::vector<SenderId> from;  ///< ascending
    std::vector<ReceiverId> to;
    bool to_everything = false;
    PortSetId ports;
    bool allow = false;
  };

  void read_actions(const Scenario& scenario);
  void lay_rules(const GraphPolicy& policy, SenderId sender, CellStates& cells);
  void lay_actions(SenderId sender, CellStates& cells);

  const Graph& graph_;
  const FlowGroups& groups_;
  FlowSides sides_;
  PortAlgebra ports_;
  std::vector<Action> actions_;  ///< allows, then blocks: the order they are laid in
  bool same_inside_ = true;      ///< every policy, if there is one, also judges inside zones
  CellStates first_, second_, policy_;
  const CellStates* across_ = &first_;
  const CellStates* inside_ = &second_;
};

/// Changes the states of all targets of a rule.
template <class Next>
void change_targets(const FlowRelation& flow, const FlowSides& sides, RuleIndex rule, CellStates& cells, Next next) {
  const std::span<const SelectorId> selectors = flow.to_selectors[rule];
  if (selectors.empty()) {
    cells.change_all(next);
    return;
  }
  cells.begin_change();
  for (const SelectorId selector : selectors) cells.change(sides.meant_by[selector], next);
}

/// The rules of a policy that hold a class as source, ascending.
[[nodiscard]] std::vector<RuleIndex> rules_holding(const Graph& graph, const GraphPolicy& policy, FlowClassId source);

}  // namespace firebreak
