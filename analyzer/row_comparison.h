#pragma once

#include <span>
#include <vector>

#include "analyzer/flow_kinds.h"

namespace firebreak {

/// The rules in which two rows differ: only their targets can be permitted other ports.
struct RowDifference {
  bool known = false;             ///< false: the rows may differ anywhere
  std::vector<RuleIndex> before;  ///< rules that hold the source and have no like on the other side
  std::vector<RuleIndex> after;

  [[nodiscard]] bool none() const { return known && before.empty() && after.empty(); }
};

/// In which rules sources follow other rows than before, found without laying the rows: rules are alike that say the
/// same of the same sets of places, and rows are that follow such rules in the same order.
class RowComparison {
 public:
  /// Cost: linear in the places that the selectors mean, and in the words of the rules.
  RowComparison(const Versions& versions, FlowSide& before, FlowSide& after, const FlowKinds& kinds);

  /// Both senders are of the same places. Cost: n log n in the rules that hold them.
  [[nodiscard]] RowDifference difference(SenderId before, SenderId after) const;

 private:
  [[nodiscard]] static bool places_stay(const Versions& versions, const FlowKinds& kinds);
  [[nodiscard]] bool policies_stay() const;
  void number_rules(const Versions& versions);

  const FlowSide& before_;
  const FlowSide& after_;
  bool comparable_ = false;  ///< all places are where they were, what links join too, and policies judge the same pairs
  IdVector<RuleIndex, std::uint32_t> before_rules_;  ///< equal numbers for rules that say the same
  IdVector<RuleIndex, std::uint32_t> after_rules_;
};

}  // namespace firebreak
