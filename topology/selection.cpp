/// What a selector means. Membership in a zone or site is membership in one at or under it: for a single node that is a
/// walk up its parents, for all nodes at once the whole subtree is marked first, each place being walked over once.
#include "topology/selection.h"

#include <algorithm>
#include <cstdint>

#include "firebreak/scenario.h"

namespace firebreak {
namespace {

bool at_or_under(const Topology& topology, NodeId inner, NodeId outer) {
  const bool zones = topology.nodes[outer].kind == NodeKind::zone;
  while (inner.valid() && inner != outer) inner = zones ? topology.zone(inner).parent : topology.site(inner).parent;
  return inner.valid();
}

bool carries(std::span<const WordId> tags, WordId word) {
  return std::find(tags.begin(), tags.end(), word) != tags.end();
}

bool matches_id(const Topology& topology, NodeId selected, NodeId node) {
  if (selected == node) return true;
  const NodeKind outer = topology.nodes[selected].kind;
  const NodeKind inner = topology.nodes[node].kind;
  if (outer == NodeKind::zone && inner == NodeKind::zone) return at_or_under(topology, node, selected);
  if (inner != NodeKind::system) return false;
  if (outer == NodeKind::zone) return at_or_under(topology, topology.system(node).zone, selected);
  return outer == NodeKind::site && at_or_under(topology, topology.system(node).site, selected);
}

/// A tag or kind that nothing carries is no word, which matches nothing, also not what has no kind.
bool matches_word(const Topology& topology, const Selector& selector, NodeId node) {
  if (!selector.word.valid()) return false;
  const bool tag = selector.type == Selector::Type::tag;
  if (topology.nodes[node].kind == NodeKind::system) {
    const System& system = topology.system(node);
    return tag ? carries(topology.tags_of(system), selector.word) : system.kind == selector.word;
  }
  if (topology.nodes[node].kind == NodeKind::identity) {
    const Identity& identity = topology.identity(node);
    return tag ? carries(topology.tags_of(identity), selector.word) : identity.kind == selector.word;
  }
  return false;
}

bool matches_cidr(const Topology& topology, const Cidr& cidr, NodeId node) {
  const auto covered = [&](const Cidr& inner) { return covers(cidr, inner); };
  if (topology.nodes[node].kind == NodeKind::system) {
    const auto address = topology.addresses_of(topology.system(node));
    return std::any_of(address.begin(), address.end(), covered);
  }
  if (topology.nodes[node].kind != NodeKind::zone) return false;
  const auto& prefixes = topology.zone(node).cidr;
  return !prefixes.empty() && std::all_of(prefixes.begin(), prefixes.end(), covered);
}

/// By index, whether each zone (or site) lies at or under the one at `root`. No parents may run in a circle.
template <class Place>
std::vector<bool> subtree(const Topology& topology, const std::vector<Place>& places, std::uint32_t root) {
  enum Side : std::uint8_t { kUnknown, kOutside, kInside };
  std::vector<Side> side(places.size(), kUnknown);
  side[root] = kInside;
  std::vector<std::uint32_t> path;
  for (std::uint32_t place = 0; place < places.size(); ++place) {
    std::uint32_t at = place;
    path.clear();
    while (side[at] == kUnknown && places[at].parent.valid()) {
      path.push_back(at);
      at = topology.nodes[places[at].parent].index;
    }
    if (side[at] == kUnknown) side[at] = kOutside;
    for (const std::uint32_t below : path) side[below] = side[at];
  }
  std::vector<bool> inside(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) inside[i] = side[i] == kInside;
  return inside;
}

void append_zone(const Topology& topology, NodeId zone, KindSet wanted, std::vector<NodeId>& nodes) {
  const std::vector<bool> inside = subtree(topology, topology.zones, topology.nodes[zone].index);
  for (std::size_t i = 0; wanted.has(NodeKind::zone) && i < inside.size(); ++i) {
    if (inside[i]) nodes.push_back(topology.zones[i].node);
  }
  if (!wanted.has(NodeKind::system)) return;
  for (const System& system : topology.systems) {
    if (system.zone.valid() && inside[topology.nodes[system.zone].index]) nodes.push_back(system.node);
  }
}

void append_site(const Topology& topology, NodeId site, KindSet wanted, std::vector<NodeId>& nodes) {
  if (!wanted.has(NodeKind::system)) return;
  const std::vector<bool> inside = subtree(topology, topology.sites, topology.nodes[site].index);
  for (const System& system : topology.systems) {
    if (system.site.valid() && inside[topology.nodes[system.site].index]) nodes.push_back(system.node);
  }
}

}  // namespace

void sort_and_unique(std::vector<NodeId>& nodes) {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

void append_matching(const Topology& topology, const Selector& selector, KindSet wanted, std::vector<NodeId>& nodes) {
  const auto begin = static_cast<std::ptrdiff_t>(nodes.size());
  if (selector.type == Selector::Type::node) {
    const NodeKind kind = topology.nodes[selector.node].kind;
    if (kind == NodeKind::zone) {
      append_zone(topology, selector.node, wanted, nodes);
    } else if (kind == NodeKind::site) {
      append_site(topology, selector.node, wanted, nodes);
    } else if (wanted.has(kind)) {
      nodes.push_back(selector.node);
    }
    std::sort(nodes.begin() + begin, nodes.end());
    return;
  }
  for (const NodeId node : ids<NodeId>(topology.nodes.size())) {
    if (wanted.has(topology.nodes[node].kind) && matches(topology, selector, node)) nodes.push_back(node);
  }
}

bool matches(const Topology& topology, const Selector& selector, NodeId node) {
  switch (selector.type) {
    case Selector::Type::everything:
      return topology.nodes[node].kind == NodeKind::system || topology.nodes[node].kind == NodeKind::zone;
    case Selector::Type::node:
      return matches_id(topology, selector.node, node);
    case Selector::Type::tag:
    case Selector::Type::kind:
      return matches_word(topology, selector, node);
    case Selector::Type::cidr:
      break;
  }
  return matches_cidr(topology, selector.cidr, node);
}

std::vector<NodeId> select(const Topology& topology, std::span<const Selector> selectors) {
  std::vector<NodeId> nodes;
  for (const Selector& selector : selectors) {
    append_matching(topology, selector, {NodeKind::system, NodeKind::identity}, nodes);
  }
  sort_and_unique(nodes);
  return nodes;
}

void select(const Topology& topology, const SelectorList& selectors, std::vector<NodeId>& nodes) {
  const KindSet wanted{NodeKind::system, NodeKind::identity};
  nodes.clear();
  for (const PivotSelector selector : selectors.packed()) {
    if (selector.names_node() && wanted.has(topology.nodes[selector.node()].kind)) {
      nodes.push_back(selector.node());
    } else {
      append_matching(topology, topology.selector(selector, {}), wanted, nodes);
    }
  }
  if (nodes.size() > 1) sort_and_unique(nodes);
}

std::vector<NodeId> select(const Topology& topology, const SelectorList& selectors) {
  std::vector<NodeId> nodes;
  select(topology, selectors, nodes);
  return nodes;
}

PlaceSet places(const Topology& topology, std::span<const Selector> selectors) {
  PlaceSet set;
  set.everything = selectors.empty();
  for (const Selector& selector : selectors) {
    if (selector.type == Selector::Type::everything) set.everything = true;
  }
  if (set.everything) return set;
  for (const Selector& selector : selectors) {
    append_matching(topology, selector, {NodeKind::zone, NodeKind::system}, set.nodes);
  }
  sort_and_unique(set.nodes);
  return set;
}

bool PlaceSet::contains(NodeId place) const {
  return everything || std::binary_search(nodes.begin(), nodes.end(), place);
}

}  // namespace firebreak
