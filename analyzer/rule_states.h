#pragma once

#include <cstdint>

#include "firebreak/graph.h"

#include "analyzer/cell_states.h"
#include "analyzer/port_algebra.h"

namespace firebreak {

/// What the rules from one on say, in a list that is read from its end: each rule overwrites, on the ports it names,
/// what the rules behind it said; `pass` writes what the next tier says.
struct Verdicts {
  PortSetId permitted;  ///< by this rule and those behind it
  PortSetId next_tier;  ///< by the tiers behind the one at hand: what a pass falls back to

  [[nodiscard]] CellStates::State packed() const { return std::uint64_t{next_tier.index()} << 32U | permitted.index(); }
  static Verdicts unpacked(CellStates::State state) {
    return {PortSetId(static_cast<std::uint32_t>(state)), PortSetId(static_cast<std::uint32_t>(state >> 32U))};
  }

  /// With one more rule before those it knows, of the same tier.
  [[nodiscard]] Verdicts after(const GraphRule& rule, PortAlgebra& ports) const {
    if (rule.action == RuleAction::allow) return {ports.unite(permitted, rule.ports), next_tier};
    const PortSetId others = ports.subtract(permitted, rule.ports);
    if (rule.action == RuleAction::deny) return {others, next_tier};
    return {ports.unite(others, ports.intersect(next_tier, rule.ports)), next_tier};
  }
  /// Where a tier begins before the one at hand.
  [[nodiscard]] Verdicts in_new_tier() const { return {permitted, permitted}; }
};

/// What the rules up to one leave, in a list that is read from its beginning.
struct Taken {
  PortSetId decided;  ///< by an allow or a deny
  PortSetId passed;   ///< on to the next tier by a pass of this one

  [[nodiscard]] CellStates::State packed() const { return std::uint64_t{passed.index()} << 32U | decided.index(); }
  static Taken unpacked(CellStates::State state) {
    return {PortSetId(static_cast<std::uint32_t>(state)), PortSetId(static_cast<std::uint32_t>(state >> 32U))};
  }

  /// The ports of a rule that come to it.
  [[nodiscard]] PortSetId left_to(const GraphRule& rule, PortAlgebra& ports) const {
    return ports.subtract(ports.subtract(rule.ports, decided), passed);
  }
  [[nodiscard]] Taken after(const GraphRule& rule, PortAlgebra& ports) const {
    const PortSetId left = left_to(rule, ports);
    if (rule.action == RuleAction::pass) return {decided, ports.unite(passed, left)};
    return {ports.unite(decided, left), passed};
  }
  [[nodiscard]] Taken in_new_tier(PortAlgebra& ports) const { return {decided, ports.none()}; }
};

}  // namespace firebreak
