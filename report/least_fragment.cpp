#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "report/place_words.h"
#include "report/policy_answer.h"
#include "report/policy_fragment.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

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
  view.policy.name = free_id(topology, "least");
  LeastBodyView& body = view.policy.value;
  for (const GraphPolicy& policy : subject.graph.flow.policies) {
    body.replaces.emplace_back(topology.policies[policy.policy].id);
  }
  for (const LeastRule& rule : rules) {
    std::vector<std::string> serves;
    for (const NodeId n : rule.serves) serves.emplace_back(topology.nodes[n].id);
    body.rules.push_back({"for " + listing(serves, 3), to_words(rule.ports), words.of(rule.from), words.of(rule.to)});
  }
  for (const Require& require : topology.requires_all) {
    if (require.type != Require::Type::always_flows) continue;
    const PortSet ports = require.ports.valid() ? topology.ports[require.ports] : PortSet::any();
    body.rules.push_back(
        {fmt::format("for {}", require.id), to_words(ports), selector_words(require.from), selector_words(require.to)});
  }
  return view;
}

std::string to_toml(const Subject& subject, const LeastPolicyView& view) {
  const LeastBodyView& body = view.policy.value;
  FragmentPolicy policy{view.policy.name, true, RuleAction::deny, body.replaces, {}};
  for (const LeastRuleView& rule : body.rules) {
    policy.rules.push_back({rule.name, RuleAction::allow, rule.allow, rule.from, rule.to, 0, 1});
  }
  std::vector<std::string> comments = {
      "Allows just what the needs with a port state. To be merged behind the topology:",
      fmt::format("firebreak check {} least.toml", subject.files)};
  for (std::string& note : zone_notes(subject.topology, body)) comments.push_back(std::move(note));
  return to_toml({policy}, comments);
}

}  // namespace firebreak::report
