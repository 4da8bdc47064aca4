// All starts at once, 256 in a pass, a bit each: step by step, what was new at a vertex is handed on along all arcs. An
// arc into a system or identity is a step; one into anything else is part of it. A pivot that needs several has the
// bits that all of these have.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "analyzer/need_law.h"
#include "analyzer/pass_bits.h"
#include "analyzer/step_graph.h"

namespace firebreak {

namespace {

std::vector<std::pair<Vertex, std::uint32_t>> watched(const std::vector<Conjunction>& conjunctions) {
  std::vector<std::pair<Vertex, std::uint32_t>> pairs;
  for (std::uint32_t c = 0; c < conjunctions.size(); ++c) {
    pairs.emplace_back(conjunctions[c].user, c);
    for (const NodeId n : conjunctions[c].requires_all) pairs.emplace_back(n.index(), c);
  }
  return pairs;
}

class StepPass {
 public:
  StepPass(const Graph& graph, const StepGraph& steps)
      : graph_(graph),
        conjunctions_(steps.conjunctions),
        next_of_(packed_pairs(steps.vertices, steps.arcs)),
        watching_(packed_pairs(steps.vertices, watched(steps.conjunctions))),
        reached_(steps.vertices),
        fresh_(steps.vertices),
        coming_(graph.node_count) {}

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
    for (const Vertex to : next_of_[v]) come(to, bits);
    for (const std::uint32_t c : watching_[v]) {
      PassBits all = reached_[conjunctions_[c].user];
      for (const NodeId n : conjunctions_[c].requires_all) all.keep(reached_[n.index()]);
      come(conjunctions_[c].taking, all);
    }
  }

  void come(Vertex to, const PassBits& from) {
    const PassBits bits = from.without(reached_[to]);
    if (!bits.any()) return;
    if (to < graph_.node_count) {
      if (!coming_[to].any()) coming_to_.push_back(to);
      coming_[to].add(bits);
      return;
    }
    reached_[to].add(bits);
    if (!fresh_[to].any()) now_.push_back(to);
    fresh_[to].add(bits);
  }

  const Graph& graph_;
  const std::vector<Conjunction>& conjunctions_;
  const Packed<Vertex, Vertex> next_of_;
  const Packed<Vertex, std::uint32_t> watching_;  ///< by vertex: the conjunctions it is part of
  std::vector<PassBits> reached_;
  std::vector<PassBits> fresh_;   ///< of reached_: not handed on yet
  std::vector<PassBits> coming_;  ///< to nodes, in the next step
  std::vector<Vertex> now_;
  std::vector<Vertex> coming_to_;
};

using Counts = std::vector<std::vector<std::uint64_t>>;

void count(std::vector<std::uint64_t>& by_step, std::uint32_t step, std::uint64_t more) {
  if (by_step.size() < step) by_step.resize(step, 0);
  by_step[step - 1] += more;
}

Counts count_by_blasts(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets,
                       const std::vector<std::vector<NodeId>>& starts) {
  Counts counts(targets.size());
  const NeedRun run = run_need(graph, scenario);
  Scenario single = scenario;
  for (const std::vector<NodeId>& members : starts) {
    single.compromised = {members.front()};
    const Blast from = blast(graph, single, run);
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (from.reached[targets[t]] && from.step[targets[t]] > 0) {
        count(counts[t], from.step[targets[t]], members.size());
      }
    }
  }
  return counts;
}

}  // namespace

Counts exposure_by_steps(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets,
                         std::size_t most_arcs) {
  const std::vector<std::vector<NodeId>> starts = alike_starts(graph, scenario, targets);
  StepGraph steps(graph, scenario, most_arcs);
  if (!steps.make() || steps.has_core()) return count_by_blasts(graph, scenario, targets, starts);
  IdVector<NodeId, std::uint32_t> index(graph.node_count, ~std::uint32_t{0});
  for (std::size_t t = 0; t < targets.size(); ++t) index[targets[t]] = static_cast<std::uint32_t>(t);
  Counts counts(targets.size());
  StepPass pass(graph, steps);
  for (std::size_t begin = 0; begin < starts.size(); begin += PassBits::kCount) {
    const auto some = std::span(starts).subspan(begin, std::min(PassBits::kCount, starts.size() - begin));
    std::vector<NodeId> firsts;
    for (const std::vector<NodeId>& members : some) firsts.push_back(members.front());
    pass.run(firsts, [&](NodeId n, std::uint32_t step, const PassBits& bits) {
      if (index[n] == ~std::uint32_t{0}) return;
      bits.each([&](std::size_t i) { count(counts[index[n]], step, some[i].size()); });
    });
  }
  return counts;
}

}  // namespace firebreak
