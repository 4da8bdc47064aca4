#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <thread>
#include <tuple>

#include "firebreak/blast.h"
#include "firebreak/whatif.h"

#include "tests/oracle/need_law.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// Every single and double loss against the need law, asked once for each.

namespace firebreak::property {
namespace {

Scenario without(const Topology& topology, const Graph& graph, Scenario scenario, NodeId loss) {
  if (topology.nodes[loss].kind != NodeKind::zone) {
    scenario.off.push_back(loss);
  } else {
    for (const System& system : topology.systems) {
      for (NodeId zone = graph.zone[system.node]; zone.valid(); zone = graph.parent[zone]) {
        if (zone == loss) scenario.off.push_back(system.node);
      }
    }
  }
  return join(scenario, {});
}

struct Expected {
  double weight_lost = 0;
  std::uint32_t fails = 0;
};

class Judge {
 public:
  Judge(const Topology& topology, const Graph& graph, const Scenario& scenario)
      : topology_(topology), graph_(graph), scenario_(scenario), before_(oracle::need_law(topology, scenario)) {}

  [[nodiscard]] Expected lose(NodeId first, NodeId second = {}) const {
    Scenario after = without(topology_, graph_, scenario_, first);
    if (second.valid()) after = without(topology_, graph_, after, second);
    const oracle::NeedLaw law = oracle::need_law(topology_, after);
    Expected expected{oracle::outcome(topology_, after, law, before_).weight_lost, 0};
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      const bool lost = std::ranges::binary_search(after.off, n);
      if (law.fails.node[n] != kNever && before_.fails.node[n] == kNever && !lost) ++expected.fails;
    }
    return expected;
  }
  [[nodiscard]] double before() const { return oracle::outcome(topology_, scenario_).weight_lost; }

 private:
  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  oracle::NeedLaw before_;
};

bool alike(double a, double b) {
  return std::abs(a - b) < 1e-6;
}

std::string words(const SweepLoss& loss) {
  return fmt::format("{} {}: {} lost, {} more, {} fail", loss.first.index(),
                     loss.second.valid() ? std::to_string(loss.second.index()) : "", loss.weight_lost, loss.more,
                     loss.fails);
}

std::string difference(const Sweep& found, std::vector<SweepLoss> expected, std::uint64_t tried, std::uint64_t some) {
  std::ranges::sort(expected, [](const SweepLoss& a, const SweepLoss& b) {
    if (!alike(a.weight_lost, b.weight_lost)) return a.weight_lost > b.weight_lost;
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  if (!found.complete) return "it is not complete";
  if (found.tried != tried) return fmt::format("{} were tried, not {}", found.tried, tried);
  if (found.found != some) return fmt::format("{} were found, not {}", found.found, some);
  if (found.worst.size() != expected.size())
    return fmt::format("{} are listed, not {}", found.worst.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const SweepLoss& a = found.worst[i];
    const SweepLoss& b = expected[i];
    const bool same = a.first == b.first && a.second == b.second && alike(a.weight_lost, b.weight_lost) &&
                      alike(a.more, b.more) && a.fails == b.fails;
    if (!same) return fmt::format("place {} is [{}], not [{}]", i, words(a), words(b));
  }
  return {};
}

/// The same in three shards, merged, with two parts at once.
Sweep in_shards(const Graph& graph, const Scenario& scenario, SweepOptions options) {
  options.division.shards = 3;
  options.division.parts = 2;
  options.division.workers = [](std::size_t parts, const std::function<void(std::size_t)>& work) {
    std::vector<std::jthread> threads;
    for (std::size_t part = 0; part < parts; ++part) threads.emplace_back([&work, part] { work(part); });
  };
  std::vector<Sweep> shards;
  for (std::size_t& shard = options.division.shard; shard < options.division.shards; ++shard) {
    shards.push_back(sweep_losses(graph, scenario, options));
  }
  return merge(shards, options.top);
}

std::string sweep_fault(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  std::vector<Scenario> scenarios{{}};
  for (const NamedScenario& named : topology.scenarios) scenarios.push_back(resolve(topology, named));
  for (const Scenario& scenario : scenarios) {
    const Judge judge(topology, graph, scenario);
    SweepOptions options;
    options.top = 1'000'000;
    for (const NodeId n : ids<NodeId>(graph.node_count)) options.losses.push_back(n);
    const double before = judge.before();
    std::vector<double> alone;
    std::vector<SweepLoss> singles;
    std::uint64_t some = 0;
    for (const NodeId n : options.losses) {
      const Expected expected = judge.lose(n);
      alone.push_back(expected.weight_lost - before);
      if (alone.back() > 1e-6) ++some;
      singles.push_back({n, {}, expected.weight_lost, alone.back(), expected.fails});
    }
    const std::size_t count = options.losses.size();
    for (const SweepWay way : {SweepWay::one_by_one, SweepWay::together}) {
      options.way = way;
      const std::string how = way == SweepWay::together ? "singles in one pass" : "singles";
      if (const std::string fault = difference(sweep_losses(graph, scenario, options), singles, count, some);
          !fault.empty()) {
        return how + ": " + fault;
      }
      if (const std::string fault = difference(in_shards(graph, scenario, options), singles, count, some);
          !fault.empty()) {
        return how + " in shards: " + fault;
      }
    }
    std::vector<SweepLoss> pairs;
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = a + 1; b < count; ++b) {
        const Expected expected = judge.lose(options.losses[a], options.losses[b]);
        const double more = expected.weight_lost - before - alone[a] - alone[b];
        if (more > 1e-6)
          pairs.push_back({options.losses[a], options.losses[b], expected.weight_lost, more, expected.fails});
      }
    }
    options.pairs = true;
    for (const Sweep& found : {sweep_losses(graph, scenario, options), in_shards(graph, scenario, options)}) {
      const std::string fault = difference(found, pairs, count * (count - 1) / 2, pairs.size());
      if (!fault.empty()) return "pairs: " + fault;
    }
  }
  return {};
}

/// What one question after the other is answered, also from another worker's: with few and many off, and with all that
/// scenarios can do besides.
std::string what_if_fault(const support::World& world) {
  const Topology topology = support::build(world);
  const Graph graph = compile(topology);
  std::vector<Scenario> scenarios{{}};
  for (const NamedScenario& named : topology.scenarios) scenarios.push_back(resolve(topology, named));
  support::Random random(7);
  for (const Scenario& base : scenarios) {
    const WhatIf first(graph, base);
    WhatIf what_if = first.another();
    std::vector<Scenario> asked = scenarios;
    for (int i = 0; i < 12; ++i) {
      Scenario& off = asked.emplace_back();
      for (const NodeId n : ids<NodeId>(graph.node_count)) {
        if (graph.kind[n] != NodeKind::zone && random.percent(i < 8 ? 15 : 60)) off.off.push_back(n);
      }
    }
    for (const Scenario& more : asked) {
      const Scenario whole = join(base, more);
      const oracle::Outcome expected = oracle::outcome(topology, whole);
      const WhatIfAnswer found = what_if.ask(more);
      if (!alike(found.weight_lost, expected.weight_lost)) {
        return fmt::format("{} lost, not {}", found.weight_lost, expected.weight_lost);
      }
      for (const NodeId n : ids<NodeId>(graph.node_count)) {
        const bool fails = std::ranges::binary_search(found.fails, n);
        if (fails != (expected.state[n] == State::fails)) return fmt::format("{} fails or not", topology.nodes[n].id);
      }
      const std::size_t reached = whole.compromised.empty() ? 0 : blast(graph, whole).order.size();
      if (found.reached != reached) return fmt::format("{} are reached, not {}", found.reached, reached);
    }
  }
  return {};
}

TEST(WhatIfs, AreWhatTheLawsSayOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 600, .first_seed = 93'000'000}, what_if_fault);
}

TEST(WhatIfs, AreWhatTheLawsSayWhereLinksMatter) {
  const support::WorldSize size{
      .zones = 4, .systems = 6, .services = 3, .links = 4, .policies = 1, .pivots = 1, .scenarios = 2, .needs = 4};
  hold_on_random_worlds({.worlds = 600, .first_seed = 94'000'000, .size = size}, what_if_fault);
}

TEST(Sweeps, AreWhatEachLossDoesOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, sweep_fault);
}

TEST(Sweeps, AreWhatEachLossDoesOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, sweep_fault);
}

TEST(Sweeps, AreWhatEachLossDoesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 250, .first_seed = 91'000'000}, sweep_fault);
}

TEST(Sweeps, AreWhatEachLossDoesWhereLinksMatter) {
  const support::WorldSize size{
      .zones = 4, .systems = 6, .services = 3, .links = 4, .policies = 1, .pivots = 0, .scenarios = 1, .needs = 4};
  hold_on_random_worlds({.worlds = 250, .first_seed = 92'000'000, .size = size}, sweep_fault);
}

}  // namespace
}  // namespace firebreak::property
