#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"
#include "firebreak/workers.h"

/// How far a break-in can spread: the spread law.
namespace firebreak {

enum class StepType : std::uint8_t { start, flow, pivot, hosting };

/// How a node was taken.
struct Step {
  StepType type = StepType::start;
  NodeId from;    ///< flow, pivot, hosting: what it came from
  PivotId pivot;  ///< pivot
  NodeId last;    ///< of all the step needed, what was reached last: `from`, or something the pivot requires
};

struct Blast {
  IdVector<NodeId, bool> reached;
  IdVector<NodeId, std::uint32_t> step;  ///< fewest steps; 0 = from the start; valid where reached
  IdVector<NodeId, Seconds> after;       ///< earliest arrival; valid where reached
  IdVector<NodeId, Step> shortest;       ///< the last step of a way with the fewest steps
  IdVector<NodeId, Step> fastest;        ///< the last step of a way with the earliest arrival
  std::vector<NodeId> order;             ///< what is reached, by step, then in the order found
  std::uint32_t unreached = 0;           ///< systems and identities not reached
};

/// What a compromise reaches. `run` is the need law's run of the same scenario (it tells which sites and links are down
/// at once). Cost: linear in pivots and hosts; each class of places becomes a source once, at the price of the rules it
/// matches.
[[nodiscard]] Blast blast(const Graph& graph, const Scenario& scenario, const NeedRun& run);
[[nodiscard]] Blast blast(const Graph& graph, const Scenario& scenario);

/// The way to `target` along `shortest` or `fastest`, from the start to the target; empty when it is not reached. A
/// pivot with several requirements is followed to the one that was last.
[[nodiscard]] std::vector<NodeId> path_to(const Blast& blast, NodeId target, bool fastest = false);

/// The steps of a break-in under one scenario, laid out flat, for asking about many starts one after the other at the
/// speed of memory. The compromise of the scenario plays no part.
class StepReach {
 public:
  /// Cost: one graph of all steps: a row per kind of sources, the pivots and hosts.
  StepReach(const Graph& graph, const Scenario& scenario, std::size_t most_arcs = 50'000'000);
  ~StepReach();
  StepReach(const StepReach&) = delete;
  StepReach& operator=(const StepReach&) = delete;

  /// False when there would be more arcs; then nothing can be asked, other than by `blast`.
  [[nodiscard]] bool known() const { return network_ != nullptr; }

  /// What is reached when all of `starts`, of which no two are the same, are compromised: by step, the starts first.
  /// Valid until the next call. Cost: linear in what is reached and in the arcs from there.
  [[nodiscard]] std::span<const NodeId> from(std::span<const NodeId> starts);
  /// Where in that each step begins: those of step s from `steps()[s]` to before `steps()[s + 1]`.
  [[nodiscard]] const std::vector<std::uint32_t>& steps() const { return step_begins_; }

 private:
  struct Network;
  void count_down(std::uint32_t vertex);

  std::unique_ptr<const Network> network_;
  std::vector<std::uint8_t> seen_;  ///< by vertex: the run that came to it last
  std::uint8_t run_ = 0;
  std::vector<NodeId> reached_;         ///< with room for all nodes
  std::vector<std::uint32_t> passing_;  ///< what is no node and was come to in this step
  std::vector<std::uint32_t> missing_;  ///< by pivot that requires something: what has not been reached of it
  std::vector<std::uint32_t> counted_;  ///< those that this run has counted down
  std::vector<std::uint32_t> taking_;   ///< what has nothing missing any more
  std::vector<std::uint32_t> step_begins_;
};

/// From where each of `targets` can be reached: all nodes that, compromised alone, reach one of them, with the fewest
/// steps.
struct Exposure {
  struct Source {
    NodeId node;
    NodeId target;  ///< the one reached in the fewest steps
    std::uint32_t step = 0;
    Seconds after = 0;
  };
  std::vector<Source> sources;  ///< by step, then in source order
};
/// Cost: one graph of all steps, then linear in it for every 256 targets, and n log n for each target where takeovers
/// take time; a blast for each start from which a pivot fires that requires several things, and for every start where
/// the graph would be too large.
[[nodiscard]] Exposure exposure(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets);

/// How questions about all starts are worked on. Of a shard, all counts are only a share: those of all shards add up.
struct RankOptions {
  Division division = {};
  std::size_t most_arcs = 50'000'000;  ///< of a graph of all steps
};

/// By target: how many reach it in one step, in two, and so on.
using StepCounts = std::vector<std::vector<std::uint64_t>>;

/// From how many others each of some systems and identities is reached, when one of these alone is compromised, and in
/// how many steps. The compromise of the scenario plays no part. Cost: one graph of all steps, then linear in it and in
/// the steps for every 256 targets, and for every 256 starts from which a pivot fires that requires several things and
/// of which no two are alike; where it has more arcs than `options.most_arcs`, a blast per set of starts that are
/// alike.
[[nodiscard]] StepCounts exposure_by_steps(const Graph& graph, const Scenario& scenario,
                                           const std::vector<NodeId>& targets, const RankOptions& options = {});

/// Adds the counts of another shard, of the same targets. Cost: linear.
void add_shard(StepCounts& to, const StepCounts& shard);

/// How many systems and identities each system and identity reaches when it alone is compromised, itself included; 0
/// for other nodes. The compromise of the scenario plays no part. Cost: one graph of all steps: a row per kind of
/// sources, then linear in its arcs for every 256 strongly connected parts, and for every 256 pivots that require
/// something, as many times as such pivots lead to each other; where it would be too large, a blast per set of nodes
/// that are alike.
[[nodiscard]] IdVector<NodeId, std::uint32_t> blast_sizes(const Graph& graph, const Scenario& scenario);

/// The same, and what all systems in a zone and in the zones under it reach when they are compromised together; 0 for a
/// zone with no system, and for other nodes. Cost: the same.
struct BlastRanks {
  IdVector<NodeId, std::uint32_t> of_node;
  IdVector<NodeId, std::uint32_t> of_zone;
};
[[nodiscard]] BlastRanks blast_ranks(const Graph& graph, const Scenario& scenario, const RankOptions& options = {});

/// Adds the sizes of another shard, of the same graph. Cost: linear.
void add_shard(BlastRanks& to, const BlastRanks& shard);

/// The blast sizes of some systems and identities together.
struct BlastSizes {
  std::uint64_t count = 0;  ///< of them
  std::uint64_t sum = 0;    ///< of what each reaches, itself included
  std::uint32_t worst = 0;
  NodeId worst_from;  ///< the first that reaches as many

  [[nodiscard]] double mean() const { return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count); }

  void add(NodeId start, std::uint32_t size) {
    ++count;
    sum += size;
    if (size <= worst) return;
    worst = size;
    worst_from = start;
  }
};
/// Of every system and identity.
[[nodiscard]] BlastSizes together(const Graph& graph, const IdVector<NodeId, std::uint32_t>& sizes);

/// What is lost if everything reached is lost: the need law with all reached systems and identities off.
[[nodiscard]] Impact impact_of_losing_reached(const Graph& graph, const Scenario& scenario, const Blast& blast,
                                              Baseline baseline);

}  // namespace firebreak
