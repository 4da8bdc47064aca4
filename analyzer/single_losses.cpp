// One run of the need law with nothing lost, and for each loss what it changes of that, at the cost of what it takes
// down. Where zones lose connection, the whole law is asked.

#include <algorithm>
#include <iterator>
#include <utility>

#include "firebreak/weak.h"

#include "analyzer/loss_law.h"
#include "analyzer/loss_probe.h"

namespace firebreak {

namespace {

class LossTable {
 public:
  LossTable(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& nodes)
      : graph_(graph),
        base_(run_need(graph, scenario)),
        failing_(graph, scenario, base_),
        degrading_(graph, base_, LossProbe::Effect::works_no_longer),
        place_(graph.node_count, kNotAsked) {
    for (std::size_t i = 0; i < nodes.size(); ++i) place_[nodes[i]] = static_cast<std::uint32_t>(i);
  }

  [[nodiscard]] LossEffect effect_of(NodeId loss) {
    LossEffect effect{loss, asked(failing_.lose({&loss, 1})), {}, 0};
    const auto by_place = [this](NodeId n) { return place_[n]; };
    std::ranges::set_difference(asked(degrading_.lose({&loss, 1}, failing_.severed())), effect.fails,
                                std::back_inserter(effect.degrades), {}, by_place, by_place);
    for (const NodeId n : effect.fails) effect.weight_lost += graph_.weight[n];
    return effect;
  }

 private:
  static constexpr std::uint32_t kNotAsked = ~std::uint32_t{0};

  [[nodiscard]] std::vector<NodeId> asked(std::span<const VertexId> lost) const {
    std::vector<NodeId> hit;
    for (const VertexId v : lost) {
      if (v.index() < graph_.node_count && place_[NodeId(v.index())] != kNotAsked) hit.emplace_back(v.index());
    }
    std::ranges::sort(hit, {}, [this](NodeId n) { return place_[n]; });
    return hit;
  }

  const Graph& graph_;
  const NeedRun base_;
  LossLaw failing_;
  LossProbe degrading_;
  IdVector<NodeId, std::uint32_t> place_;  ///< among the nodes asked for
};

}  // namespace

SingleLosses single_losses(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& losses,
                           const std::vector<NodeId>& nodes, const Patience& patience) {
  constexpr std::size_t kBetweenLooks = 256;
  LossTable table(graph, scenario, nodes);
  SingleLosses result;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if (i % kBetweenLooks == kBetweenLooks - 1 && has_run_out(patience)) {
      result.complete = false;
      break;
    }
    LossEffect effect = table.effect_of(losses[i]);
    if (!effect.fails.empty() || !effect.degrades.empty()) result.effects.push_back(std::move(effect));
  }
  std::ranges::stable_sort(result.effects, [](const LossEffect& a, const LossEffect& b) {
    if (a.weight_lost != b.weight_lost) return a.weight_lost > b.weight_lost;
    if (a.fails.size() != b.fails.size()) return a.fails.size() > b.fails.size();
    return a.degrades.size() > b.degrades.size();
  });
  return result;
}

}  // namespace firebreak
