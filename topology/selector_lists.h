#pragma once

#include <string_view>

#include "firebreak/topology.h"

#include "topology/selector_use.h"

namespace firebreak {

/// A list of selectors somewhere in a topology: whose it is, and what it may say there.
struct SelectorPlace {
  std::string_view kind;  ///< "rule", "pivot", "scenario", "require"
  std::string_view id;    ///< its id or name, where it has one
  SelectorUse use;
};

[[nodiscard]] constexpr SelectorUse use_of(Expectation::Type type) {
  const bool reach = type == Expectation::Type::reached || type == Expectation::Type::unreached;
  return reach ? what_is_taken("'reached'") : kStateUse;
}

[[nodiscard]] constexpr SelectorUse end_use_of(Require::Type type, std::string_view where) {
  const bool reach = type == Require::Type::never_reaches || type == Require::Type::reaches_at_most;
  return reach ? what_is_taken(where) : flow_ends(where);
}

inline constexpr SelectorPlace kPivotPlace{"pivot", {}, what_is_taken("a pivot")};

/// Calls `visit(place, selectors)` for every list of selectors of a topology, in the order of its lists; not for those
/// of pivots, which are kept in another form.
template <class AnyTopology, class Visit>
void for_each_selector_list(AnyTopology& topology, const Visit& visit) {
  for (auto& rule : topology.rules) {
    visit(SelectorPlace{"rule", rule.name, flow_ends("a rule")}, rule.from);
    visit(SelectorPlace{"rule", rule.name, flow_ends("a rule")}, rule.to);
  }
  for (auto& scenario : topology.scenarios) {
    visit(SelectorPlace{"scenario", scenario.id, what_is_taken("'compromised'")}, scenario.compromised);
    visit(SelectorPlace{"scenario", scenario.id, kOffUse}, scenario.off);
    visit(SelectorPlace{"scenario", scenario.id, kIsolateUse}, scenario.isolate);
    for (auto* flows : {&scenario.block, &scenario.allow}) {
      for (auto& flow : *flows) {
        visit(SelectorPlace{"scenario", scenario.id, flow_ends("a flow")}, flow.from);
        visit(SelectorPlace{"scenario", scenario.id, flow_ends("a flow")}, flow.to);
      }
    }
    for (auto& expect : scenario.expect) {
      visit(SelectorPlace{"scenario", scenario.id, use_of(expect.type)}, expect.who);
    }
  }
  for (auto& require : topology.requires_all) {
    visit(SelectorPlace{"require", require.id, end_use_of(require.type, "'from'")}, require.from);
    visit(SelectorPlace{"require", require.id, end_use_of(require.type, "'to'")}, require.to);
    visit(SelectorPlace{"require", require.id, kServicesUse}, require.services);
    visit(SelectorPlace{"require", require.id, kLossUse}, require.of);
  }
}

}  // namespace firebreak
