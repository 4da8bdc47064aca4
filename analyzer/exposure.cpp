// From most starts no pivot fires that requires several things: their steps are found backwards from the targets, many
// targets at once. Those of the others, and of all where the graph of steps is too large, are those of a blast.

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "analyzer/need_law.h"
#include "analyzer/reach_closure.h"
#include "analyzer/steps_back.h"

namespace firebreak {

namespace {

using Source = Exposure::Source;

class ExposureFinder {
 public:
  ExposureFinder(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets)
      : graph_(graph), scenario_(scenario), targets_(targets) {}

  std::vector<Source> find() {
    StepGraph steps(graph_, scenario_, RankOptions().most_arcs,
                    graph_.has_efforts ? StepGraph::Efforts::kept : StepGraph::Efforts::left_out);
    if (steps.make() && !steps.has_core()) {
      const IdVector<NodeId, bool> fires = firing_starts(graph_, steps, {});
      find_backwards(steps, fires);
      find_by_blasts([&](NodeId n) { return fires[n]; });
    } else {
      find_by_blasts([](NodeId) { return true; });
    }
    std::ranges::sort(sources_, [](const Source& a, const Source& b) {
      return std::pair(a.step, a.node) < std::pair(b.step, b.node);
    });
    return std::move(sources_);
  }

 private:
  /// All starts from which nothing fires that requires several things.
  void find_backwards(const StepGraph& steps, const IdVector<NodeId, bool>& fires) {
    IdVector<NodeId, Source> nearest(graph_.node_count);
    StepsBack back(graph_, StepNetwork(graph_, steps));
    for (std::size_t pass = 0; pass < passes_for(targets_.size()); ++pass) {
      const std::span<const NodeId> some = of_pass(targets_, pass);
      back.run(some, [&](NodeId n, std::uint32_t step, const PassBits& bits) {
        if (fires[n] || !can_be_compromised(graph_.kind[n])) return;
        Source& known = nearest[n];
        if (!known.target.valid() || known.step > step) known = {n, some[bits.first()], step, 0};
      });
    }
    if (graph_.has_efforts) find_times(steps, nearest);
    for (const Source& source : nearest) {
      if (source.target.valid()) sources_.push_back(source);
    }
  }

  void find_times(const StepGraph& steps, IdVector<NodeId, Source>& nearest) {
    std::map<NodeId, std::vector<NodeId>> from;  // by target
    for (const Source& source : nearest) {
      if (source.target.valid()) from[source.target].push_back(source.node);
    }
    TimesBack back(steps);
    for (const auto& [target, nodes] : from) {
      const std::vector<Seconds>& times = back.to(target);
      for (const NodeId n : nodes) nearest[n].after = times[n.index()];
    }
  }

  /// The starts that are wanted, one by one; whether they reach any target is asked of the closure of all steps.
  template <class Wanted>
  void find_by_blasts(Wanted wanted) {
    std::vector<std::vector<NodeId>> starts = alike_starts(graph_, scenario_, targets_);
    std::erase_if(starts, [&](const std::vector<NodeId>& members) { return !wanted(members.front()); });
    if (starts.empty()) return;
    const std::optional<ReachClosure> closure = reach_closure(graph_, scenario_, targets_);
    const NeedRun run = run_need(graph_, scenario_);
    Scenario single = scenario_;
    for (const std::vector<NodeId>& members : starts) {
      if (closure && !reaches_some(*closure, members.front())) continue;
      single.compromised = {members.front()};
      Source source = nearest_of(members.front(), blast(graph_, single, run));
      if (!source.target.valid()) continue;
      for (const NodeId n : members) {
        source.node = n;
        sources_.push_back(source);
      }
    }
  }

  [[nodiscard]] bool reaches_some(const ReachClosure& closure, NodeId start) const {
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      if (targets_[t] != start && closure.reaches[t][start]) return true;
    }
    return false;
  }

  [[nodiscard]] Source nearest_of(NodeId start, const Blast& from) const {
    Source source;
    for (const NodeId target : targets_) {
      if (!from.reached[target] || target == start) continue;
      if (source.target.valid() && source.step <= from.step[target]) continue;
      source = {{}, target, from.step[target], from.after[target]};
    }
    return source;
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const std::vector<NodeId>& targets_;
  std::vector<Source> sources_;
};

}  // namespace

Exposure exposure(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets) {
  return {ExposureFinder(graph, scenario, targets).find()};
}

IdVector<NodeId, std::uint32_t> blast_sizes(const Graph& graph, const Scenario& scenario) {
  return reach_of_all(graph, scenario, {}).size;
}

BlastRanks blast_ranks(const Graph& graph, const Scenario& scenario, const RankOptions& options) {
  ReachClosure closure = reach_of_all(graph, scenario, {}, options);
  return {std::move(closure.size), std::move(closure.zone_size)};
}

void add_shard(BlastRanks& to, const BlastRanks& shard) {
  for (const NodeId n : ids<NodeId>(to.of_node.size())) to.of_node[n] += shard.of_node[n];
  for (const NodeId n : ids<NodeId>(to.of_zone.size())) to.of_zone[n] += shard.of_zone[n];
}

BlastSizes together(const Graph& graph, const IdVector<NodeId, std::uint32_t>& sizes) {
  BlastSizes all;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (can_be_compromised(graph.kind[n])) all.add(n, sizes[n]);
  }
  return all;
}

}  // namespace firebreak
