/// Whether a selector means anything, without looking at every node for every selector: what carries each word, which
/// zones and sites hold systems, and all addresses in order are noted first. The addresses a prefix covers are
/// neighbours in that order, and the first of them is the first that does not come before the prefix itself.
#include <algorithm>
#include <fmt/format.h>

#include "topology/builder/builder_judge.h"
#include "topology/cidr_words.h"
#include "topology/selector_lists.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

bool covers_any(const std::vector<Cidr>& sorted, const Cidr& prefix) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), prefix, comes_before);
  return at != sorted.end() && covers(prefix, *at);
}

/// What selectors can mean in a topology.
class Population {
 public:
  explicit Population(const Topology& topology)
      : topology_(&topology),
        populated_(topology.nodes.size()),
        tagged_(topology.words.size()),
        of_kind_(topology.words.size()) {
    for (const System& system : topology.systems) {
      populate(system.zone, [&](NodeId zone) { return topology.zone(zone).parent; });
      populate(system.site, [&](NodeId site) { return topology.site(site).parent; });
      carry(NodeKind::system, topology.tags_of(system), system.kind);
    }
    addresses_ = topology.addresses;
    for (const Identity& identity : topology.identities) {
      carry(NodeKind::identity, topology.tags_of(identity), identity.kind);
    }
    for (const Service& service : topology.services) {
      carry(NodeKind::service, topology.tags_of(service), WordId::none());
    }
    for (const Zone& zone : topology.zones) {
      if (const auto prefix = common_prefix(zone.cidr)) zone_prefixes_.push_back(*prefix);
    }
    std::sort(addresses_.begin(), addresses_.end(), comes_before);
    std::sort(zone_prefixes_.begin(), zone_prefixes_.end(), comes_before);
  }

  [[nodiscard]] bool holds_systems(NodeId place) const { return populated_[place] != 0; }

  [[nodiscard]] bool has(const Selector& selector, const SelectorUse& use) const {
    switch (selector.type) {
      case Selector::Type::everything:
        return true;
      case Selector::Type::node:
        return use.itself.has(topology_->nodes[selector.node].kind) || holds_systems(selector.node);
      case Selector::Type::tag:
        return selector.word.valid() && (tagged_[selector.word] & use.means.bits()) != 0;
      case Selector::Type::kind:
        return selector.word.valid() && (of_kind_[selector.word] & use.means.bits()) != 0;
      case Selector::Type::cidr:
        break;
    }
    return (use.means.has(NodeKind::system) && covers_any(addresses_, selector.cidr)) ||
           (use.means.has(NodeKind::zone) && covers_any(zone_prefixes_, selector.cidr));
  }

 private:
  /// Marks a place and all above it, as far as they are not marked yet.
  template <class ParentOf>
  void populate(NodeId place, const ParentOf& parent_of) {
    for (; place.valid() && populated_[place] == 0; place = parent_of(place)) populated_[place] = 1;
  }

  void carry(NodeKind carrier, std::span<const WordId> tags, WordId kind) {
    const std::uint32_t bit = KindSet{carrier}.bits();
    for (const WordId tag : tags) tagged_[tag] |= bit;
    if (kind.valid()) of_kind_[kind] |= bit;
  }

  const Topology* topology_;
  IdVector<NodeId, std::uint8_t> populated_;     ///< zones and sites with a system at or under them
  IdVector<WordId, std::uint32_t> tagged_;       ///< the kinds of nodes that carry the word as a tag
  IdVector<WordId, std::uint32_t> of_kind_;      ///< and as their kind
  std::vector<Cidr> addresses_, zone_prefixes_;  ///< sorted
};

/// What is said of zones without putting anything in them.
class ZoneUses {
 public:
  explicit ZoneUses(const Topology& topology) : named_(topology.nodes.size()) {
    for (const Zone& zone : topology.zones) name(zone.parent);
    for (const Link& link : topology.links) {
      name(link.a);
      name(link.b);
    }
    for (const Need& need : topology.needs) name(need.from);
    for_each_selector_list(topology, [&](const SelectorPlace&, const Selectors& selectors) {
      for (const Selector& selector : selectors) name(selector);
    });
    for (const PivotId p : ids<PivotId>(topology.pivots.size())) {
      for (const PivotSelector selector : topology.selectors_of(p)) {
        if (selector.names_node()) name(selector.node());
      }
    }
    for (const Selector& selector : topology.pivot_words) name(selector);
    std::sort(prefixes_.begin(), prefixes_.end(), comes_before);
  }

  [[nodiscard]] bool names(const Zone& zone) const {
    if (named_[zone.node] != 0) return true;
    const auto prefix = common_prefix(zone.cidr);
    if (!prefix) return false;
    for (std::uint8_t length = 0; length <= prefix->length; ++length) {
      if (std::binary_search(prefixes_.begin(), prefixes_.end(), shortened(*prefix, length), comes_before)) return true;
    }
    return false;
  }

 private:
  void name(NodeId node) {
    if (node.valid()) named_[node] = 1;
  }
  void name(const Selector& selector) {
    name(selector.node);
    if (selector.type == Selector::Type::cidr) prefixes_.push_back(selector.cidr);
  }

  IdVector<NodeId, std::uint8_t> named_;
  std::vector<Cidr> prefixes_;  ///< of selectors, sorted
};

void warn_of_pivots(Declarations& declarations, const Population& population, SelectorReader& reader) {
  const Topology& topology = declarations.topology;
  declarations.faults.set_subject(kPivotPlace.kind, kPivotPlace.id);
  IdVector<NodeId, bool> itself(topology.nodes.size());
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    itself[n] = kPivotPlace.use.itself.has(topology.nodes[n].kind);
  }
  std::size_t word = 0;
  for (const PivotId p : ids<PivotId>(topology.pivots.size())) {
    for (const PivotSelector packed : topology.selectors_of(p)) {
      const std::size_t at = word++;
      if (packed.names_node() && itself[packed.node()]) continue;
      const Selector selector = topology.selector(packed, declarations.place_of_word(topology.pivots[p.index()], at));
      if (!population.has(selector, kPivotPlace.use)) reader.add_selects_nothing(selector, kPivotPlace.use);
    }
  }
}

void warn_of_empty_zones(Declarations& declarations, const Population& population) {
  const Topology& topology = declarations.topology;
  const ZoneUses uses(topology);
  for (const Zone& zone : topology.zones) {
    if (population.holds_systems(zone.node) || uses.names(zone)) continue;
    const Node& node = topology.nodes[zone.node];
    declarations.faults.set_subject("zone", node.id);
    declarations.faults.add(Code::empty_zone, node.at,
                            fmt::format("the zone {} holds no system and nothing speaks of it", quoted(node.id)));
  }
}

}  // namespace

void warn_of_gaps(Declarations& declarations, SelectorReader& reader) {
  const Topology& topology = declarations.topology;
  const Population population(topology);
  for_each_selector_list(topology, [&](const SelectorPlace& place, const Selectors& selectors) {
    declarations.faults.set_subject(place.kind, place.id);
    for (const Selector& selector : selectors) {
      if (!population.has(selector, place.use)) reader.add_selects_nothing(selector, place.use);
      if (place.use.isolates) reader.warn_of_idle_isolation(selector);
    }
  });
  warn_of_pivots(declarations, population, reader);
  warn_of_empty_zones(declarations, population);
}

}  // namespace firebreak
