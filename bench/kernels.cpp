// The kernels one by one, by Google Benchmark; its options are on the command line. For changes to the code: the ratios
// against others are in the other programs.

#include <benchmark/benchmark.h>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/load.h"
#include "firebreak/whatif.h"

#include "bench/links.h"
#include "bench/made_up.h"
#include "bench/measure.h"

namespace firebreak::bench {
namespace {

constexpr std::uint64_t kSystems = 20'000;

/// An estate, made once.
struct Estate {
  Folder folder;
  std::string path = write_made_up(folder, {.systems = kSystems});
  Topology topology = read_made_up(path);
  Graph graph = compile(topology);
  Scenario attack = resolve(topology, topology.scenarios[ScenarioId(0)]);
  std::vector<NodeId> systems;

  Estate() {
    for (const System& system : topology.systems) systems.push_back(system.node);
  }
  static const Estate& the() {
    static const Estate estate;
    return estate;
  }
};

void read_json(benchmark::State& state) {
  const std::string& path = Estate::the().path;
  while (state.KeepRunning()) benchmark::DoNotOptimize(read_made_up(path));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(std::filesystem::file_size(path)));
}

void compile_graph(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(compile(Estate::the().topology));
}

void need_law(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(run_need(Estate::the().graph, {}));
}

void spread_law(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(blast(Estate::the().graph, Estate::the().attack));
}

void steps_from_one_start(benchmark::State& state) {
  static const Graph kGraph = compile(as_topology(make_links(kSystems, 1)));
  StepReach reach(kGraph, {});
  std::size_t start = 0;
  while (state.KeepRunning()) {
    const std::vector<NodeId> from = {NodeId(start++ % kSystems)};
    benchmark::DoNotOptimize(reach.from(from));
  }
}

void size_from_every_start(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(blast_sizes(Estate::the().graph, {}));
}

void one_loss_in_an_open_what_if(benchmark::State& state) {
  const Estate& estate = Estate::the();
  const Scenario nothing;
  WhatIf whatif(estate.graph, nothing);
  std::size_t at = 0;
  while (state.KeepRunning()) {
    Scenario one;
    one.off = {estate.systems[at++ % estate.systems.size()]};
    benchmark::DoNotOptimize(whatif.ask(one));
  }
}

void every_loss(benchmark::State& state) {
  const Estate& estate = Estate::the();
  const bool pairs = state.range(0) != 0;
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(sweep_losses(estate.graph, {}, {.losses = estate.systems, .pairs = pairs}));
  }
}

BENCHMARK(read_json)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_graph)->Unit(benchmark::kMillisecond);
BENCHMARK(need_law)->Unit(benchmark::kMicrosecond);
BENCHMARK(spread_law)->Unit(benchmark::kMicrosecond);
BENCHMARK(steps_from_one_start)->Unit(benchmark::kMicrosecond);
BENCHMARK(size_from_every_start)->Unit(benchmark::kMillisecond);
BENCHMARK(one_loss_in_an_open_what_if)->Unit(benchmark::kNanosecond);
BENCHMARK(every_loss)->ArgName("pairs")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace firebreak::bench

BENCHMARK_MAIN();
