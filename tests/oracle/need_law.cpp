#include "tests/oracle/need_law.h"

#include <algorithm>

#include "tests/oracle/flows.h"
#include "tests/oracle/values.h"

// The greatest solution of the equations is found as Kleene has it: everything lasts forever at first; then every
// equation is evaluated again and again, all of them each time, until nothing changes.

namespace firebreak::oracle {

namespace {

enum class Value : std::uint8_t { fails, degraded };

/// The widest path of zones over links: for each pair the latest time until which some path holds.
std::map<ZonePair, Seconds> connected_until(const Topology& topology, const IdVector<NodeId, Seconds>& fails) {
  std::map<ZonePair, Seconds> until;
  for (const Zone& a : topology.zones) {
    for (const Zone& b : topology.zones) {
      until[{a.node, b.node}] = a.node == b.node || topology.links.empty() ? kNever : 0;
    }
  }
  for (const Link& link : topology.links) {
    Seconds& there = until[{link.a, link.b}];
    there = std::max(there, fails[link.node]);
    until[{link.b, link.a}] = there;
  }
  for (const Zone& over : topology.zones) {
    for (const Zone& a : topology.zones) {
      for (const Zone& b : topology.zones) {
        Seconds& direct = until[{a.node, b.node}];
        direct = std::max(direct, std::min(until[{a.node, over.node}], until[{over.node, b.node}]));
      }
    }
  }
  return until;
}

class Equations {
 public:
  Equations(const Topology& topology, const Scenario& scenario)
      : topology_(topology),
        scenario_(scenario),
        flows_(topology, scenario),
        owner_(topology.needs.size()),
        cut_(topology.needs.size()) {
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      own(needs_of(topology, n), n);
    }
  }

  [[nodiscard]] const std::vector<bool>& cut() const { return cut_; }

  /// As `hands_lost`.
  [[nodiscard]] Seconds hands_lost(NodeId system) {
    const NeedLaw law = solve();
    const NeedRange range = topology_.system(system).managed_by;
    own(range, system);
    Times times = law.fails;
    for (std::uint32_t i = range.end; i-- > range.begin;) times.item[i] = item(i, times, Value::fails, law.connected);
    Seconds lost = kNever;
    for (const std::uint32_t i : range_items(topology_, range)) lost = std::min(lost, times.item[i]);
    return lost;
  }

  [[nodiscard]] NeedLaw solve() const {
    NeedLaw law;
    law.fails = everything_lasts();
    for (bool changed = true; changed;) {
      law.connected = connected_until(topology_, law.fails.node);
      changed = improve(law.fails, Value::fails, law.connected);
    }
    law.degrades = everything_lasts();
    while (improve(law.degrades, Value::degraded, law.connected)) {
    }
    for (std::uint32_t i = 0; i < owner_.size(); ++i) law.severed.push_back(severed(i, law.connected));
    return law;
  }

 private:
  void own(NeedRange range, NodeId owner) {
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      owner_[i] = owner;
      cut_[i] = topology_.needs[i].type == Need::Type::leaf && cut_at_once(topology_.needs[i], owner);
    }
  }

  [[nodiscard]] Times everything_lasts() const {
    return {IdVector<NodeId, Seconds>(topology_.nodes.size(), kNever),
            std::vector<Seconds>(topology_.needs.size(), kNever)};
  }

  /// Evaluates every equation once; whether something changed.
  bool improve(Times& times, Value value, const std::map<ZonePair, Seconds>& connected) const {
    Times next = times;
    for (auto i = static_cast<std::uint32_t>(owner_.size()); i-- > 0;) {  // members stand behind their group
      if (owner_[i].valid()) next.item[i] = item(i, next, value, connected);
    }
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) next.node[n] = node(n, next, times, value);
    std::swap(times, next);
    return !(times == next);
  }

  [[nodiscard]] Seconds item(std::uint32_t i, const Times& times, Value value,
                             const std::map<ZonePair, Seconds>& connected) const {
    const Need& need = topology_.needs[i];
    if (value == Value::fails && need.soft) return kNever;
    if (value == Value::degraded && need.fallback) return 0;
    if (need.type == Need::Type::leaf) {
      return later(std::min(times.node[need.on], severed(i, connected)), need.grace);
    }
    std::vector<Seconds> lost;
    for (const std::uint32_t member : members(topology_, i)) lost.push_back(times.item[member]);
    std::ranges::sort(lost);
    const std::size_t n = lost.size();
    const std::size_t k = need.type == Need::Type::all ? n : need.type == Need::Type::any ? 1 : need.k;
    return later(lost[n - k], need.grace);  // the (n-k+1)-th smallest
  }

  /// `now` holds the items of this round, `before` the nodes of the last one.
  [[nodiscard]] Seconds node(NodeId n, const Times& now, const Times& before, Value value) const {
    if (holds(scenario_.off, n)) return 0;
    std::vector<Seconds> lost;
    if (kind_of(topology_, n) == NodeKind::customer) {
      for (const Located<NodeId>& use : topology_.customer(n).uses) lost.push_back(before.node[use.value]);
      if (lost.empty()) return kNever;
      return value == Value::fails ? std::ranges::max(lost) : std::ranges::min(lost);
    }
    for (const std::uint32_t i : range_items(topology_, needs_of(topology_, n))) lost.push_back(now.item[i]);
    for (const NodeId physical : rests_on(topology_, n)) lost.push_back(before.node[physical]);
    return lost.empty() ? kNever : std::ranges::min(lost);
  }

  /// Severed whatever the links do.
  [[nodiscard]] bool cut_at_once(const Need& need, NodeId owner) const {
    const bool provider_isolated = holds(scenario_.isolated_systems, need.on);
    if (kind_of(topology_, owner) == NodeKind::site || kind_of(topology_, need.on) == NodeKind::site) return false;
    if (kind_of(topology_, owner) == NodeKind::link) return provider_isolated;
    if (provider_isolated || holds(scenario_.isolated_systems, owner)) return true;
    if (kind_of(topology_, need.on) != NodeKind::system) return false;
    const NodeId from = source(topology_, need, owner);
    const NodeId from_zone = zone_of(topology_, from);
    const NodeId to_zone = zone_of(topology_, need.on);
    if (flows_.border_between(from_zone, to_zone)) return true;
    if (!need.port.valid()) return flows_.blocked_wholly(from, need.on);
    return from_zone.valid() && to_zone.valid() &&
           !flows_.permitted_on_every(from, need.on, topology_.ports[need.port]);
  }

  [[nodiscard]] Seconds severed(std::uint32_t i, const std::map<ZonePair, Seconds>& connected) const {
    const Need& need = topology_.needs[i];
    if (cut_[i]) return 0;
    if (!owner_[i].valid() || need.type != Need::Type::leaf || kind_of(topology_, owner_[i]) == NodeKind::site ||
        kind_of(topology_, owner_[i]) == NodeKind::link || kind_of(topology_, need.on) != NodeKind::system) {
      return kNever;
    }
    const NodeId from_zone = zone_of(topology_, source(topology_, need, owner_[i]));
    const NodeId to_zone = zone_of(topology_, need.on);
    return from_zone.valid() && to_zone.valid() ? connected.at({from_zone, to_zone}) : kNever;
  }

  const Topology& topology_;
  const Scenario& scenario_;
  Flows flows_;
  std::vector<NodeId> owner_;  ///< by index in Topology::needs; none for items of `managed_by`
  std::vector<bool> cut_;      ///< severed from the start
};

/// How many members of a group hold at a time beyond those that must.
std::ptrdiff_t spare(const Topology& topology, std::uint32_t group, const NeedLaw& law, Seconds at) {
  const Need& need = topology.needs[group];
  std::ptrdiff_t holding = 0;
  for (const std::uint32_t member : members(topology, group)) {
    if (!is_past(law.fails.item[member], at)) ++holding;
  }
  return holding - static_cast<std::ptrdiff_t>(need.type == Need::Type::any ? 1 : need.k);
}

/// Some group of the node's own, not soft nor inside a soft one, had members to spare and now has none.
bool at_risk(const Topology& topology, NodeId node, const NeedLaw& now, const NeedLaw& before, Seconds at) {
  const NeedRange range = needs_of(topology, node);
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Need& need = topology.needs[i];
    if (need.soft) {
      i = need.end - 1;  // past all its members
      continue;
    }
    if (need.type != Need::Type::any && need.type != Need::Type::at_least) continue;
    if (spare(topology, i, before, at) > 0 && spare(topology, i, now, at) <= 0) return true;
  }
  return false;
}

double weight(const Service& service) {
  return service.weight.value_or(service.users.value_or(1));
}

}  // namespace

std::vector<bool> cut_at_once(const Topology& topology, const Scenario& scenario) {
  return Equations(topology, scenario).cut();
}

Seconds hands_lost(const Topology& topology, const Scenario& scenario, NodeId system) {
  return Equations(topology, scenario).hands_lost(system);
}

NeedLaw need_law(const Topology& topology, const Scenario& scenario) {
  return Equations(topology, scenario).solve();
}

Outcome outcome(const Topology& topology, const Scenario& scenario, const NeedLaw& now, const NeedLaw& before,
                Seconds at) {
  const std::size_t count = topology.nodes.size();
  Outcome out{IdVector<NodeId, State>(count, State::works), IdVector<NodeId, Seconds>(count, kNever),
              IdVector<NodeId, bool>(count, false), 0};
  for (const NodeId n : ids<NodeId>(count)) {
    if (holds(scenario.off, n)) {
      out.state[n] = State::off;
      out.after[n] = 0;
    } else if (is_past(now.fails.node[n], at)) {
      out.state[n] = State::fails;
      out.after[n] = now.fails.node[n];
      out.from_start[n] = before.fails.node[n] != kNever;
    } else if (is_past(now.degrades.node[n], at)) {
      out.state[n] = State::degraded;
      out.after[n] = now.degrades.node[n];
      out.from_start[n] = before.degrades.node[n] != kNever;
    } else if (at_risk(topology, n, now, before, at)) {
      out.state[n] = State::at_risk;
    }
  }
  for (const Service& service : topology.services) {
    const State state = out.state[service.node];
    if (state == State::off || state == State::fails) out.weight_lost += weight(service);
  }
  return out;
}

Outcome outcome(const Topology& topology, const Scenario& scenario, Seconds at) {
  return outcome(topology, scenario, need_law(topology, scenario), need_law(topology, Scenario{}), at);
}

}  // namespace firebreak::oracle
