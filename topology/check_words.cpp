#include <algorithm>
#include <utility>

#include "firebreak/check.h"
#include "firebreak/policy.h"

namespace firebreak {

namespace {

/// The nodes an expectation means: an id of any kind itself, every other selector its systems and identities.
std::vector<NodeId> who(const Topology& topology, const Selectors& selectors) {
  std::vector<NodeId> nodes;
  for (const Selector& selector : selectors) {
    const bool zone = selector.type == Selector::Type::node && topology.nodes[selector.node].kind == NodeKind::zone;
    if (selector.type == Selector::Type::node && !zone) {
      nodes.push_back(selector.node);
      continue;
    }
    const std::vector<NodeId> selected = select(topology, {&selector, 1});
    nodes.insert(nodes.end(), selected.begin(), selected.end());
  }
  return nodes;
}

std::vector<NodeId> distinct(std::vector<NodeId> nodes) {
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  return nodes;
}

}  // namespace

RequireQuestion resolve(const Topology& topology, const Require& require) {
  RequireQuestion question;
  question.type = require.type;
  question.any = require.any;
  question.count = require.count;
  question.each = require.each;
  switch (require.type) {
    case Require::Type::never_reaches:
    case Require::Type::reaches_at_most:
      question.from = select(topology, require.from);
      question.to = select(topology, require.to);
      break;
    case Require::Type::survives:
      question.services = distinct(who(topology, require.services));
      question.of = distinct(who(topology, require.of));
      break;
    default:
      question.from_places = places(topology, require.from);
      question.to_places = places(topology, require.to);
      if (require.ports.valid()) question.ports = topology.ports[require.ports];
      break;
  }
  return question;
}

std::vector<FlowDemand> flow_demands(const Topology& topology) {
  std::vector<FlowDemand> demands;
  for (const RequireId r : ids<RequireId>(topology.requires_all.size())) {
    const Require& require = topology.requires_all[r];
    if (require.type != Require::Type::always_flows) continue;
    RequireQuestion question = resolve(topology, require);
    demands.push_back({r, std::move(question.from_places), std::move(question.to_places), std::move(question.ports)});
  }
  return demands;
}

std::vector<ExpectationQuestion> resolve_expectations(const Topology& topology, const NamedScenario& scenario) {
  std::vector<ExpectationQuestion> questions;
  for (const Expectation& expectation : scenario.expect) {
    const bool reach =
        expectation.type == Expectation::Type::reached || expectation.type == Expectation::Type::unreached;
    questions.push_back({expectation.type, reach ? select(topology, expectation.who) : who(topology, expectation.who)});
  }
  return questions;
}

}  // namespace firebreak
