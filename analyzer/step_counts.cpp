// From most starts no pivot fires that requires several things: how many of them reach a target in how many steps is
// counted backwards from there, 256 targets in a pass. The other starts go forwards, 256 in a pass, a bit each: step by
// step, what was new at a vertex is handed on along all arcs. An arc into a system or identity is a step; one into
// anything else is part of it. A pivot that needs several has the bits that all of these have.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "analyzer/need_law.h"
#include "analyzer/pass_bits.h"
#include "analyzer/reach_closure.h"
#include "analyzer/step_network.h"
#include "analyzer/steps_back.h"

namespace firebreak {

namespace {

class StepPass {
 public:
  StepPass(const StepNetwork& network, std::size_t nodes)
      : network_(network), reached_(network.next_of.size()), fresh_(network.next_of.size()), coming_(nodes) {}

  /// Calls `arrive(node, step, bits)` for each step at which some of the starts, of which bit i stands for the i-th,
  /// come to a node that they had not come to.
  template <class Arrive>
  void run(std::span<const NodeId> starts, Arrive arrive) {
    std::ranges::fill(reached_, PassBits());
    now_.clear();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      reached_[starts[i].index()].set(i);
      fresh_[starts[i].index()].set(i);
      now_.push_back(starts[i].index());
    }
    for (std::uint32_t step = 1; !now_.empty(); ++step) {
      std::size_t at = 0;
      while (at < now_.size()) leave(now_[at++]);  // what is left adds to them
      now_.clear();
      for (const Vertex v : coming_to_) {
        const PassBits bits = std::exchange(coming_[v], PassBits()).without(reached_[v]);
        reached_[v].add(bits);
        fresh_[v] = bits;
        now_.push_back(v);
        arrive(NodeId(v), step, bits);
      }
      coming_to_.clear();
    }
  }

 private:
  void leave(Vertex v) {
    const PassBits bits = std::exchange(fresh_[v], PassBits());
    for (const Vertex to : network_.next_of[v]) come(to, bits);
    for (const std::uint32_t c : network_.watching[v]) {
      const Conjunction& conjunction = network_.conjunctions[c];
      PassBits all = reached_[conjunction.user];
      for (const NodeId n : conjunction.requires_all) all.keep(reached_[n.index()]);
      come(conjunction.taking, all);
    }
  }

  void come(Vertex to, const PassBits& from) {
    const PassBits bits = from.without(reached_[to]);
    if (!bits.any()) return;
    if (to < coming_.size()) {
      if (!coming_[to].any()) coming_to_.push_back(to);
      coming_[to].add(bits);
      return;
    }
    reached_[to].add(bits);
    if (!fresh_[to].any()) now_.push_back(to);
    fresh_[to].add(bits);
  }

  const StepNetwork& network_;
  std::vector<PassBits> reached_;
  std::vector<PassBits> fresh_;   ///< of reached_: not handed on yet
  std::vector<PassBits> coming_;  ///< to nodes, in the next step
  std::vector<Vertex> now_;
  std::vector<Vertex> coming_to_;
};

void count(std::vector<std::uint64_t>& by_step, std::uint32_t step, std::uint64_t more) {
  if (by_step.size() < step) by_step.resize(step, 0);
  by_step[step - 1] += more;
}

/// The counts of all parts of the work.
StepCounts sum(std::vector<StepCounts> parts) {
  StepCounts all = std::move(parts.front());
  for (const StepCounts& part : std::span(parts).subspan(1)) add_shard(all, part);
  return all;
}

StepCounts count_by_blasts(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets,
                           const std::vector<std::vector<NodeId>>& starts, const Division& division) {
  std::vector<StepCounts> counts(division.parts, StepCounts(targets.size()));
  const NeedRun run = run_need(graph, scenario);
  division.each(starts.size(), [&](std::size_t part, std::size_t i) {
    Scenario single = scenario;
    single.compromised = {starts[i].front()};
    const Blast from = blast(graph, single, run);
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (from.reached[targets[t]] && from.step[targets[t]] > 0) {
        count(counts[part][t], from.step[targets[t]], starts[i].size());
      }
    }
  });
  return sum(std::move(counts));
}

}  // namespace

void add_shard(StepCounts& to, const StepCounts& shard) {
  for (std::size_t t = 0; t < to.size(); ++t) {
    for (std::uint32_t step = 0; step < shard[t].size(); ++step) count(to[t], step + 1, shard[t][step]);
  }
}

StepCounts exposure_by_steps(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets,
                             const RankOptions& options) {
  const Division& division = options.division;
  std::vector<std::vector<NodeId>> starts = alike_starts(graph, scenario, targets);
  StepGraph steps(graph, scenario, options.most_arcs);
  if (!steps.make() || steps.has_core()) return count_by_blasts(graph, scenario, targets, starts, division);
  const StepNetwork network(graph, steps);
  const IdVector<NodeId, bool> fires = firing_starts(graph, steps, division);
  std::erase_if(starts, [&](const std::vector<NodeId>& members) { return !fires[members.front()]; });
  const std::size_t forwards = passes_for(starts.size());
  const std::size_t backwards = passes_for(targets.size());
  const auto tell = [&] { division.tell(1, (forwards + backwards) / division.shards); };
  std::vector<StepCounts> counts(division.parts, StepCounts(targets.size()));
  std::vector<std::optional<StepsBack>> back(division.parts);
  division.each(backwards, [&](std::size_t part, std::size_t i) {
    tell();
    if (!back[part]) back[part].emplace(graph, network);
    back[part]->run(of_pass(targets, i), [&](NodeId n, std::uint32_t step, const PassBits& bits) {
      if (fires[n] || !can_be_compromised(graph.kind[n])) return;
      bits.each([&](std::size_t bit) { count(counts[part][i * PassBits::kCount + bit], step, 1); });
    });
  });
  IdVector<NodeId, std::uint32_t> index(graph.node_count, ~std::uint32_t{0});
  for (std::size_t t = 0; t < targets.size(); ++t) index[targets[t]] = static_cast<std::uint32_t>(t);
  std::vector<std::optional<StepPass>> passes(division.parts);
  division.each(forwards, [&](std::size_t part, std::size_t i) {
    tell();
    const auto some = of_pass(starts, i);
    std::vector<NodeId> firsts;
    for (const std::vector<NodeId>& members : some) firsts.push_back(members.front());
    if (!passes[part]) passes[part].emplace(network, graph.node_count);
    passes[part]->run(firsts, [&](NodeId n, std::uint32_t step, const PassBits& bits) {
      if (index[n] == ~std::uint32_t{0}) return;
      bits.each([&](std::size_t bit) { count(counts[part][index[n]], step, some[bit].size()); });
    });
  });
  return sum(std::move(counts));
}

}  // namespace firebreak
