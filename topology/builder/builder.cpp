#include "firebreak/builder.h"

#include <algorithm>

#include "topology/builder/builder_declare.h"
#include "topology/builder/builder_judge.h"
#include "topology/builder/builder_resolve.h"
#include "topology/builder/builder_values.h"

namespace firebreak {
namespace {

/// Whether a finding means that something was not read which may define names.
bool loses_input(Code code) {
  return code == Code::cannot_read || code == Code::not_utf8 || code == Code::syntax || code == Code::too_large ||
         code == Code::format_version;
}

bool has_member(const MetaValue& table, const std::string& key) {
  return std::any_of(table.members.begin(), table.members.end(),
                     [&](const auto& member) { return member.first == key; });
}

}  // namespace

Declarations::Declarations(NameIndex& names) : index(&names) {}

void Declarations::number_waiting_names(bool all) {
  if (!all && !waiting.full()) return;
  waiting.look_up(*index, [&](NameQueue::Fills fills, std::size_t i, std::uint32_t number) {
    switch (fills) {
      case NameQueue::Fills::need:
        topology.needs.set_on(i, NodeId(number));
        break;
      case NameQueue::Fills::pivot_end:
        topology.pivots[i / 2].ends[i % 2] = PivotSelector::naming(NodeId(number));
        break;
      case NameQueue::Fills::pivot_selector:
        topology.pivot_lists.items[i] = PivotSelector::naming(NodeId(number));
        break;
    }
  });
}

struct TopologyBuilder::State {
  std::optional<Declarations> declarations;

  /// Starts with nothing declared but the set of all ports and the empty contact, which come first.
  State() {
    auto storage = std::make_unique<Topology::Storage>();
    declarations.emplace(storage->index);
    declarations->topology.storage_ = std::move(storage);
    (void)intern_ports(*declarations, PortSet::any());
    declarations->topology.contacts.push_back({});
  }
};

TopologyBuilder::TopologyBuilder() : state_(std::make_unique<State>()) {}
TopologyBuilder::~TopologyBuilder() = default;

void TopologyBuilder::set_name(std::string_view name) {
  Declarations& declarations = *state_->declarations;
  declarations.faults.set_subject("topology", {});
  if (declarations.topology.name.empty()) declarations.topology.name = take_text(declarations, name, {}, "name");
}

void TopologyBuilder::set_meta(MetaValue meta) {
  auto& all = state_->declarations->topology.other_meta;
  const auto [entry, is_new] = all.try_emplace("topology", std::move(meta));
  if (is_new) return;
  for (auto& member : meta.members) {
    if (!has_member(entry->second, member.first)) entry->second.members.push_back(std::move(member));
  }
}

void TopologyBuilder::add(const ZoneDecl& zone) {
  declare(*state_->declarations, zone);
}
void TopologyBuilder::add(const SiteDecl& site) {
  declare(*state_->declarations, site);
}
void TopologyBuilder::add(const SystemDecl& system) {
  declare(*state_->declarations, system);
}
void TopologyBuilder::add(const IdentityDecl& identity) {
  declare(*state_->declarations, identity);
}
void TopologyBuilder::add(const ServiceDecl& service) {
  declare(*state_->declarations, service);
}
void TopologyBuilder::add(const CustomerDecl& customer) {
  declare(*state_->declarations, customer);
}
void TopologyBuilder::add(const LinkDecl& link) {
  declare(*state_->declarations, link);
}
void TopologyBuilder::add(const PolicyDecl& policy) {
  declare(*state_->declarations, policy);
}
void TopologyBuilder::add(const PivotDecl& pivot) {
  declare(*state_->declarations, pivot);
}
void TopologyBuilder::add(const ScenarioDecl& scenario) {
  declare(*state_->declarations, scenario);
}
void TopologyBuilder::add(const RequireDecl& require) {
  declare(*state_->declarations, require);
}

void TopologyBuilder::report(Diagnostic diagnostic) {
  if (loses_input(diagnostic.code)) state_->declarations->input_lost = true;
  state_->declarations->faults.add(std::move(diagnostic));
}

TopologyBuilder::Result TopologyBuilder::finish() {
  Declarations& declarations = *state_->declarations;
  SelectorReader reader(declarations.topology, declarations.faults);
  if (declarations.input_lost) reader.expect_missing_names();
  declarations.number_waiting_names(true);
  resolve_names(declarations, reader);
  judge_model(declarations);
  if (!has_errors(declarations.faults.list())) warn_of_gaps(declarations, reader);

  Result result;
  result.diagnostics = declarations.faults.take();
  sort_and_unique(result.diagnostics);
  if (!has_errors(result.diagnostics)) result.topology = std::move(declarations.topology);
  state_ = std::make_unique<State>();
  return result;
}

}  // namespace firebreak
