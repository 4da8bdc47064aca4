#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/scenario.h"

#include "analyzer/loss_law.h"
#include "analyzer/solver/scale.h"
#include "analyzer/sweep/loss_network.h"

namespace firebreak {

/// What losses come on top of: the need law's run of a scenario, and its network. Many may read one.
struct LossBase {
  /// Both must outlive it. Cost: a run of the need law, and that of the network.
  LossBase(const Graph& of_graph, const Scenario& of_scenario);

  const Graph& graph;
  const Scenario& scenario;
  const NeedRun run;
  const LossNetwork network;
  const solver::Scale scale;               ///< of weights
  IdVector<NodeId, std::uint64_t> weight;  ///< of services, scaled; else 0
  std::uint64_t lost = 0;                  ///< the sum of those that fail or are off, scaled
  std::vector<NodeId> fails;               ///< ascending, those off among them
};

/// Loses things besides a base, links and all, again and again.
class Loser {
 public:
  /// Cost: linear in the network of the base, which must outlive it.
  explicit Loser(const LossBase& base) : base_(base), wave_(base.network) {}

  struct Result {
    std::uint64_t weight = 0;  ///< of the services that fail of it, scaled
    std::uint32_t fails = 0;   ///< nodes that fail of it, without those lost
  };

  /// Loses nodes, each named once. Cost: linear in what fails and what needs that; a run of the law where zones lose
  /// connection.
  Result lose(std::span<const NodeId> off);

  /// Loses these too, besides those lost last; `both` are all together, each named once. It is taken back by the next
  /// call. Cost: linear in what fails besides and what needs that; a run of the law where zones lose connection.
  Result lose_besides(std::span<const NodeId> off, std::span<const NodeId> both);

  /// For each node that the last loss took down, those lost among them.
  template <class Visit>
  void each_lost(const Visit& visit) const {
    const auto look = [&](std::size_t index) {
      if (index < base_.graph.node_count) visit(NodeId(index));
    };
    if (by_law_) {
      for (const VertexId v : by_law_lost_) look(v.index());
    } else {
      for (const PointId p : wave_.lost()) look(p.index());
    }
  }

  /// For each point that lost some inputs in the last loss and stood it, and how many.
  template <class Visit>
  void each_stood(const Visit& visit) const {
    if (!by_law_) {
      for (const PointId p : wave_.weakened()) {
        if (wave_.stood(p)) visit(p, wave_.inputs_lost(p));
      }
      return;
    }
    const LossProbe& probe = law_->probe();
    for (const VertexId v : probe.touched()) {
      const PointId p = base_.network.point_of(v);
      if (p.valid() && probe.stood(v) && base_.network.to_lose(p) > 0) visit(p, probe.inputs_lost(v));
    }
  }

 private:
  /// Adds what these are; whether links are among them.
  bool add(std::span<const PointId> lost, Result& result) const;
  /// Without those that were lost themselves.
  [[nodiscard]] Result without(Result result, std::span<const NodeId> off) const;
  [[nodiscard]] bool separates(std::span<const PointId> lost);
  Result lose_by_law(std::span<const NodeId> off);

  const LossBase& base_;
  LossWave wave_;
  std::unique_ptr<LinkLosses> links_;
  std::unique_ptr<LossLaw> law_;
  Result first_;            ///< of what was lost last, those lost themselves among it
  bool separated_ = false;  ///< it left zones without connection
  bool by_law_ = false;     ///< so did what was lost in the end
  std::span<const VertexId> by_law_lost_;
};

}  // namespace firebreak
