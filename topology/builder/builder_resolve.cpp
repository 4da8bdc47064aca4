#include "topology/builder/builder_resolve.h"

#include <array>
#include <fmt/format.h>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "topology/builder/builder_values.h"
#include "topology/selector_lists.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

/// In the order of Role.
constexpr std::array<SelectorUse, 8> kRoles{{{"'parent' of a zone", {NodeKind::zone}, {}, {}},
                                             {"'parent' of a site", {NodeKind::site}, {}, {}},
                                             {"'zone'", {NodeKind::zone}, {}, {}},
                                             {"'site'", {NodeKind::site}, {}, {}},
                                             {"'runs_on'", {NodeKind::system}, {}, {}},
                                             {"'between'", {NodeKind::zone}, {}, {}},
                                             {"'between'", {NodeKind::zone}, {}, {}},
                                             {"'from' of a need", {NodeKind::zone, NodeKind::system}, {}, {}}}};
constexpr SelectorUse kNeedUse{
    "a need", {NodeKind::site, NodeKind::system, NodeKind::identity, NodeKind::service, NodeKind::link}, {}, {}};
constexpr SelectorUse kUsesUse{"'uses'", {NodeKind::system, NodeKind::service}, {}, {}};

class Resolver {
 public:
  Resolver(Declarations& declarations, SelectorReader& reader)
      : declarations_(&declarations), topology_(&declarations.topology), reader_(&reader) {}

  void resolve_mentions() {
    for (const Mention& mention : declarations_->mentions) {
      const SelectorUse& use = kRoles[static_cast<std::size_t>(mention.role)];
      fill_in(mention, node_of({mention.name, mention.at}, mention.owner, use));
    }
  }

  void resolve_needs() {
    for (const Site& site : topology_->sites) resolve_needs(site.node, site.needs);
    for (const System& system : topology_->systems) {
      resolve_needs(system.node, system.needs);
      resolve_needs(system.node, system.managed_by);
    }
    for (const Service& service : topology_->services) resolve_needs(service.node, service.needs);
    for (const Link& link : topology_->links) resolve_needs(link.node, link.needs);
  }

  void resolve_uses() {
    for (Customer& customer : topology_->customers) {
      for (Located<NodeId>& use : customer.uses) {
        use.value = node_of({use.value.index(), use.at}, customer.node, kUsesUse);
      }
    }
  }

  void resolve_replaced() {
    for (Policy& policy : topology_->policies) {
      declarations_->faults.set_subject("policy", policy.id);
      for (Located<PolicyId>& replaced : policy.replaces) {
        replaced.value = policy_of({replaced.value.index(), replaced.at});
        if (replaced.value.valid()) topology_->policies[replaced.value].replaced = true;
      }
      std::erase_if(policy.replaces, [](const Located<PolicyId>& replaced) { return !replaced.value.valid(); });
    }
  }

  void resolve_flows() {
    for (NamedScenario& scenario : topology_->scenarios) {
      declarations_->faults.set_subject("scenario", scenario.id);
      for (FlowSelector& flow : scenario.block) resolve_flow(flow);
      for (FlowSelector& flow : scenario.allow) resolve_flow(flow);
    }
  }

  void resolve_pivots() {
    std::size_t word = 0;
    for (const PivotId p : ids<PivotId>(topology_->pivots.size())) {
      for (PivotSelector& selector : topology_->selectors_of(p)) {
        selector = selector_of(topology_->pivots[p.index()], word++, selector.node().index());
      }
    }
  }

  /// Those of flows are read with the flows: their lists must still be empty.
  void resolve_selectors() {
    for_each_selector_list(*topology_, [&](const SelectorPlace& place, Selectors& selectors) {
      declarations_->faults.set_subject(place.kind, place.id);
      for (Selector& selector : selectors) reader_->read(selector, place.use);
    });
  }

 private:
  /// The node that a name stands for in this place; none, and a fault, when there is none.
  NodeId node_of(Located<std::uint32_t> name, NodeId owner, const SelectorUse& use) {
    const Definition& definition = declarations_->index->definitions[name.value];
    if (definition.type == Definition::Type::node) {
      if (use.takes.has(definition.kind)) return NodeId(definition.index);
    }
    const Node& subject = topology_->nodes[owner];
    declarations_->faults.set_subject(to_string(subject.kind), subject.id);
    reader_->add_wrong_id(declarations_->index->names.text(name.value), name.at, use);
    return NodeId::none();
  }

  /// The same for a policy.
  PolicyId policy_of(Located<std::uint32_t> name) {
    const Definition& definition = declarations_->index->definitions[name.value];
    if (definition.type == Definition::Type::policy) return PolicyId(definition.index);
    if (definition.type == Definition::Type::none && declarations_->input_lost) return PolicyId::none();
    const Text id = declarations_->index->names.text(name.value);
    std::vector<std::string_view> known;
    for (const Policy& policy : topology_->policies) known.push_back(policy.id);
    const std::string_view near = nearest(id, known);
    const bool unknown = definition.type == Definition::Type::none;
    declarations_->faults.add(unknown ? Code::unknown_id : Code::wrong_kind, name.at,
                              unknown ? fmt::format("nothing has the id {}", quoted(id))
                                      : fmt::format("'replaces' names {}, which is no policy", quoted(id)),
                              near.empty() ? std::string() : fmt::format("did you mean {}?", quoted(near)));
    return PolicyId::none();
  }

  /// What a selector of a pivot means whose text is a name; the first node, and a fault, when it means nothing.
  PivotSelector selector_of(const PivotRecord& pivot, std::size_t word, std::uint32_t name) {
    const Definition& definition = declarations_->index->definitions[name];
    if (definition.type == Definition::Type::node) {
      if (kPivotPlace.use.takes.has(definition.kind)) return PivotSelector::naming(NodeId(definition.index));
    }
    if (const auto known = pivot_words_.find(name); known != pivot_words_.end()) return known->second;
    declarations_->faults.set_subject(kPivotPlace.kind, kPivotPlace.id);
    Selector selector;
    selector.text = declarations_->index->names.text(name);
    selector.at = declarations_->place_of_word(pivot, word);
    if (!reader_->read(selector, kPivotPlace.use)) return {};
    const PivotSelector saying = PivotSelector::saying(topology_->pivot_words.size());
    topology_->pivot_words.push_back(selector);
    pivot_words_.emplace(name, saying);
    return saying;
  }

  /// Says what a mention means where it was made.
  void fill_in(const Mention& mention, NodeId node) {
    const std::uint32_t index = topology_->nodes[mention.owner].index;
    switch (mention.role) {
      case Role::zone_parent:
        topology_->zones[index].parent = node;
        return;
      case Role::site_parent:
        topology_->sites[index].parent = node;
        return;
      case Role::system_zone:
        topology_->systems[index].zone = node;
        return;
      case Role::system_site:
        topology_->systems[index].site = node;
        return;
      case Role::system_host:
        topology_->systems[index].runs_on = node;
        return;
      case Role::link_a:
        topology_->links[index].a = node;
        return;
      case Role::link_b:
        topology_->links[index].b = node;
        return;
      case Role::need_from:
        topology_->needs.set_from(mention.item, node);
        return;
    }
  }

  void resolve_needs(NodeId owner, NeedRange range) {
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Need need = topology_->needs[i];
      if (need.on.valid()) topology_->needs.set_on(i, node_of({need.on.index(), need.at}, owner, kNeedUse));
    }
  }

  void resolve_flow(FlowSelector& flow) {
    ReadFlow read;
    if (!reader_->read_flow(flow.text, flow.at, read)) return;
    flow.text = declarations_->index->texts.add(canonical_flow(read));
    flow.from = std::move(read.from);
    flow.to = std::move(read.to);
    flow.ports = intern_ports(*declarations_, std::move(read.ports));
  }

  Declarations* declarations_;
  Topology* topology_;
  SelectorReader* reader_;
  std::unordered_map<std::uint32_t, PivotSelector> pivot_words_;  ///< by name
};

}  // namespace

void resolve_names(Declarations& declarations, SelectorReader& reader) {
  Resolver resolver(declarations, reader);
  resolver.resolve_mentions();
  resolver.resolve_needs();
  resolver.resolve_uses();
  resolver.resolve_replaced();
  resolver.resolve_selectors();
  resolver.resolve_pivots();
  resolver.resolve_flows();
}

}  // namespace firebreak
