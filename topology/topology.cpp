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

void NeedList::push_back(const Need& need, NeedMannerId manner) {
  records_.push_back({.type = need.type,
                      .soft = need.soft,
                      .fallback = need.fallback,
                      .start = need.start,
                      .assumed = need.assumed,
                      .on_or_k = need.type == Need::Type::leaf ? need.on.index() : need.k,
                      .end = need.end,
                      .manner = manner,
                      .at = need.at});
}

std::span<const PivotSelector> Topology::selectors_of(PivotId p) const {
  const PivotRecord& record = pivots[p.index()];
  if (record.ends[1].valid()) return record.ends;
  const std::size_t row = record.ends[0].node().index();
  const std::size_t begin = pivot_lists.first[row];
  return std::span(pivot_lists.items).subspan(begin, pivot_lists.first[row + 3] - begin);
}

std::span<PivotSelector> Topology::selectors_of(PivotId p) {
  const std::span<const PivotSelector> selectors = std::as_const(*this).selectors_of(p);
  PivotRecord& record = pivots[p.index()];
  if (record.ends[1].valid()) return record.ends;
  const auto begin = static_cast<std::size_t>(selectors.data() - pivot_lists.items.data());
  return std::span(pivot_lists.items).subspan(begin, selectors.size());
}

Pivot Topology::pivot(PivotId p) const {
  const PivotRecord& record = pivots[p.index()];
  const std::span<const PivotSelector> all = selectors_of(p);
  std::size_t to_begin = 1;
  std::size_t to_end = 2;
  if (!record.ends[1].valid()) {
    const std::size_t row = record.ends[0].node().index();
    to_begin = pivot_lists[row].size();
    to_end = to_begin + pivot_lists[row + 1].size();
  }
  const PivotManner& manner = pivot_manners[record.manner];
  return {SelectorList(*this, all.first(to_begin), record.at),
          SelectorList(*this, all.subspan(to_begin, to_end - to_begin), record.at),
          SelectorList(*this, all.subspan(to_end), record.at),
          manner.port,
          manner.via.valid() ? phrases[manner.via] : Text(),
          manner.effort,
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

Selector SelectorList::operator[](std::uint32_t i) const {
  return topology_->selector(packed_[i], at_);
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
