#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/patience.h"
#include "firebreak/scenario.h"
#include "firebreak/workers.h"

/// Many scenarios at once, and every single and double loss.
namespace firebreak {

/// What a scenario does in the end.
struct WhatIfAnswer {
  std::vector<NodeId> fails;  ///< nodes in the state fails, ascending; what is off is not among them
  double weight_lost = 0;     ///< of all services that fail or are off
  std::uint32_t reached = 0;  ///< systems and identities that the compromise reaches; 0 without one
};

/// Asks what scenarios do besides one that stands, one after the other. For others at the same time: `another`.
class WhatIf {
 public:
  /// Both must outlive it and all others made from it. Cost: a run of the need law, and the sorting of groups.
  WhatIf(const Graph& graph, const Scenario& scenario);
  WhatIf(const Graph& graph, const Scenario&& scenario) = delete;
  ~WhatIf();
  WhatIf(WhatIf&&) noexcept;
  WhatIf& operator=(WhatIf&&) noexcept;
  WhatIf(const WhatIf&) = delete;
  WhatIf& operator=(const WhatIf&) = delete;

  /// One for another worker, which shares what none of them changes. Cost: linear in the nodes and groups.
  [[nodiscard]] WhatIf another() const;

  /// Cost: where nothing but switching off is added, linear in what fails and what needs that; else a run of the need
  /// law. With a compromise, a blast besides.
  [[nodiscard]] WhatIfAnswer ask(const Scenario& more);

 private:
  struct State;
  explicit WhatIf(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// How single losses are tried: one by one, touching only what changes, or many in one pass, which is worth it where
/// each takes down a good part of everything. The answer is the same.
enum class SweepWay : std::uint8_t { by_width, one_by_one, together };

struct SweepOptions {
  std::vector<NodeId> losses;  ///< nodes of any kind, each once; a zone means each system in it and in zones under it
  bool pairs = false;          ///< two at once instead of one
  std::size_t top = 20;        ///< how many of the worst are listed
  SweepWay way = SweepWay::by_width;
  Division division = {};
  Patience patience = {};  ///< may be asked by several workers at once
};

/// One loss, or two together.
struct SweepLoss {
  NodeId first;
  NodeId second;            ///< none for a single loss
  double weight_lost = 0;   ///< of all services that then fail or are off, those of the scenario included
  double more = 0;          ///< than what each of the two adds alone, in sum; for a single loss what it adds
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
/// groups of needs counted once; for pairs only those that take something from one group which stands each alone, or
/// links of one part of the network, and of these what the one that takes down less takes down besides the other.
/// Memory: for pairs, what every loss touches.
[[nodiscard]] Sweep sweep_losses(const Graph& graph, const Scenario& scenario, const SweepOptions& options);

/// What a loss or pair switches off, ascending: for a zone, each system in it. Cost: linear in the nodes where a zone
/// is lost.
[[nodiscard]] std::vector<NodeId> taken_by(const Graph& graph, const SweepLoss& loss);

/// The whole of the answers of all shards, asked with the same `top`.
[[nodiscard]] Sweep merge(const std::vector<Sweep>& shards, std::size_t top);

}  // namespace firebreak
