#include "firebreak/topology.h"

#include "topology/builder/name_index.h"

namespace firebreak {
namespace {

template <class IdType>
IdType id_of(const Definition& definition, Definition::Type type) {
  return definition.type == type ? IdType(definition.index) : IdType::none();
}

ContactId contact_of(const Topology& topology, NodeId n) {
  switch (topology.nodes[n].kind) {
    case NodeKind::zone:
      return topology.zone(n).contact;
    case NodeKind::site:
      return topology.site(n).contact;
    case NodeKind::system:
      return topology.system(n).contact;
    case NodeKind::identity:
      return topology.identity(n).contact;
    case NodeKind::service:
      return topology.service(n).contact;
    case NodeKind::customer:
      return topology.customer(n).contact;
    case NodeKind::link:
      break;
  }
  return topology.link(n).contact;
}

}  // namespace

Topology::Topology() : storage_(std::make_unique<Storage>()) {}
Topology::~Topology() = default;
Topology::Topology(Topology&&) noexcept = default;
Topology& Topology::operator=(Topology&&) noexcept = default;

NodeId Topology::find(std::string_view id) const {
  return id_of<NodeId>(storage_->index.find(id), Definition::Type::node);
}

PolicyId Topology::find_policy(std::string_view id) const {
  return id_of<PolicyId>(storage_->index.find(id), Definition::Type::policy);
}

ScenarioId Topology::find_scenario(std::string_view id) const {
  return id_of<ScenarioId>(storage_->index.find(id), Definition::Type::scenario);
}

RequireId Topology::find_require(std::string_view id) const {
  return id_of<RequireId>(storage_->index.find(id), Definition::Type::require);
}

WordId Topology::find_word(std::string_view word) const {
  const auto number = storage_->index.words.find(word);
  return number ? WordId(*number) : WordId::none();
}

NeedRange Topology::needs_of(NodeId n) const {
  switch (nodes[n].kind) {
    case NodeKind::site:
      return site(n).needs;
    case NodeKind::system:
      return system(n).needs;
    case NodeKind::service:
      return service(n).needs;
    case NodeKind::link:
      return link(n).needs;
    case NodeKind::zone:
    case NodeKind::identity:
    case NodeKind::customer:
      break;
  }
  return {};
}

const Contact& Topology::contact(NodeId n) const {
  return contacts[contact_of(*this, n)];
}

Run Topology::selectors_of(PivotId p) const {
  const std::size_t next = p.index() + std::size_t{1};
  return {pivots[p.index()].from,
          next < pivots.size() ? pivots[next].from : static_cast<std::uint32_t>(pivot_selectors.size())};
}

Pivot Topology::pivot(PivotId p) const {
  const PivotRecord& record = pivots[p.index()];
  const auto list = [&](std::uint32_t first, std::uint32_t last) {
    return SelectorList(*this, {first, last}, record.at);
  };
  return {list(record.from, record.to),
          list(record.to, record.requires_all),
          list(record.requires_all, selectors_of(p).end),
          record.port,
          record.via.valid() ? phrases[record.via] : Text(),
          record.effort,
          record.at};
}

Selector Topology::selector(PivotSelector packed, Span at) const {
  Selector selector;
  if (packed.names_node()) {
    selector.type = Selector::Type::node;
    selector.node = packed.node();
    selector.text = nodes[packed.node()].id;
  } else {
    selector = pivot_words[packed.word()];
  }
  selector.at = at;
  return selector;
}

PivotSelector SelectorList::packed(std::uint32_t i) const {
  return topology_->pivot_selectors[run_.begin + i];
}

Selector SelectorList::operator[](std::uint32_t i) const {
  return topology_->selector(packed(i), at_);
}

std::string_view to_string(NodeKind kind) {
  constexpr std::array<std::string_view, kNodeKinds> kWords{"zone",    "site",     "system", "identity",
                                                            "service", "customer", "link"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view to_string(RuleAction action) {
  constexpr std::array<std::string_view, 3> kWords{"allow", "deny", "pass"};
  return kWords[static_cast<std::size_t>(action)];
}

std::string_view to_string(Expectation::Type type) {
  constexpr std::array<std::string_view, 7> kWords{"off",   "fails",   "degraded", "at_risk",
                                                   "works", "reached", "unreached"};
  return kWords[static_cast<std::size_t>(type)];
}

std::string_view to_string(Require::Type type) {
  constexpr std::array<std::string_view, 6> kWords{"never_reaches", "reaches_at_most", "survives",
                                                   "only_flows",    "never_flows",     "always_flows"};
  return kWords[static_cast<std::size_t>(type)];
}

}  // namespace firebreak
