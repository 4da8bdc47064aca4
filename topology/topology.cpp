#include "firebreak/topology.h"

#include "topology/builder/name_index.h"

namespace firebreak {
namespace {

template <class IdType>
IdType id_of(const Definition& definition, Definition::Type type) {
  return definition.type == type ? IdType(definition.index) : IdType::none();
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

Contact Topology::contact(NodeId n) const {
  switch (nodes[n].kind) {
    case NodeKind::zone:
      return zone(n).contact;
    case NodeKind::site:
      return site(n).contact;
    case NodeKind::system:
      return system(n).contact;
    case NodeKind::identity:
      return identity(n).contact;
    case NodeKind::service:
      return service(n).contact;
    case NodeKind::customer:
      return customer(n).contact;
    case NodeKind::link:
      break;
  }
  return link(n).contact;
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
