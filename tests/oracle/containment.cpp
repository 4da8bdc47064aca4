#include "tests/oracle/containment.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <fmt/format.h>

namespace firebreak::oracle {

namespace {

bool allowed(const ContainOptions& options, const Action& action) {
  const auto pinned = [&](NodeId n) { return std::ranges::find(options.cannot, n) != options.cannot.end(); };
  return std::ranges::find(options.without, action.type) == options.without.end() && !pinned(action.node) &&
         !pinned(action.to);
}

double cost_of(const Topology& topology, const Action& action) {
  const auto cost = [&](NodeId n) {
    switch (topology.nodes[n].kind) {
      case NodeKind::zone:
        return topology.zone(n).cost;
      case NodeKind::system:
        return topology.system(n).cost;
      default:
        return topology.identity(n).cost;
    }
  };
  if (action.type == Action::Type::block_rule) return topology.rules[action.rule].cost;
  if (action.type == Action::Type::block_zones) return std::max(cost(action.node), cost(action.to));
  return cost(action.node);
}

}  // namespace

Scenario with_action(const Topology& topology, const Scenario& scenario, const std::vector<RuleBlock>& rules,
                     const Action& action) {
  ScenarioWords words;
  const auto id = [&](NodeId n) { return std::string(topology.nodes[n].id); };
  switch (action.type) {
    case Action::Type::isolate_system:
    case Action::Type::isolate_zone:
      words.isolate = {id(action.node)};
      break;
    case Action::Type::switch_off:
    case Action::Type::disable:
      words.off = {id(action.node)};
      break;
    case Action::Type::block_zones:
      words.block = {fmt::format("{} -> {}", id(action.node), id(action.to))};
      break;
    case Action::Type::block_rule: {
      Scenario more;
      more.block = {std::ranges::find(rules, action.rule, &RuleBlock::rule)->flow};
      return join(scenario, more);
    }
  }
  std::vector<Diagnostic> faults;
  return join(scenario, resolve(topology, words, faults));
}

std::vector<Action> candidate_actions(const Topology& topology, const ContainOptions& options) {
  std::vector<Action> all;
  for (const System& system : topology.systems) {
    all.push_back({Action::Type::isolate_system, system.node, {}, {}});
    all.push_back({Action::Type::switch_off, system.node, {}, {}});
  }
  for (const Identity& identity : topology.identities) all.push_back({Action::Type::disable, identity.node, {}, {}});
  for (const Zone& zone : topology.zones) {
    all.push_back({Action::Type::isolate_zone, zone.node, {}, {}});
    for (const Zone& other : topology.zones) {
      if (zone.node != other.node) all.push_back({Action::Type::block_zones, zone.node, other.node, {}});
    }
  }
  for (const RuleBlock& rule : options.rules) all.push_back({Action::Type::block_rule, {}, {}, rule.rule});
  std::erase_if(all, [&](const Action& action) { return !allowed(options, action); });
  return all;
}

namespace {

/// What a set of actions leads to, sound or not.
struct Outcome {
  PlanCost cost;
  bool kept = true;
  bool safe = true;
  std::uint32_t reached = 0;
};

Outcome outcome(const Topology& topology, const Graph& graph, const Scenario& scenario, const ContainOptions& options,
                const std::vector<Action>& actions) {
  Scenario after = scenario;
  Outcome result;
  for (const Action& action : actions) {
    after = with_action(topology, after, options.rules, action);
    result.cost.cost += cost_of(topology, action);
    ++result.cost.actions;
  }
  const NeedRun before = run_need(graph, scenario);
  const NeedRun run = run_need(graph, after);
  const Blast spread = blast(graph, after, run);
  result.reached = static_cast<std::uint32_t>(spread.order.size());
  result.safe = std::ranges::none_of(options.protect, [&](NodeId n) { return spread.reached[n]; });
  result.kept = std::ranges::all_of(options.keep, [&](NodeId n) { return run.fails[VertexId(n.index())] == kNever; });
  for (const Service& service : topology.services) {
    const VertexId v(service.node.index());
    const double weight = graph.weight[service.node];
    const bool fails = run.fails[v] != kNever;
    if (fails && before.fails[v] == kNever) result.cost.lost += weight;
    if (!fails && run.degrades[v] != kNever && before.degrades[v] == kNever) result.cost.degraded += weight;
  }
  return result;
}

std::vector<Action> members(const std::vector<Action>& candidates, std::uint32_t set) {
  std::vector<Action> actions;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if ((set >> i & 1U) != 0) actions.push_back(candidates[i]);
  }
  return actions;
}

}  // namespace

std::optional<PlanCost> judge_plan(const Topology& topology, const Graph& graph, const Scenario& scenario,
                                   const ContainOptions& options, const std::vector<Action>& actions) {
  const Outcome result = outcome(topology, graph, scenario, options, actions);
  return result.kept && result.safe ? std::optional(result.cost) : std::nullopt;
}

std::vector<std::pair<double, std::uint32_t>> frontier(const Topology& topology, const Graph& graph,
                                                       const Scenario& scenario, const ContainOptions& options,
                                                       const std::vector<Action>& candidates) {
  std::vector<std::pair<double, std::uint32_t>> all;
  for (std::uint32_t set = 0; set < std::uint32_t{1} << candidates.size(); ++set) {
    const Outcome result = outcome(topology, graph, scenario, options, members(candidates, set));
    if (result.kept) all.emplace_back(result.cost.lost, result.reached);
  }
  std::ranges::sort(all);
  std::vector<std::pair<double, std::uint32_t>> least;
  for (const auto& point : all) {
    if (least.empty() || point.second < least.back().second) least.push_back(point);
  }
  return least;
}

std::optional<PlanCost> cheapest_plan(const Topology& topology, const Graph& graph, const Scenario& scenario,
                                      const ContainOptions& options, const std::vector<Action>& candidates) {
  std::vector<std::uint32_t> order(std::size_t{1} << candidates.size());
  for (std::uint32_t set = 0; set < order.size(); ++set) order[set] = set;
  std::ranges::stable_sort(order, {}, [](std::uint32_t set) { return std::popcount(set); });
  std::vector<std::uint32_t> sound;
  std::optional<PlanCost> least;
  for (const std::uint32_t set : order) {
    // More than a sound plan does never costs less.
    if (std::ranges::any_of(sound, [&](std::uint32_t known) { return (known & set) == known; })) continue;
    const std::optional<PlanCost> cost = judge_plan(topology, graph, scenario, options, members(candidates, set));
    if (!cost) continue;
    sound.push_back(set);
    if (!least || *cost < *least) least = cost;
  }
  return least;
}

}  // namespace firebreak::oracle
