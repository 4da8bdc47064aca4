#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "firebreak/contain.h"

#include "analyzer/flow_ends.h"

namespace firebreak {

using CutId = Id<struct CutTag>;

/// The actions a search may choose from, numbered as they are first thought of.
class Cuts {
 public:
  /// All three must outlive it.
  Cuts(const Graph& graph, const Scenario& scenario, const ContainOptions& options);

  /// The action, or none when it may not be used or the scenario has it already.
  [[nodiscard]] CutId isolate(NodeId n);             ///< a system or a zone
  [[nodiscard]] CutId switch_off(NodeId n);          ///< a system or an identity
  [[nodiscard]] CutId block_rule(std::size_t rule);  ///< of ContainOptions::rules
  [[nodiscard]] CutId block_zones(NodeId from, NodeId to);

  [[nodiscard]] std::size_t size() const { return actions_.size(); }
  [[nodiscard]] const Action& action(CutId c) const { return actions_[c]; }
  [[nodiscard]] double cost(const Action& action) const;
  [[nodiscard]] double cost(CutId c) const { return cost(actions_[c]); }
  /// What the rules that may be blocked name.
  [[nodiscard]] const NamingRules& naming() const { return naming_; }
  /// The rules that may be blocked and hold flows between two systems, ascending, whatever their ports. Cost: linear in
  /// those that name one of the two.
  [[nodiscard]] std::vector<std::size_t> rules_between(NodeId from, NodeId to) const;

  /// The flow that a block of a rule blocks.
  [[nodiscard]] const FlowRule& blocked(const Action& block_rule) const {
    return options_.rules[rule_.at(block_rule.rule)].flow;
  }

  /// Whether the action alone severs a need that the scenario does not.
  [[nodiscard]] bool severs(CutId c, const Leaf& leaf);

  /// Whether a zone is another one or lies under it.
  [[nodiscard]] bool inside(NodeId zone, NodeId outer) const;

  [[nodiscard]] std::span<const RuleBlock> rules() const { return options_.rules; }

 private:
  static constexpr std::uint8_t kOff = 1;
  static constexpr std::uint8_t kIsolated = 2;

  void find_carriers();
  void list_rules();
  [[nodiscard]] CutId find(const Action& action, bool useful);

  const Graph& graph_;
  const ContainOptions& options_;
  IdVector<NodeId, std::uint8_t> pinned_;  ///< no action may be on it
  IdVector<NodeId, std::uint8_t> done_;    ///< by the scenario: kOff, kIsolated
  IdVector<NodeId, bool> carries_;         ///< it has a host or guests, or sites or links go down with it
  std::map<RuleId, std::size_t> rule_;     ///< its place among the rules
  std::map<Action, CutId> known_;
  IdVector<CutId, Action> actions_;
  NamingRules naming_;                      ///< rules tell no places of a class apart
  std::vector<std::size_t> from_everyone_;  ///< the rules that name everyone as sender
  std::vector<std::size_t> to_everyone_;
};

/// The places in a zone and in zones under it: what a selector that names it means.
[[nodiscard]] PlaceSet places_in(const Graph& graph, NodeId zone);

/// The zone whose places these are, all of them and no others; none when there is none.
[[nodiscard]] NodeId zone_of(const Graph& graph, const PlaceSet& places);

}  // namespace firebreak
