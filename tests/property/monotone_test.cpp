#include <array>
#include <gtest/gtest.h>

#include "firebreak/blast.h"
#include "firebreak/impact.h"

#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// Laws that need no oracle: what is taken away never helps, what is added never hurts.

namespace firebreak::property {
namespace {

using support::Declaration;
using support::World;

struct Answer {
  Impact impact;
  Blast blast;
};

Answer answer(const Graph& graph, const Scenario& scenario) {
  return {impact(graph, scenario), blast(graph, scenario)};
}

/// The first node that is lost sooner in `better` than in `worse`.
std::string lost_sooner(const Topology& topology, const Impact& better, const Impact& worse) {
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const VertexId v(n.index());
    const std::string id(topology.nodes[n].id);
    if (better.run.fails[v] < worse.run.fails[v]) return id + " fails sooner";
    if (better.run.degrades[v] < worse.run.degrades[v]) return id + " degrades sooner";
  }
  return better.weight_lost > worse.weight_lost ? "more is lost" : "";
}

/// The first node that is reached by `narrow` and not by `wide`, or in fewer steps or sooner.
std::string reached_more(const Topology& topology, const Blast& narrow, const Blast& wide) {
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (!narrow.reached[n]) continue;
    const std::string id(topology.nodes[n].id);
    if (!wide.reached[n]) return id + " is reached";
    if (wide.step[n] > narrow.step[n]) return id + " is reached in fewer steps";
    if (wide.after[n] > narrow.after[n]) return id + " is reached sooner";
  }
  return {};
}

PlaceSet one_place(NodeId place) {
  PlaceSet set;
  set.nodes = {place};
  return set;
}

/// One more action of each sort on a node.
std::vector<Scenario> with_one_more_cut(const Topology& topology, NodeId n) {
  const NodeKind kind = topology.nodes[n].kind;
  std::vector<Scenario> more(kind == NodeKind::system ? 3 : 1);
  if (kind == NodeKind::zone) {
    more[0].isolated_zones = {n};
  } else {
    more[0].off = {n};
  }
  if (kind == NodeKind::system) {
    more[1].isolated_systems = {n};
    more[2].block = {{one_place(n), {.everything = true, .nodes = {}}, PortSet::any()}};
  }
  return more;
}

std::string cuts_never_help(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const Answer before = answer(graph, scenario);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    for (const Scenario& more : with_one_more_cut(topology, n)) {
      const Answer after = answer(graph, join(scenario, more));
      const std::string cut = "one more cut at " + std::string(topology.nodes[n].id) + ": ";
      std::string fault = lost_sooner(topology, before.impact, after.impact);
      if (!fault.empty()) return cut + "without it " + fault;
      fault = reached_more(topology, after.blast, before.blast);
      if (!fault.empty()) return cut + fault;
    }
  }
  return {};
}

TEST(Monotone, MoreCutsNeverMakeAnythingBetterNorReachMore) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 10'000'000}, for_each_scenario(cuts_never_help));
}

std::string compromises_only_add(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const Blast before = blast(graph, scenario);
  for (const System& system : topology.systems) {
    Scenario more;
    more.compromised = {system.node};
    const std::string fault = reached_more(topology, before, blast(graph, join(scenario, more)));
    if (!fault.empty()) return "without " + std::string(topology.nodes[system.node].id) + " compromised " + fault;
  }
  return {};
}

TEST(Monotone, MoreCompromisedNeverReachesLess) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 11'000'000}, for_each_scenario(compromises_only_add));
}

/// Compares a world with a changed one in which nothing may be lost sooner; nodes are the same and in the same order.
std::string never_lost_sooner(const World& world, const World& changed) {
  const Topology before = support::build(world);
  const Topology after = support::build(changed);
  const Graph graph_before = compile(before);
  const Graph graph_after = compile(after);
  for (const NamedScenario& named : before.scenarios) {
    const Scenario scenario = resolve(before, named);
    const std::string fault = lost_sooner(before, impact(graph_after, scenario), impact(graph_before, scenario));
    if (!fault.empty()) return "scenario " + std::string(named.id) + ": " + fault;
  }
  return {};
}

/// Adds a leaf to the end of a group that asks for some of its members.
void add_member(NeedDecls& needs, std::size_t group, std::string_view on) {
  std::vector<std::uint32_t> depth = support::depths(needs);
  const auto end = static_cast<std::ptrdiff_t>(group + needs[group].size);
  NeedDecl leaf;
  leaf.on = on;
  depth.insert(depth.begin() + end, depth[group] + 1);
  needs.insert(needs.begin() + end, leaf);
  support::set_sizes(needs, depth);
}

std::string redundancy_never_hurts(const World& world) {
  World original = world;
  const std::vector<NeedDecls*> all = support::needs_of(original);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t item = 0; item < all[i]->size(); ++item) {
      const Need::Type type = (*all[i])[item].type;
      if (type != Need::Type::any && type != Need::Type::at_least) continue;
      for (const Declaration& declaration : world.declarations) {
        const auto* system = std::get_if<SystemDecl>(&declaration);
        if (system == nullptr) continue;
        World changed = world;
        add_member(*support::needs_of(changed)[i], item, system->id.value);
        const std::string fault = never_lost_sooner(world, changed);
        if (!fault.empty()) return "one more member, " + std::string(system->id.value) + ": " + fault;
      }
    }
  }
  return {};
}

TEST(Monotone, MoreRedundancyNeverFailsMore) {
  hold_on_random_worlds({.worlds = 1000, .first_seed = 12'000'000}, redundancy_never_hurts);
}

/// The world with nothing but allow rules and deny as the default everywhere.
World allowing(World world) {
  for (Declaration& declaration : world.declarations) {
    auto* policy = std::get_if<PolicyDecl>(&declaration);
    if (policy == nullptr) continue;
    policy->otherwise = {};
    for (RuleDecl& rule : policy->rules) {
      if (rule.allow) continue;
      rule.allow = rule.deny ? rule.deny : rule.pass;
      rule.deny.reset();
      rule.pass.reset();
    }
  }
  return world;
}

std::string reaches_no_less(const World& world, const World& changed) {
  const Topology before = support::build(world);
  const Topology after = support::build(changed);
  const Graph graph_before = compile(before);
  const Graph graph_after = compile(after);
  for (const NamedScenario& named : before.scenarios) {
    const Scenario scenario = resolve(before, named);
    const Answer old_answer = answer(graph_before, scenario);
    const Answer new_answer = answer(graph_after, scenario);
    std::string fault = reached_more(before, old_answer.blast, new_answer.blast);
    if (fault.empty()) fault = lost_sooner(before, new_answer.impact, old_answer.impact);
    if (!fault.empty()) return "scenario " + std::string(named.id) + ": " + fault;
  }
  return {};
}

std::string allow_rules_only_add(const World& world) {
  const World plain = allowing(world);
  for (std::size_t i = 0; i < plain.declarations.size(); ++i) {
    if (!std::holds_alternative<PolicyDecl>(plain.declarations[i])) continue;
    constexpr std::array<std::string_view, 4> kFrom = {"*", "tag:red", "kind:db", "10.1.0.0/16"};
    for (const std::string_view from : kFrom) {
      World changed = plain;
      RuleDecl rule;
      rule.allow = Words{std::string_view("tcp/443"), std::string_view("udp/53")};
      rule.from = Words{from};
      auto& rules = std::get<PolicyDecl>(changed.declarations[i]).rules;
      rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(rules.size() / 2), rule);
      const std::string fault = reaches_no_less(plain, changed);
      if (!fault.empty()) return "one more rule, before it " + fault;
    }
  }
  return {};
}

TEST(Monotone, MoreAllowRulesNeverReachLess) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 13'000'000}, allow_rules_only_add);
}

}  // namespace
}  // namespace firebreak::property
