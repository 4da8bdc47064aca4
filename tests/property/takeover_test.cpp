#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <variant>

#include "firebreak/explain.h"

#include "tests/property/trial.h"

// analyzer/takeover_openings.cpp, why a takeover is not possible: what is said to make it possible does, and what is
// not said does not.

namespace firebreak::property {
namespace {

std::vector<NodeId> takeable(const Topology& topology) {
  std::vector<NodeId> nodes;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::system || kind == NodeKind::identity) nodes.push_back(n);
  }
  return nodes;
}

/// The world without one of its rules, counted over all policies.
support::World without_rule(support::World world, std::size_t rule) {
  for (auto& declaration : world.declarations) {
    auto* policy = std::get_if<PolicyDecl>(&declaration);
    if (policy == nullptr) continue;
    if (rule < policy->rules.size()) {
      policy->rules.erase(policy->rules.begin() + static_cast<std::ptrdiff_t>(rule));
      return world;
    }
    rule -= policy->rules.size();
  }
  return world;
}

/// For every two nodes the rules without which the one takes over the other, and cannot with them.
std::string rule_difference(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  const Scenario nothing;
  std::vector<Graph> without;
  for (const RuleId r : ids<RuleId>(topology.rules.size())) {
    without.push_back(compile(support::build(without_rule(world, r.index()))));
  }
  for (const NodeId from : takeable(topology)) {
    Scenario start;
    start.compromised = {from};
    std::vector<Blast> spreads;
    for (const Graph& other : without) spreads.push_back(blast(other, start));
    for (const NodeId to : takeable(topology)) {
      const TakeoverExplanation found = explain_takeover(graph, nothing, from, to);
      if (found.reached) continue;
      if (!found.openings_complete) return "not all was tried";
      std::set<RuleId> named;
      for (const Opening& opening : found.openings) {
        if (opening.type == Opening::Type::rule) named.insert(opening.rule);
      }
      for (const RuleId r : ids<RuleId>(topology.rules.size())) {
        // An allow rule may hide others, but is nothing that keeps a takeover from being possible.
        if (topology.rules[r].action == RuleAction::allow) continue;
        if (spreads[r.index()].reached[to] != named.contains(r)) {
          return std::string(topology.nodes[from].id) + " takes over " + std::string(topology.nodes[to].id) +
                 (named.contains(r) ? " not even" : "") + " without rule " + std::to_string(r.index());
        }
      }
    }
  }
  return {};
}

/// With every closed flow of the way allowed the takeover is possible; where a way is missing, not even with all.
std::string way_difference(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  // An allowed flow may also mend a need, and so a site; here it shall only let the spread through.
  const NeedRun run = run_need(graph, Scenario{});
  for (const NodeId from : takeable(topology)) {
    Scenario all;
    all.compromised = {from};
    all.allow.push_back({{true, {}}, {true, {}}, PortSet::any()});
    const Blast most = blast(graph, all, run);
    for (const NodeId to : takeable(topology)) {
      const TakeoverExplanation found = explain_takeover(graph, Scenario{}, from, to);
      if (found.reached) continue;
      const std::string name = std::string(topology.nodes[from].id) + " to " + std::string(topology.nodes[to].id);
      if (most.reached[to] && found.way.empty()) return name + ": no way is named";
      if (found.way.empty()) continue;
      if (found.way.front().node != from || found.way.back().node != to) return name + ": the way is another's";
      if (!std::ranges::any_of(found.way, &WayStep::closed)) return name + ": nothing is closed on the way";
      if (!topology.links.empty()) continue;
      Scenario opened;
      opened.compromised = {from};
      for (const WayStep& step : found.way) {
        if (step.closed) opened.allow.push_back({{false, {step.how.from}}, {false, {step.node}}, PortSet::any()});
      }
      if (!blast(graph, opened, run).reached[to]) return name + ": the way is not open with its steps";
    }
  }
  return {};
}

TEST(Takeovers, NameTheRulesThatPreventThemOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, rule_difference);
}

TEST(Takeovers, NameTheRulesThatPreventThemOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 600, .first_seed = 21'000'000}, rule_difference);
}

TEST(Takeovers, NameAWayThatCouldBeOpenedOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 22'000'000}, way_difference);
}

}  // namespace
}  // namespace firebreak::property
