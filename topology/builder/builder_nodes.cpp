#include <fmt/format.h>

#include "topology/builder/builder_declare.h"
#include "topology/builder/builder_values.h"

namespace firebreak {
namespace {

/// Adds the node that is number `index` of its kind.
NodeId declare_node(Declarations& declarations, NodeKind kind, std::size_t index, const Word& id,
                    std::string_view name) {
  Topology& topology = declarations.topology;
  Node node;
  node.kind = kind;
  node.index = static_cast<std::uint32_t>(index);
  node.at = id.at;
  node.id = define(declarations, id, {Definition::Type::node, kind, static_cast<std::uint32_t>(topology.nodes.size())},
                   to_string(kind));
  node.name = take_text(declarations, name, id.at, "name");
  return topology.nodes.push_back(node);
}

void take_meta(Declarations& declarations, NodeId node, const std::optional<MetaValue>& meta) {
  if (meta) declarations.topology.node_meta.emplace(node, *meta);
}

/// The two zones of a link; what is amiss with their number is reported.
void take_ends(Declarations& declarations, const LinkDecl& decl, NodeId link) {
  if (decl.between.empty()) {
    declarations.faults.add(Code::missing_key, decl.id.at, "a link does not say what it lies between",
                            R"(write it like 'between = ["office", "servers"]')");
    return;
  }
  if (decl.between.size() != 2) {
    declarations.faults.add(Code::bad_number, decl.between.front().at,
                            fmt::format("'between' names {} zones, not two", decl.between.size()));
  }
  (void)mention(declarations, Role::link_a, decl.between.front(), link);
  if (decl.between.size() > 1) (void)mention(declarations, Role::link_b, decl.between[1], link);
}

}  // namespace

void declare(Declarations& declarations, const ZoneDecl& decl) {
  auto& zones = declarations.topology.zones;
  Zone zone;
  zone.node = declare_node(declarations, NodeKind::zone, zones.size(), decl.id, decl.name);
  zone.cidr = take_prefixes(declarations, decl.cidr);
  zone.cost = take_amount(declarations, decl.cost, "cost").value_or(1);
  zone.contact = take_contact(declarations, decl.contact, decl.id.at);
  (void)mention(declarations, Role::zone_parent, decl.parent, zone.node);
  take_meta(declarations, zone.node, decl.meta);
  zones.push_back(std::move(zone));
}

void declare(Declarations& declarations, const SiteDecl& decl) {
  auto& sites = declarations.topology.sites;
  Site site;
  site.node = declare_node(declarations, NodeKind::site, sites.size(), decl.id, decl.name);
  site.needs = take_needs(declarations, site.node, decl.needs);
  site.contact = take_contact(declarations, decl.contact, decl.id.at);
  (void)mention(declarations, Role::site_parent, decl.parent, site.node);
  take_meta(declarations, site.node, decl.meta);
  sites.push_back(site);
}

void declare(Declarations& declarations, const SystemDecl& decl) {
  auto& systems = declarations.topology.systems;
  System system;
  system.node = declare_node(declarations, NodeKind::system, systems.size(), decl.id, decl.name);
  system.zone = place_or_mention(declarations, Role::system_zone, NodeKind::zone, decl.zone, system.node);
  system.site = place_or_mention(declarations, Role::system_site, NodeKind::site, decl.site, system.node);
  (void)mention(declarations, Role::system_host, decl.runs_on, system.node);
  system.address = take_addresses(declarations, decl.address);
  system.kind = take_word(declarations, decl.kind, "kind");
  system.tags = take_tags(declarations, decl.tags);
  if (decl.exposes) system.exposes = take_ports(declarations, *decl.exposes);
  system.needs = take_needs(declarations, system.node, decl.needs);
  system.has_managed_by = decl.managed_by.has_value();
  if (decl.managed_by) system.managed_by = take_needs(declarations, system.node, *decl.managed_by);
  system.critical = decl.critical;
  system.effort = StatedTime(take_duration(declarations, decl.effort, "effort", true));
  system.start = StatedTime(take_duration(declarations, decl.start, "start"));
  system.rebuild = StatedTime(take_duration(declarations, decl.rebuild, "rebuild"));
  system.cost = take_amount(declarations, decl.cost, "cost").value_or(1);
  system.contact = take_contact(declarations, decl.contact, decl.id.at);
  take_meta(declarations, system.node, decl.meta);
  systems.push_back(system);
}

void declare(Declarations& declarations, const IdentityDecl& decl) {
  auto& identities = declarations.topology.identities;
  Identity identity;
  identity.node = declare_node(declarations, NodeKind::identity, identities.size(), decl.id, decl.name);
  identity.kind = take_word(declarations, decl.kind, "kind");
  identity.tags = take_tags(declarations, decl.tags);
  identity.critical = decl.critical;
  identity.rebuild = StatedTime(take_duration(declarations, decl.rebuild, "rebuild"));
  identity.cost = take_amount(declarations, decl.cost, "cost").value_or(1);
  identity.contact = take_contact(declarations, decl.contact, decl.id.at);
  take_meta(declarations, identity.node, decl.meta);
  identities.push_back(identity);
}

void declare(Declarations& declarations, const ServiceDecl& decl) {
  auto& services = declarations.topology.services;
  Service service;
  service.node = declare_node(declarations, NodeKind::service, services.size(), decl.id, decl.name);
  service.needs = take_needs(declarations, service.node, decl.needs);
  service.users = take_amount(declarations, decl.users, "users");
  service.weight = take_amount(declarations, decl.weight, "weight");
  if (is_given(decl.rto)) service.rto = take_duration(declarations, decl.rto, "rto");
  service.tags = take_tags(declarations, decl.tags);
  service.contact = take_contact(declarations, decl.contact, decl.id.at);
  take_meta(declarations, service.node, decl.meta);
  services.push_back(service);
}

void declare(Declarations& declarations, const CustomerDecl& decl) {
  auto& customers = declarations.topology.customers;
  Customer customer;
  customer.node = declare_node(declarations, NodeKind::customer, customers.size(), decl.id, decl.name);
  customer.uses.reserve(decl.uses.size());
  for (const Word& service : decl.uses) {
    customer.uses.emplace_back(NodeId(declarations.index->intern(service.value)), service.at);
  }
  customer.users = take_amount(declarations, decl.users, "users");
  customer.contact = take_contact(declarations, decl.contact, decl.id.at);
  take_meta(declarations, customer.node, decl.meta);
  customers.push_back(std::move(customer));
}

void declare(Declarations& declarations, const LinkDecl& decl) {
  auto& links = declarations.topology.links;
  Link link;
  link.node = declare_node(declarations, NodeKind::link, links.size(), decl.id, decl.name);
  take_ends(declarations, decl, link.node);
  link.needs = take_needs(declarations, link.node, decl.needs);
  link.contact = take_contact(declarations, decl.contact, decl.id.at);
  take_meta(declarations, link.node, decl.meta);
  links.push_back(link);
}

}  // namespace firebreak
