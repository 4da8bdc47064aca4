#include "tests/property/scenarios.h"

namespace firebreak::property {

namespace {

std::string ids_of(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId n : nodes) text += " " + std::string(topology.nodes[n].id);
  return text;
}

}  // namespace

Check for_each_scenario(const ScenarioCheck& check) {
  return [check](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    std::string fault = check(topology, graph, Scenario{});
    if (!fault.empty()) return "no action: " + fault;
    for (const NamedScenario& named : topology.scenarios) {
      fault = check(topology, graph, resolve(topology, named));
      if (!fault.empty()) return "scenario " + std::string(named.id) + ": " + fault;
    }
    return std::string();
  };
}

Check for_each_off_set(const ScenarioCheck& check) {
  return [check](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    std::vector<NodeId> nodes;
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      const NodeKind kind = topology.nodes[n].kind;
      if (kind != NodeKind::zone && kind != NodeKind::link) nodes.push_back(n);
    }
    for (const std::vector<NodeId>& off : support::subsets(nodes)) {
      Scenario scenario;
      scenario.off = off;
      const std::string fault = check(topology, graph, scenario);
      if (!fault.empty()) return "off" + ids_of(topology, off) + ": " + fault;
    }
    return std::string();
  };
}

namespace {

/// `*` and every single place.
std::vector<PlaceSet> place_sets(const Topology& topology) {
  std::vector<PlaceSet> sets(1);
  sets.front().everything = true;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::system || kind == NodeKind::zone) sets.push_back({false, {n}});
  }
  return sets;
}

std::vector<Scenario> single_actions(const Topology& topology) {
  std::vector<Scenario> all(1);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::zone) {
      all.emplace_back().isolated_zones = {n};
    } else {
      all.emplace_back().off = {n};
    }
    if (kind == NodeKind::system) all.emplace_back().isolated_systems = {n};
  }
  for (const PlaceSet& from : place_sets(topology)) {
    for (const PlaceSet& to : place_sets(topology)) {
      const PortSet one({{kTcp + 1, kTcp + 1}});
      all.emplace_back().block = {{from, to, PortSet::any()}};
      all.emplace_back().block = {{from, to, one}};
      all.emplace_back().allow = {{from, to, one}};
    }
  }
  return all;
}

}  // namespace

Check for_each_single_action(const ScenarioCheck& check) {
  return [check](const support::World& world) {
    const Topology topology = support::build(world);
    const Graph graph = compile(topology);
    std::size_t number = 0;
    for (const Scenario& scenario : single_actions(topology)) {
      const std::string fault = check(topology, graph, scenario);
      if (!fault.empty()) return "action " + std::to_string(number) + ": " + fault;
      ++number;
    }
    return std::string();
  };
}

}  // namespace firebreak::property
