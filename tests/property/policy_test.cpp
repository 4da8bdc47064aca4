#include "firebreak/policy.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "firebreak/load.h"
#include "firebreak/report.h"

#include "analyzer/loss_probe.h"
#include "analyzer/need_law.h"
#include "report/matrix_grid.h"
#include "tests/oracle/flows.h"
#include "tests/oracle/values.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// What `policy` answers, against its definitions in docs/model.md.

namespace firebreak::property {
namespace {

/// A need with a port between two places in zones.
struct Demand {
  NodeId owner;
  std::uint32_t need = 0;
  NodeId from;
  NodeId to;
};

std::vector<Demand> demands_of(const Topology& topology) {
  std::vector<Demand> demands;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if (kind == NodeKind::site || kind == NodeKind::link) continue;
    const NeedRange range = oracle::needs_of(topology, n);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Need& need = topology.needs[i];
      if (need.type != Need::Type::leaf || !need.port.valid()) continue;
      if (topology.nodes[need.on].kind != NodeKind::system) continue;
      const NodeId from = oracle::source(topology, need, n);
      if (!oracle::zone_of(topology, from).valid() || !oracle::zone_of(topology, need.on).valid()) continue;
      demands.push_back({n, i, from, need.on});
    }
  }
  return demands;
}

std::string denied_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const oracle::Flows flows(topology, scenario);
  std::set<std::uint32_t> denied;
  for (const Demand& demand : demands_of(topology)) {
    const PortSet& ports = topology.ports[topology.needs[demand.need].port];
    if (!flows.permitted_on_every(demand.from, demand.to, ports)) denied.insert(demand.need);
  }
  std::set<std::uint32_t> found;
  for (const DeniedNeed& need : denied_needs(graph, scenario)) {
    const Leaf leaf = leaf_of(graph, need.leaf);
    found.insert(graph.need.arcs[leaf.arc].need);
    if (need.judgement.permitted) return "a denied need is permitted";
    for (const std::uint32_t port : flows.points()) {
      const bool missing =
          oracle::holds(topology.ports[leaf.port], port) && !flows.permitted(leaf.source, leaf.provider, port);
      if (missing != oracle::holds(need.missing, port)) return "a denied need misses other ports";
    }
  }
  return found == denied ? std::string() : "not the needs that are denied";
}

/// The nodes that fail in one run of the law and not in another.
std::set<VertexId> more_failed(const NeedRun& run, const NeedRun& base) {
  std::set<VertexId> failed;
  for (const VertexId v : ids<VertexId>(run.fails.size())) {
    if (run.fails[v] != kNever && base.fails[v] == kNever) failed.insert(v);
  }
  return failed;
}

std::string probe_difference(const Topology& topology, const Graph& graph, const Scenario& /*none*/) {
  const NeedRun base = run_need_denying(graph, {});
  LossProbe probe(graph, base);
  for (const LeafId l : ids<LeafId>(graph.need.leaves.size())) {
    const auto lost = probe.lose({}, {&l, 1});
    if (probe.lost_links()) continue;
    if (std::set(lost.begin(), lost.end()) != more_failed(run_need_denying(graph, {&l, 1}), base)) {
      return "a severed need takes down others";
    }
  }
  const NeedRun before = run_need(graph, {});
  LossProbe singles(graph, before);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::zone) continue;
    Scenario off;
    off.off = {n};
    const auto lost = singles.lose(off.off, {});
    if (singles.lost_links()) continue;
    if (std::set(lost.begin(), lost.end()) != more_failed(run_need(graph, off), before)) {
      return "the loss of " + std::string(topology.nodes[n].id) + " takes down others";
    }
  }
  return {};
}

std::string unused_difference(const Topology& topology, const Graph& graph, const Scenario& /*none*/) {
  const Scenario nothing;
  const oracle::Flows flows(topology, nothing);
  std::set<RuleId> unused;
  for (const RuleId rule : ids<RuleId>(topology.rules.size())) {
    if (topology.rules[rule].action == RuleAction::allow && !topology.policies[topology.rules[rule].policy].replaced) {
      unused.insert(rule);
    }
  }
  for (const Demand& demand : demands_of(topology)) {
    for (const std::uint32_t port : flows.points()) {
      if (!oracle::holds(topology.ports[topology.needs[demand.need].port], port)) continue;
      for (const oracle::Verdict& verdict : flows.judge(demand.from, demand.to, port).verdicts) {
        unused.erase(verdict.rule);
      }
    }
  }
  std::set<RuleId> found;
  for (const UnusedRule& rule : unused_rules(graph, {})) found.insert(rule.rule);
  return found == unused ? std::string() : "not the rules that are unused";
}

/// The least policy, written, merged and read again: it permits what needs state and nothing else.
std::string least_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const Sources sources;
  const Subject subject{sources, topology, graph, scenario, "t.toml", ""};
  const std::string fragment = least_policy_toml(subject, least_rules(graph));
  const Loaded merged = load_texts({{"t.toml", write_toml(topology)}, {"least.toml", fragment}});
  if (!merged.topology) return "cannot be merged:\n" + fragment;
  const Topology& narrowed = *merged.topology;
  const Scenario nothing;
  const oracle::Flows flows(narrowed, nothing);
  const std::vector<Demand> demands = demands_of(narrowed);
  for (const NodeId from : ids<NodeId>(narrowed.nodes.size())) {
    for (const NodeId to : ids<NodeId>(narrowed.nodes.size())) {
      if (from == to || !oracle::zone_of(narrowed, from).valid() || !oracle::zone_of(narrowed, to).valid()) continue;
      for (const std::uint32_t port : flows.points()) {
        // A zone named as a source is named for all that is in it.
        const auto states = [&](const Demand& demand) {
          Selector source;
          source.type = Selector::Type::node;
          source.node = demand.from;
          return demand.to == to && oracle::means(narrowed, source, from) &&
                 oracle::holds(narrowed.ports[narrowed.needs[demand.need].port], port);
        };
        if (flows.permitted(from, to, port) != std::ranges::any_of(demands, states)) {
          return std::string(narrowed.nodes[from].id) + " -> " + std::string(narrowed.nodes[to].id) + " on " +
                 std::to_string(port) + " under\n" + fragment;
        }
      }
    }
  }
  return {};
}

/// Zones that share a line of the grid have the same with every third one, with each other, and inside.
std::string grid_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const ZoneMatrix matrix = zone_matrix(graph, scenario);
  for (const report::Alike alike : {report::Alike::in_openness, report::Alike::in_ports}) {
    const report::MatrixGrid grid = report::make_grid(matrix, 0, alike);
    const auto same = [&](const std::pair<std::size_t, std::size_t>& a, const std::pair<std::size_t, std::size_t>& b) {
      if (alike == report::Alike::in_ports && matrix.cell(a.first, a.second) != matrix.cell(b.first, b.second)) {
        return false;
      }
      return report::grid_cell(matrix, a.first, a.second) == report::grid_cell(matrix, b.first, b.second);
    };
    std::size_t zones = 0;
    for (const auto& from : grid.lines) {
      zones += from.size();
      for (const auto& to : grid.lines) {
        for (const std::size_t a : from) {
          for (const std::size_t b : to) {
            const bool inside = a == b;
            const std::pair shown = inside         ? std::pair(from.front(), from.front())
                                    : &from == &to ? std::pair(from.front(), from.back())
                                                   : std::pair(from.front(), to.front());
            if (same(shown, {a, b})) continue;
            return std::string(topology.nodes[matrix.zones[a]].id) + " -> " +
                   std::string(topology.nodes[matrix.zones[b]].id) + " is not what its line shows";
          }
        }
      }
    }
    if (zones != matrix.zones.size()) return "zones are missing";
  }
  return {};
}

constexpr support::WorldSize kManyNeeds = {.systems = 8, .services = 5, .rules = 8, .needs = 6};

TEST(DeniedNeeds, AreTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 15'000'000}, for_each_scenario(denied_difference));
  hold_on_random_worlds({.worlds = 800, .first_seed = 16'000'000, .size = kManyNeeds},
                        for_each_scenario(denied_difference));
}

TEST(LossProbe, FailsWhatTheNeedLawFailsOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_scenario(probe_difference));
}

TEST(LossProbe, FailsWhatTheNeedLawFailsOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 17'000'000}, for_each_scenario(probe_difference));
  hold_on_random_worlds({.worlds = 500, .first_seed = 18'000'000, .size = kManyNeeds},
                        for_each_scenario(probe_difference));
}

TEST(UnusedRules, AreTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 3000, .first_seed = 19'000'000, .size = kManyNeeds},
                        for_each_scenario(unused_difference));
}

TEST(MatrixGrid, ShowsEveryPairOfZonesAsItIsOnRandomWorlds) {
  const support::WorldSize size = {.zones = 12, .systems = 4, .links = 2, .policies = 1, .rules = 3};
  hold_on_random_worlds({.worlds = 2000, .first_seed = 23'000'000, .size = size}, for_each_scenario(grid_difference));
}

TEST(LeastPolicy, PermitsWhatNeedsStateAndNothingElseOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 20'000'000, .size = kManyNeeds},
                        for_each_scenario(least_difference));
}

}  // namespace
}  // namespace firebreak::property
