#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "firebreak/diagnostic.h"

#include "report/place_words.h"
#include "report/policy_answer.h"
#include "report/wording.h"
#include "topology/format/toml_layout.h"

namespace firebreak::report {
namespace {

std::vector<std::string> port_list(const PortSet& ports) {
  std::vector<std::string> words;
  for (const PortRange& range : ports.ranges()) {
    const std::string shown = to_string(PortSet({range}));
    for (std::size_t at = 0; at <= shown.size();) {
      const std::size_t comma = std::min(shown.find(", ", at), shown.size());
      words.push_back(shown.substr(at, comma - at));
      at = comma + 2;
    }
  }
  return words;
}

/// An id that nothing has yet.
std::string free_id(const Topology& topology) {
  const auto taken = [&](const std::string& id) {
    return topology.find(id).valid() || topology.find_policy(id).valid() || topology.find_scenario(id).valid() ||
           topology.find_require(id).valid();
  };
  std::string id = "least";
  for (int number = 2; taken(id); ++number) id = fmt::format("least-{}", number);
  return id;
}

MetaValue text_value(const std::string& text) {
  MetaValue value;
  value.text = text;
  return value;
}

MetaValue list_value(const std::vector<std::string>& words) {
  MetaValue value;
  value.type = MetaValue::Type::array;
  for (const std::string& word : words) value.members.emplace_back(std::string(), text_value(word));
  return value;
}

MetaValue table_value() {
  MetaValue value;
  value.type = MetaValue::Type::table;
  return value;
}

/// What a zone's id lets through besides the hosts that are not modelled.
std::vector<std::string> zone_notes(const Topology& topology, const LeastBodyView& body) {
  std::set<NodeId> zones;
  for (const LeastRuleView& rule : body.rules) {
    for (const std::string& word : rule.from) {
      const NodeId n = topology.find(word);
      if (n.valid() && topology.nodes[n].kind == NodeKind::zone) zones.insert(n);
    }
  }
  std::vector<std::string> notes;
  for (const NodeId zone : zones) {
    Selector all;
    all.type = Selector::Type::node;
    all.node = zone;
    const std::size_t systems = select(topology, {&all, 1}).size();
    if (systems == 0) continue;
    notes.push_back(fmt::format("{} stands for its hosts that are not modelled, and lets its {} through too",
                                topology.nodes[zone].id, counted(systems, "system")));
  }
  return notes;
}

}  // namespace

LeastPolicyView least_view(const Subject& subject, std::span<const LeastRule> rules) {
  const Topology& topology = subject.topology;
  const PlaceWords words(topology);
  LeastPolicyView view;
  view.policy.name = free_id(topology);
  LeastBodyView& body = view.policy.value;
  for (const GraphPolicy& policy : subject.graph.flow.policies) {
    body.replaces.emplace_back(topology.policies[policy.policy].id);
  }
  for (const LeastRule& rule : rules) {
    std::vector<std::string> serves;
    for (const NodeId n : rule.serves) serves.emplace_back(topology.nodes[n].id);
    body.rules.push_back({"for " + listing(serves, 3), port_list(rule.ports), words.of(rule.from), words.of(rule.to)});
  }
  for (const Require& require : topology.requires_all) {
    if (require.type != Require::Type::always_flows) continue;
    const PortSet ports = require.ports.valid() ? topology.ports[require.ports] : PortSet::any();
    body.rules.push_back({fmt::format("for {}", require.id), port_list(ports), selector_words(require.from),
                          selector_words(require.to)});
  }
  return view;
}

std::string to_toml(const Subject& subject, const LeastPolicyView& view) {
  const LeastBodyView& body = view.policy.value;
  Thing thing{"policy", view.policy.name, {}, table_value()};
  thing.keys.members.emplace_back("scope", text_value(body.scope));
  if (!body.replaces.empty()) thing.keys.members.emplace_back("replaces", list_value(body.replaces));
  MetaValue rules = list_value({});
  for (const LeastRuleView& rule : body.rules) {
    MetaValue keys = table_value();
    keys.members.emplace_back("name", text_value(rule.name));
    keys.members.emplace_back("allow", list_value(rule.allow));
    keys.members.emplace_back("from", list_value(rule.from));
    keys.members.emplace_back("to", list_value(rule.to));
    rules.members.emplace_back(std::string(), std::move(keys));
  }
  if (!body.rules.empty()) thing.keys.members.emplace_back("rule", std::move(rules));
  TomlLayout layout;
  layout.add(thing);
  std::string text = fmt::format(
      "# Allows just what the needs with a port state. To be merged behind the topology:\n"
      "# firebreak check {} least.toml\n",
      printable(subject.files));
  for (const std::string& note : zone_notes(subject.topology, body)) text += fmt::format("# {}\n", printable(note));
  return text + "\n" + layout.finish();
}

}  // namespace firebreak::report
