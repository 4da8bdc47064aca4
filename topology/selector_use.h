#pragma once

#include <string_view>

#include "topology/kind_set.h"

namespace firebreak {

/// What a selector may say in one place of the format, and what it means there.
struct SelectorUse {
  std::string_view where;  ///< "a rule"
  KindSet takes;           ///< kinds whose id may stand there
  KindSet means;           ///< kinds that a tag, a kind or a prefix means there
  KindSet itself;          ///< kinds whose id means the node itself; a zone's or site's else the systems in it
  bool isolates = false;
};

inline constexpr KindSet kPlaceKinds{NodeKind::zone, NodeKind::system};
inline constexpr KindSet kTakenKinds{NodeKind::system, NodeKind::identity};
inline constexpr KindSet kAllButZones{NodeKind::site,    NodeKind::system,   NodeKind::identity,
                                      NodeKind::service, NodeKind::customer, NodeKind::link};

/// Ends of flows: rules, blocks, flow requires. Zones stand for the hosts in them that are not modelled.
[[nodiscard]] constexpr SelectorUse flow_ends(std::string_view where) {
  return {where, {NodeKind::zone, NodeKind::site, NodeKind::system}, kPlaceKinds, kPlaceKinds};
}
/// What can be compromised: pivots, `compromised`, reach requires.
[[nodiscard]] constexpr SelectorUse what_is_taken(std::string_view where) {
  return {where, {NodeKind::zone, NodeKind::site, NodeKind::system, NodeKind::identity}, kTakenKinds, kTakenKinds};
}
inline constexpr SelectorUse kOffUse{"'off'", KindSet::all(), kTakenKinds, kAllButZones};
inline constexpr SelectorUse kStateUse{"'expect'", KindSet::all(), kTakenKinds, kAllButZones};
inline constexpr SelectorUse kIsolateUse{
    "'isolate'",
    {NodeKind::zone, NodeKind::site, NodeKind::system, NodeKind::identity, NodeKind::service, NodeKind::link},
    {NodeKind::system},
    KindSet::all(),
    true};
inline constexpr SelectorUse kLossUse{
    "'of'",
    {NodeKind::zone, NodeKind::site, NodeKind::system, NodeKind::identity, NodeKind::service, NodeKind::link},
    kTakenKinds,
    kAllButZones};
inline constexpr SelectorUse kServicesUse{"'services'", {NodeKind::service}, {NodeKind::service}, {NodeKind::service}};
/// Any node at all.
inline constexpr SelectorUse kAnyUse{"this", KindSet::all(), kTakenKinds, KindSet::all()};

}  // namespace firebreak
