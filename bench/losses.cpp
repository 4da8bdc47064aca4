// What is lost when systems are: every single one, every two, whole zones, and one more in an open what-if, against the
// whole of the need law for each, and two by two. Usage: bench_losses [SYSTEMS [SINGLE [PAIRS]]], how many systems the
// estates for the sweeps and for the open what-if have.

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "firebreak/builder.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/whatif.h"

#include "bench/made_up.h"
#include "bench/measure.h"
#include "bench/rows.h"
#include "tests/support/random.h"

namespace firebreak::bench {
namespace {

std::vector<NodeId> all_systems(const Graph& graph) {
  std::vector<NodeId> systems;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::system) systems.push_back(n);
  }
  return systems;
}

/// The seconds for one loss by the whole law, from some of them; and how many nodes then fail.
double whole_law(const Graph& graph, const std::vector<NodeId>& losses, std::size_t some) {
  std::vector<double> each;
  for (std::size_t i = 0; i < some; ++i) {
    Scenario scenario;
    scenario.off = {losses[i * losses.size() / some]};
    each.push_back(seconds_of([&] { (void)run_need(graph, scenario); }));
  }
  return median(each);
}

void sweep_singles(const Graph& graph, const std::vector<NodeId>& systems, std::size_t pairs) {
  print_work(fmt::format("every single loss of {} systems", systems.size()));
  Pairs against_law;
  Pairs against_asking;
  const Scenario nothing;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double law = whole_law(graph, systems, 10) * static_cast<double>(systems.size());
    const double asking = seconds_of([&] {
      WhatIf whatif(graph, nothing);
      for (const NodeId system : systems) {
        Scenario one;
        one.off = {system};
        (void)whatif.ask(one);
      }
    });
    const double seconds = seconds_of([&] { (void)sweep_losses(graph, {}, {.losses = systems}); });
    against_law.add(seconds, law);
    against_asking.add(seconds, asking);
  }
  print_row("the whole law for each", against_law,
            fmt::format("{:.3g} M losses/s; the law worked out from 10 of them",
                        static_cast<double>(systems.size()) / median(against_law.ours) / 1e6));
  print_row("one by one, only what changes", against_asking);
}

void sweep_pairs(const Graph& graph, const std::vector<NodeId>& systems, std::size_t pairs) {
  const double count = static_cast<double>(systems.size()) * static_cast<double>(systems.size() - 1) / 2;
  print_work(fmt::format("every double loss: {:.4g} million pairs", count / 1e6));
  constexpr std::size_t kSome = 20'000;
  support::Random random(5);
  const Scenario nothing;
  WhatIf whatif(graph, nothing);
  Pairs against;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double some = seconds_of([&] {
      for (std::size_t k = 0; k < kSome; ++k) {
        const std::size_t first = random.below(systems.size() - 1);
        const std::size_t second = first + 1 + random.below(systems.size() - 1 - first);
        Scenario two;
        two.off = {systems[first], systems[second]};
        (void)whatif.ask(two);
      }
    });
    const double seconds = seconds_of([&] { (void)sweep_losses(graph, {}, {.losses = systems, .pairs = true}); });
    against.add(seconds, some / static_cast<double>(kSome) * count);
  }
  print_row(
      "pair by pair, only what changes", against,
      fmt::format("{:.3g} M pairs/s; theirs worked out from {} pairs", count / median(against.ours) / 1e6, kSome));
}

void lose_zones(const Graph& graph, std::size_t pairs) {
  std::vector<NodeId> zones;
  const Packed<NodeId, NodeId> inside = systems_inside(graph);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::zone && !inside[n].empty()) zones.push_back(n);
  }
  print_work(fmt::format("every zone off, {} of them", zones.size()));
  Pairs against;
  for (std::size_t i = 0; i < pairs; ++i) {
    Scenario off;
    const std::span<const NodeId> systems = inside[zones[i * zones.size() / pairs]];
    off.off.assign(systems.begin(), systems.end());
    const double law = seconds_of([&] { (void)run_need(graph, off); }) * static_cast<double>(zones.size());
    against.add(seconds_of([&] { (void)sweep_losses(graph, {}, {.losses = zones}); }), law);
  }
  print_row("the whole law for each", against, "theirs worked out from one zone each time");
}

/// Forty platforms of which each is a chain of machines and all that runs on it: each machine takes a fortieth of
/// everything down.
struct Platforms {
  Topology topology;
  std::vector<NodeId> machines;
};

Platforms make_platforms(std::uint64_t size) {
  constexpr std::uint64_t kPlatforms = 40;
  constexpr std::uint64_t kChain = 50;
  support::Random random(4);
  TopologyBuilder builder;
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < kPlatforms * kChain + size; ++i) names.push_back(fmt::format("s{}", i));
  for (std::uint64_t i = 0; i < names.size(); ++i) {
    SystemDecl system{.id = {names[i]}};
    const bool machine = i < kPlatforms * kChain;
    if (machine && i % kChain > 0) system.needs = needs_on({names[i - 1]});
    if (!machine) {
      const std::uint64_t last = (i % kPlatforms + 1) * kChain - 1;
      system.needs = needs_on({names[last], names[kPlatforms * kChain + random.below(size)]});
      system.needs.back().soft = true;
    }
    builder.add(system);
  }
  Platforms platforms{std::move(*builder.finish().topology), {}};
  for (std::uint64_t i = 0; i < kPlatforms * kChain; ++i)
    platforms.machines.push_back(platforms.topology.find(names[i]));
  return platforms;
}

void lose_wide(std::uint64_t size, std::size_t pairs) {
  const Platforms platforms = make_platforms(size);
  const Graph graph = compile(platforms.topology);
  const auto sweep = [&](SweepWay way) { return sweep_losses(graph, {}, {.losses = platforms.machines, .way = way}); };
  print_work(fmt::format("{} wide losses, a fortieth of {} systems each", platforms.machines.size(),
                         platforms.topology.systems.size()));
  Pairs against;
  bool same = true;
  for (std::size_t i = 0; i < pairs; ++i) {
    Sweep narrow;
    Sweep wide;
    const double one_by_one = seconds_of([&] { narrow = sweep(SweepWay::one_by_one); });
    against.add(seconds_of([&] { wide = sweep(SweepWay::by_width); }), one_by_one);
    for (std::size_t k = 0; k < wide.worst.size(); ++k) {
      same = same && wide.worst[k].first == narrow.worst[k].first && wide.worst[k].fails == narrow.worst[k].fails;
    }
  }
  print_row("one by one, only what changes", against, agreement(same));
}

void toggle(std::uint64_t size, std::size_t pairs) {
  const Folder folder;
  const Topology topology = read_made_up(write_made_up(folder, {.systems = size, .seed = 2}));
  const Graph graph = compile(topology);
  const std::vector<NodeId> systems = all_systems(graph);
  print_work(fmt::format("one more loss in an open what-if: {} systems", systems.size()));
  constexpr std::size_t kAsked = 2'000;
  const Scenario nothing;
  WhatIf whatif(graph, nothing);
  support::Random random(6);
  Pairs against;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double asked = seconds_of([&] {
      for (std::size_t k = 0; k < kAsked; ++k) {
        Scenario one;
        one.off = {systems[random.below(systems.size())]};
        (void)whatif.ask(one);
      }
    });
    against.add(asked / static_cast<double>(kAsked), whole_law(graph, systems, 20));
  }
  print_row("the whole law", against);
}

void measure(std::uint64_t size, std::uint64_t single, std::size_t pairs) {
  {
    const Folder folder;
    const Topology topology = read_made_up(write_made_up(folder, {.systems = size}));
    const Graph graph = compile(topology);
    const std::vector<NodeId> systems = all_systems(graph);
    sweep_singles(graph, systems, pairs);
    sweep_pairs(graph, systems, std::min<std::size_t>(pairs, 3));
    lose_zones(graph, pairs);
  }
  lose_wide(size, pairs);
  toggle(single, pairs);
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  std::uint64_t size = 100'000;
  std::uint64_t single = 10'000;
  std::size_t pairs = 5;
  using firebreak::bench::take;
  const bool good = count <= 4 && (count < 2 || take(words[1], size)) && (count < 3 || take(words[2], single)) &&
                    (count < 4 || take(words[3], pairs)) && size > 0 && single > 0 && pairs > 0;
  if (!good) {
    fmt::print(stderr, "usage: bench_losses [SYSTEMS [SINGLE [PAIRS]]]\n");
    return 2;
  }
  firebreak::bench::print_heads();
  firebreak::bench::measure(size, single, pairs);
  return 0;
}
