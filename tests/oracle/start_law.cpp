#include "tests/oracle/start_law.h"

#include <algorithm>
#include <vector>

#include "tests/oracle/need_law.h"
#include "tests/oracle/values.h"

// Evaluated again and again, all nodes each time, until nothing changes: upwards from what is up, or downwards from
// all.

namespace firebreak::oracle {

namespace {

class StartEquations {
 public:
  explicit StartEquations(const Topology& topology) : topology_(topology), cut_(cut_at_once(topology, Scenario{})) {}

  /// Whether a node could start, or stay, with these up.
  [[nodiscard]] bool holds(NodeId n, const Up& up) const {
    if (kind_of(topology_, n) == NodeKind::customer) {
      const auto& uses = topology_.customer(n).uses;
      return uses.empty() || std::ranges::any_of(uses, [&](const auto& use) { return up[use.value]; });
    }
    const auto items = range_items(topology_, needs_of(topology_, n));
    return std::ranges::all_of(items, [&](std::uint32_t i) { return holds(i, n, up); }) &&
           std::ranges::all_of(rests_on(topology_, n), [&](NodeId physical) { return up[physical]; });
  }

 private:
  [[nodiscard]] bool holds(std::uint32_t i, NodeId owner, const Up& up) const {
    const Need& need = topology_.needs[i];
    if (need.soft || !need.start) return true;
    if (need.type == Need::Type::leaf) return up[need.on] && !cut_[i] && connected(need, owner, up);
    const auto inner = members(topology_, i);
    const auto holding = static_cast<std::size_t>(
        std::ranges::count_if(inner, [&](std::uint32_t member) { return holds(member, owner, up); }));
    return holding >= (need.type == Need::Type::all ? inner.size() : need.type == Need::Type::any ? 1 : need.k);
  }

  [[nodiscard]] bool connected(const Need& need, NodeId owner, const Up& up) const {
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

  const Topology& topology_;
  std::vector<bool> cut_;
};

}  // namespace

Up started(const Topology& topology, const Up& by_hand) {
  const StartEquations equations(topology);
  Up up = by_hand;
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      if (up[n] || !equations.holds(n, up)) continue;
      up[n] = true;
      changed = true;
    }
  }
  return up;
}

Up self_sustaining(const Topology& topology) {
  const StartEquations equations(topology);
  Up up(topology.nodes.size(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      if (!up[n] || equations.holds(n, up)) continue;
      up[n] = false;
      changed = true;
    }
  }
  return up;
}

}  // namespace firebreak::oracle
