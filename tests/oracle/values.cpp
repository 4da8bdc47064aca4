#include "tests/oracle/values.h"

#include <algorithm>
#include <set>

namespace firebreak::oracle {

Seconds later(Seconds time, Seconds by) {
  return time == kNever || by == kNever ? kNever : time + by;
}

bool is_past(Seconds time, Seconds at) {
  return time != kNever && time <= at;
}

bool holds(const PortSet& ports, std::uint32_t port) {
  return std::ranges::any_of(ports.ranges(), [&](PortRange r) { return r.first <= port && port <= r.last; });
}

bool holds(std::span<const NodeId> nodes, NodeId node) {
  return std::ranges::any_of(nodes, [&](NodeId n) { return n == node; });
}

bool holds(const PlaceSet& places, NodeId place) {
  return places.everything || holds(places.nodes, place);
}

NodeKind kind_of(const Topology& topology, NodeId node) {
  return topology.nodes[node].kind;
}

std::vector<NodeId> with_outer(const Topology& topology, NodeId zone_or_site) {
  std::vector<NodeId> chain;
  for (NodeId n = zone_or_site; n.valid();) {
    chain.push_back(n);
    n = kind_of(topology, n) == NodeKind::zone ? topology.zone(n).parent : topology.site(n).parent;
  }
  return chain;
}

NodeId zone_of(const Topology& topology, NodeId place) {
  if (!place.valid()) return NodeId::none();
  if (kind_of(topology, place) == NodeKind::zone) return place;
  if (kind_of(topology, place) == NodeKind::system) return topology.system(place).zone;
  return NodeId::none();
}

NeedRange needs_of(const Topology& topology, NodeId node) {
  switch (kind_of(topology, node)) {
    case NodeKind::site:
      return topology.site(node).needs;
    case NodeKind::system:
      return topology.system(node).needs;
    case NodeKind::service:
      return topology.service(node).needs;
    case NodeKind::link:
      return topology.link(node).needs;
    case NodeKind::zone:
    case NodeKind::identity:
    case NodeKind::customer:
      break;
  }
  return {};
}

std::vector<std::uint32_t> members(const Topology& topology, std::uint32_t group) {
  return range_items(topology, {group + 1, topology.needs[group].end});
}

std::vector<std::uint32_t> range_items(const Topology& topology, NeedRange range) {
  std::vector<std::uint32_t> items;
  for (std::uint32_t i = range.begin; i < range.end; i = topology.needs[i].end) items.push_back(i);
  return items;
}

std::vector<NodeId> rests_on(const Topology& topology, NodeId node) {
  std::vector<NodeId> found;
  if (kind_of(topology, node) == NodeKind::system) found = {topology.system(node).site, topology.system(node).runs_on};
  if (kind_of(topology, node) == NodeKind::site) found = {topology.site(node).parent};
  std::erase(found, NodeId::none());
  return found;
}

NodeId source(const Topology& topology, const Need& need, NodeId owner) {
  if (need.from.valid()) return need.from;
  return kind_of(topology, owner) == NodeKind::system ? owner : NodeId::none();
}

bool within(const Cidr& inner, const Cidr& outer) {
  if (outer.v6 != inner.v6 || outer.length > inner.length) return false;
  for (unsigned bit = 0; bit < outer.length; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if ((outer.bytes.at(bit / 8) & mask) != (inner.bytes.at(bit / 8) & mask)) return false;
  }
  return true;
}

namespace {

bool means_node(const Topology& topology, NodeId selected, NodeId node) {
  if (selected == node) return true;
  if (kind_of(topology, selected) == NodeKind::zone) {
    return holds(with_outer(topology, zone_of(topology, node)), selected);
  }
  if (kind_of(topology, selected) == NodeKind::site && kind_of(topology, node) == NodeKind::system) {
    return holds(with_outer(topology, topology.system(node).site), selected);
  }
  return false;
}

bool has_tag(const Topology& topology, WordId tag, NodeId node) {
  if (kind_of(topology, node) == NodeKind::system)
    return std::ranges::count(topology.tags_of(topology.system(node)), tag) > 0;
  if (kind_of(topology, node) == NodeKind::identity)
    return std::ranges::count(topology.tags_of(topology.identity(node)), tag) > 0;
  return false;
}

bool has_kind(const Topology& topology, WordId kind, NodeId node) {
  if (!kind.valid()) return false;
  if (kind_of(topology, node) == NodeKind::system) return topology.system(node).kind == kind;
  if (kind_of(topology, node) == NodeKind::identity) return topology.identity(node).kind == kind;
  return false;
}

/// A system by one of its addresses, a zone by all of its prefixes.
bool lies_in(const Topology& topology, const Cidr& cidr, NodeId node) {
  const auto inside = [&](const Cidr& c) { return within(c, cidr); };
  if (kind_of(topology, node) == NodeKind::system)
    return std::ranges::any_of(topology.addresses_of(topology.system(node)), inside);
  if (kind_of(topology, node) != NodeKind::zone) return false;
  const std::vector<Cidr>& own = topology.zone(node).cidr;
  return !own.empty() && std::ranges::all_of(own, inside);
}

bool any_means(const Topology& topology, const Selectors& selectors, NodeId node) {
  return std::ranges::any_of(selectors, [&](const Selector& s) { return means(topology, s, node); });
}

bool names(const Topology& topology, const Selector& selector, NodeKind kind) {
  return selector.type == Selector::Type::node && kind_of(topology, selector.node) == kind;
}

std::vector<NodeId> sorted_once(const std::vector<NodeId>& nodes) {
  const std::set<NodeId> once(nodes.begin(), nodes.end());
  return {once.begin(), once.end()};
}

/// `off`: a zone means each of its systems, every other node itself; a tag, kind or CIDR means what it selects.
std::vector<NodeId> switched_off(const Topology& topology, const Selectors& selectors) {
  std::vector<NodeId> off;
  for (const Selector& s : selectors) {
    if (s.type == Selector::Type::node && !names(topology, s, NodeKind::zone)) {
      off.push_back(s.node);
      continue;
    }
    for (NodeId n : systems_and_identities(topology, {s})) off.push_back(n);
  }
  return sorted_once(off);
}

/// `isolate`: a site means itself, which changes nothing; identities have no border.
std::vector<NodeId> unplugged(const Topology& topology, const Selectors& selectors) {
  std::vector<NodeId> isolated;
  for (const Selector& s : selectors) {
    if (names(topology, s, NodeKind::zone) || names(topology, s, NodeKind::site)) continue;
    for (NodeId n : systems_and_identities(topology, {s})) {
      if (kind_of(topology, n) == NodeKind::system) isolated.push_back(n);
    }
  }
  return sorted_once(isolated);
}

PlaceSet place_set(const Topology& topology, const Selectors& selectors) {
  PlaceSet set;
  for (const Selector& s : selectors) set.everything = set.everything || s.type == Selector::Type::everything;
  for (NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = kind_of(topology, n);
    if (kind != NodeKind::system && kind != NodeKind::zone) continue;
    if (any_means(topology, selectors, n)) set.nodes.push_back(n);
  }
  return set;
}

std::vector<FlowRule> flow_rules(const Topology& topology, const std::vector<FlowSelector>& flows) {
  std::vector<FlowRule> rules;
  for (const FlowSelector& f : flows) {
    rules.push_back({place_set(topology, f.from), place_set(topology, f.to), topology.ports[f.ports]});
  }
  return rules;
}

}  // namespace

bool means(const Topology& topology, const Selector& selector, NodeId node) {
  const NodeKind kind = kind_of(topology, node);
  switch (selector.type) {
    case Selector::Type::everything:
      return kind == NodeKind::system || kind == NodeKind::zone;
    case Selector::Type::node:
      return means_node(topology, selector.node, node);
    case Selector::Type::tag:
      return has_tag(topology, selector.word, node);
    case Selector::Type::kind:
      return has_kind(topology, selector.word, node);
    case Selector::Type::cidr:
      return lies_in(topology, selector.cidr, node);
  }
  return false;
}

std::vector<NodeId> systems_and_identities(const Topology& topology, const Selectors& selectors) {
  std::vector<NodeId> found;
  for (NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = kind_of(topology, n);
    if (kind != NodeKind::system && kind != NodeKind::identity) continue;
    if (any_means(topology, selectors, n)) found.push_back(n);
  }
  return found;
}

Scenario in_ids(const Topology& topology, const NamedScenario& named) {
  Scenario scenario;
  scenario.compromised = systems_and_identities(topology, named.compromised);
  scenario.off = switched_off(topology, named.off);
  for (const Selector& s : named.isolate) {
    if (names(topology, s, NodeKind::zone)) scenario.isolated_zones.push_back(s.node);
  }
  scenario.isolated_zones = sorted_once(scenario.isolated_zones);
  scenario.isolated_systems = unplugged(topology, named.isolate);
  scenario.block = flow_rules(topology, named.block);
  scenario.allow = flow_rules(topology, named.allow);
  return scenario;
}

}  // namespace firebreak::oracle
