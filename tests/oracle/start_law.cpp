#include "tests/oracle/start_law.h"

#include <algorithm>
#include <vector>

#include "tests/oracle/need_law.h"
#include "tests/oracle/values.h"

// Evaluated again and again, all nodes each time, until nothing changes: upwards from what is up, or downwards from
// all.

namespace firebreak::oracle {

StartLaw::StartLaw(const Topology& topology, const Scenario& scenario)
    : topology_(topology), cut_(cut_at_once(topology, scenario)) {}

bool StartLaw::holds(NodeId n, const Up& up) const {
  if (kind_of(topology_, n) == NodeKind::customer) {
    const auto& uses = topology_.customer(n).uses;
    return uses.empty() || std::ranges::any_of(uses, [&](const auto& use) { return up[use.value]; });
  }
  const auto items = range_items(topology_, needs_of(topology_, n));
  return std::ranges::all_of(items, [&](std::uint32_t i) { return item_holds(i, n, {up}); }) &&
         std::ranges::all_of(rests_on(topology_, n), [&](NodeId physical) { return up[physical]; });
}

bool StartLaw::holds_by_hand(NodeId n, const Up& up, const std::vector<NodeId>& loop) const {
  Up with_loop = up;
  bool links_work = false;
  for (const NodeId member : loop) {
    with_loop[member] = true;
    links_work = links_work || kind_of(topology_, member) == NodeKind::link;
  }
  if (kind_of(topology_, n) == NodeKind::customer) return holds(n, with_loop);
  const auto items = range_items(topology_, needs_of(topology_, n));
  return std::ranges::all_of(items,
                             [&](std::uint32_t i) {
                               return item_holds(i, n, {with_loop, links_work});
                             }) &&
         std::ranges::all_of(rests_on(topology_, n), [&](NodeId physical) { return up[physical]; });
}

bool StartLaw::item_holds(std::uint32_t i, NodeId owner, const Eyes& eyes) const {
  const Need& need = topology_.needs[i];
  if (need.soft || !need.start) return true;
  if (need.type == Need::Type::leaf) {
    if (!eyes.up[need.on] || cut_[i]) return false;
    return connected(need, owner, eyes.links_work ? Up(topology_.nodes.size(), true) : eyes.up);
  }
  const auto inner = members(topology_, i);
  const auto holding = static_cast<std::size_t>(
      std::ranges::count_if(inner, [&](std::uint32_t member) { return item_holds(member, owner, eyes); }));
  return holding >= (need.type == Need::Type::all ? inner.size() : need.type == Need::Type::any ? 1 : need.k);
}

bool StartLaw::connected(const Need& need, NodeId owner, const Up& up) const {
  const NodeKind kind = kind_of(topology_, owner);
  if (topology_.links.empty() || kind == NodeKind::site || kind == NodeKind::link) return true;
  if (kind_of(topology_, need.on) != NodeKind::system) return true;
  const NodeId from = zone_of(topology_, source(topology_, need, owner));
  const NodeId to = zone_of(topology_, need.on);
  if (!from.valid() || !to.valid()) return true;
  std::vector<NodeId> seen{from};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (const Link& link : topology_.links) {
      if (!up[link.node] || (link.a != seen[i] && link.b != seen[i])) continue;
      const NodeId next = link.a == seen[i] ? link.b : link.a;
      if (std::ranges::find(seen, next) == seen.end()) seen.push_back(next);
    }
  }
  return std::ranges::find(seen, to) != seen.end();
}

Up StartLaw::started(Up up, const Up& held) const {
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (up[n] || held[n] || !holds(n, up)) continue;
      up[n] = true;
      changed = true;
    }
  }
  return up;
}

Up StartLaw::self_sustaining() const {
  Up up(topology_.nodes.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (!up[n] || holds(n, up)) continue;
      up[n] = false;
      changed = true;
    }
  }
  return up;
}

Up started(const Topology& topology, const Up& by_hand) {
  return StartLaw(topology, Scenario{}).started(by_hand, Up(topology.nodes.size(), false));
}

Up self_sustaining(const Topology& topology) {
  return StartLaw(topology, Scenario{}).self_sustaining();
}

}  // namespace firebreak::oracle
