#include "topology/format/describe.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "topology/format/described_keys.h"

namespace firebreak {
namespace {

MetaValue describe_zone(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Zone& zone = topology.zone(node);
  keys.list("cidr", cidrs_value(zone.cidr));
  keys.id("parent", zone.parent);
  keys.contact(zone.contact);
  keys.cost(zone.cost);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_site(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Site& site = topology.site(node);
  keys.id("parent", site.parent);
  keys.needs("needs", site.needs);
  keys.contact(site.contact);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_system(const Topology& topology, NodeId node, DescribedKeys keys) {
  const System& system = topology.system(node);
  keys.id("zone", system.zone);
  keys.id("site", system.site);
  keys.id("runs_on", system.runs_on);
  keys.list("address", cidrs_value(topology.addresses_of(system)));
  keys.word("kind", system.kind);
  keys.words("tags", topology.tags_of(system));
  if (system.exposes.valid()) keys.add("exposes", ports_value(topology.ports[system.exposes]));
  keys.needs("needs", system.needs);
  keys.flag("critical", system.critical);
  keys.duration("effort", system.effort);
  keys.duration("start", system.start);
  keys.duration("rebuild", system.rebuild);
  keys.contact(system.contact);
  if (system.has_managed_by) keys.add("managed_by", keys.needs_value(system.managed_by));
  keys.cost(system.cost);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_identity(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Identity& identity = topology.identity(node);
  keys.word("kind", identity.kind);
  keys.words("tags", topology.tags_of(identity));
  keys.flag("critical", identity.critical);
  keys.duration("rebuild", identity.rebuild);
  keys.contact(identity.contact);
  keys.cost(identity.cost);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_service(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Service& service = topology.service(node);
  keys.needs("needs", service.needs);
  keys.number("users", service.users);
  keys.number("weight", service.weight);
  if (service.rto) keys.text("rto", to_string_duration(*service.rto));
  keys.words("tags", topology.tags_of(service));
  keys.contact(service.contact);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_customer(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Customer& customer = topology.customer(node);
  keys.list("uses", list_value(customer.uses, [&](const auto& service) { return topology.nodes[service.value].id; }));
  keys.number("users", customer.users);
  keys.contact(customer.contact);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_link(const Topology& topology, NodeId node, DescribedKeys keys) {
  const Link& link = topology.link(node);
  keys.list("between", list_value(std::vector{link.a, link.b}, [&](NodeId zone) { return topology.nodes[zone].id; }));
  keys.needs("needs", link.needs);
  keys.contact(link.contact);
  keys.meta(node);
  return keys.take();
}

MetaValue describe_node(const Topology& topology, NodeId node, DescribedKeys keys) {
  keys.text("name", topology.nodes[node].name);
  switch (topology.nodes[node].kind) {
    case NodeKind::zone:
      return describe_zone(topology, node, std::move(keys));
    case NodeKind::site:
      return describe_site(topology, node, std::move(keys));
    case NodeKind::system:
      return describe_system(topology, node, std::move(keys));
    case NodeKind::identity:
      return describe_identity(topology, node, std::move(keys));
    case NodeKind::service:
      return describe_service(topology, node, std::move(keys));
    case NodeKind::customer:
      return describe_customer(topology, node, std::move(keys));
    case NodeKind::link:
      return describe_link(topology, node, std::move(keys));
  }
  return keys.take();
}

MetaValue describe_rule(const Topology& topology, const Rule& rule, DescribedKeys keys) {
  keys.text("name", rule.name);
  keys.add(to_string(rule.action), ports_value(topology.ports[rule.ports]));
  keys.selectors("from", rule.from);
  keys.selectors("to", rule.to);
  keys.add("tier", integer_value(rule.tier), rule.tier == 0);
  keys.cost(rule.cost);
  return keys.take();
}

MetaValue describe_policy(const Topology& topology, const Policy& policy, DescribedKeys keys) {
  keys.text("name", policy.name);
  keys.add("scope", text_value(policy.within_zones ? "all" : "between-zones"), !policy.within_zones);
  keys.add("default", text_value(to_string(policy.otherwise)), policy.otherwise == RuleAction::deny);
  keys.list("replaces",
            list_value(policy.replaces, [&](const auto& other) { return topology.policies[other.value].id; }));
  keys.contact(policy.contact);
  std::vector<RuleId> rules = policy.rules;
  std::sort(rules.begin(), rules.end());
  MetaValue list = empty_list();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    KeyPath path = keys.path();
    path.insert(path.end(), {"rule", std::to_string(i)});
    list.members.emplace_back(std::string(), describe_rule(topology, topology.rules[rules[i]],
                                                           DescribedKeys(topology, keys.written(), std::move(path))));
  }
  keys.list("rule", std::move(list));
  keys.meta("policy", policy.id);
  return keys.take();
}

MetaValue describe_pivot(const Topology& topology, PivotId id, DescribedKeys keys) {
  const Pivot pivot = topology.pivot(id);
  keys.selectors("from", pivot.from);
  keys.selectors("to", pivot.to);
  keys.selectors("requires", pivot.requires_all);
  keys.port("port", pivot.port);
  keys.text("via", pivot.via);
  keys.duration("effort", pivot.effort);
  keys.meta("pivot", std::to_string(id.index()));
  return keys.take();
}

MetaValue describe_expectations(const Topology& topology, const std::vector<Expectation>& expect) {
  DescribedKeys keys(topology, nullptr, {});
  for (auto type = Expectation::Type::off; type <= Expectation::Type::unreached;
       type = static_cast<Expectation::Type>(static_cast<std::uint8_t>(type) + 1)) {
    Selectors who;
    bool given = false;
    for (const Expectation& expectation : expect) {
      if (expectation.type != type) continue;
      given = true;
      who.insert(who.end(), expectation.who.begin(), expectation.who.end());
    }
    if (given) keys.add(to_string(type), selectors_value(who));
  }
  return keys.take();
}

MetaValue describe_scenario(const Topology& topology, const NamedScenario& scenario, DescribedKeys keys) {
  const auto flows = [](const std::vector<FlowSelector>& list) {
    return list_value(list, [](const FlowSelector& flow) { return flow.text; });
  };
  keys.text("name", scenario.name);
  keys.selectors("compromised", scenario.compromised);
  keys.selectors("off", scenario.off);
  keys.selectors("isolate", scenario.isolate);
  keys.list("block", flows(scenario.block));
  keys.list("allow", flows(scenario.allow));
  if (!scenario.expect.empty()) keys.add("expect", describe_expectations(topology, scenario.expect));
  keys.meta("scenario", scenario.id);
  return keys.take();
}

MetaValue describe_demand(const Topology& topology, const Require& require, DescribedKeys keys) {
  const PortSet& ports = topology.ports[require.ports];
  keys.selectors("services", require.services);
  keys.selectors("from", require.from);
  keys.selectors("to", require.to);
  switch (require.type) {
    case Require::Type::reaches_at_most:
      keys.add("count", integer_value(static_cast<std::int64_t>(require.count)));
      keys.flag("each", require.each);
      break;
    case Require::Type::survives:
      keys.add("any", integer_value(require.any), require.any == 1);
      keys.selectors("of", require.of);
      break;
    case Require::Type::only_flows:
      keys.add("allow", ports_value(ports));
      break;
    case Require::Type::never_flows:
    case Require::Type::always_flows:
      if (!ports.is_any()) keys.add("ports", ports_value(ports));
      break;
    case Require::Type::never_reaches:
      break;
  }
  return keys.take();
}

MetaValue describe_require(const Topology& topology, const Require& require, DescribedKeys keys) {
  keys.text("name", require.name);
  KeyPath path = keys.path();
  path.emplace_back(to_string(require.type));
  keys.add(to_string(require.type),
           describe_demand(topology, require, DescribedKeys(topology, keys.written(), std::move(path))));
  keys.meta("require", require.id);
  return keys.take();
}

}  // namespace

Thing describe_header(std::string_view name, const MetaValue* meta) {
  Thing header;
  header.kind = "topology";
  header.keys.type = MetaValue::Type::table;
  header.keys.members.emplace_back("format", integer_value(1));
  if (!name.empty()) header.keys.members.emplace_back("name", text_value(name));
  if (meta != nullptr) header.keys.members.emplace_back("meta", *meta);
  return header;
}

void describe(const Topology& topology, const std::function<void(const Thing&)>& visit,
              const std::set<KeyPath>* written) {
  const auto keys_of = [&](std::string_view kind, std::string_view id) {
    return DescribedKeys(topology, written, {std::string(kind), std::string(id)});
  };
  for (std::size_t kind = 0; kind < kNodeKinds; ++kind) {
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      const Node& node = topology.nodes[n];
      if (static_cast<std::size_t>(node.kind) != kind) continue;
      const std::string_view name = to_string(node.kind);
      visit({name, node.id, node.at, describe_node(topology, n, keys_of(name, node.id))});
    }
  }
  for (const Policy& policy : topology.policies) {
    visit({"policy", policy.id, policy.at, describe_policy(topology, policy, keys_of("policy", policy.id))});
  }
  std::map<FileId, std::size_t> pivots;
  for (const PivotId pivot : ids<PivotId>(topology.pivots.size())) {
    const Span at = topology.pivots[pivot.index()].at;
    const std::string index = std::to_string(pivots[at.file]++);
    visit({"pivot", {}, at, describe_pivot(topology, pivot, keys_of("pivot", index))});
  }
  for (const NamedScenario& scenario : topology.scenarios) {
    visit({"scenario", scenario.id, scenario.at,
           describe_scenario(topology, scenario, keys_of("scenario", scenario.id))});
  }
  for (const Require& require : topology.requires_all) {
    visit({"require", require.id, require.at, describe_require(topology, require, keys_of("require", require.id))});
  }
}

}  // namespace firebreak
