#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"
#include "firebreak/workers.h"

/// Every single and double loss at once.
namespace firebreak {

struct SweepOptions {
  std::vector<NodeId> losses;  ///< nodes of any kind, each once; a zone means each system in it and in zones under it
  bool pairs = false;          ///< two at once instead of one
  std::size_t top = 20;        ///< how many of the worst are listed
  std::size_t shard = 0;       ///< which part of the work, ...
  std::size_t shards = 1;      ///< ... of so many that together are all of it
  Patience patience = {};      ///< may be asked by several workers at once
  Workers workers = {};
  std::size_t parts = 1;  ///< what is given to workers at once
};

/// One loss, or two together.
struct SweepLoss {
  NodeId first;
  NodeId second;            ///< none for a single loss
  double weight_lost = 0;   ///< of all services that then fail or are off, those of the scenario included
  double more = 0;          ///< so much of it neither costs alone, nor both in sum; for a single loss what it adds
  std::uint32_t fails = 0;  ///< nodes that fail of it, and did not, besides what is lost itself
};

struct Sweep {
  std::vector<SweepLoss> worst;  ///< the most weight lost first, then the order of the losses
  std::uint64_t tried = 0;       ///< losses or pairs that were judged
  std::uint64_t found = 0;       ///< losses that lose some weight; pairs that lose more than both in sum
  bool complete = true;          ///< false: patience ran out, and only `tried` were judged
};

/// What each loss loses besides a scenario, in the end; or which pairs lose more than both of them in sum: no other
/// pair does. Exact: sums are of whole numbers. The answer is the same with any number of parts and workers, and those
/// of all shards merged are the whole. Cost: a run of the need law; for each loss what fails and what needs that, equal
/// groups of needs counted once; for pairs the same for those alone that take something from one group which stands
/// each alone, or links of one part of the network. Memory: for pairs, what every loss touches.
[[nodiscard]] Sweep sweep_losses(const Graph& graph, const Scenario& scenario, const SweepOptions& options);

/// The whole of the answers of all shards, asked with the same `top`.
[[nodiscard]] Sweep merge(std::vector<Sweep> shards, std::size_t top);

}  // namespace firebreak
