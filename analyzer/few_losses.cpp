// Two losses together take down what each takes down alone, and more only if there is a first thing that stands each
// and not both. So pairs are looked for where two losses meet: at a vertex that loses inputs by both, and in a part of
// the network that loses links by both. All other pairs are never touched.

#include "analyzer/few_losses.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "analyzer/loss_law.h"
#include "analyzer/support.h"
#include "analyzer/zone_blocks.h"

namespace firebreak {

namespace {

using Index = std::uint32_t;  ///< of a loss

class FewLossesSearch {
 public:
  FewLossesSearch(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses,
                  std::span<const NodeId> nodes, const Patience& patience)
      : graph_(graph),
        losses_(losses),
        nodes_(nodes),
        patience_(patience),
        base_(run_need(graph, scenario)),
        law_(graph, scenario, base_),
        support_(find_support(graph, nodes)),
        asked_(graph.node_count, false),
        cut_by_(graph.node_count),
        pairs_(graph.node_count),
        touched_by_(graph.need.owner.size()),
        touches_(losses.size()),
        parts_(losses.size()) {
    for (const NodeId n : nodes) asked_[n] = true;
  }

  [[nodiscard]] FewLosses run(std::size_t most) {
    FewLosses result;
    if (try_singles(most > 1)) result.up_to = 1;
    if (result.up_to == 1 && most > 1 && try_pairs()) result.up_to = 2;
    if (result.up_to > 0) put_families(result);
    return result;
  }

 private:
  /// A loss takes inputs from a vertex, which stands it.
  struct Touch {
    std::uint32_t inputs;
    Index loss;
    VertexId vertex;
  };
  static constexpr std::size_t kBetweenLooks = 256;

  [[nodiscard]] bool try_singles(bool for_pairs) {
    const ZoneBlocks blocks(graph_);
    for (Index i = 0; i < losses_.size(); ++i) {
      if (i % kBetweenLooks == kBetweenLooks - 1 && has_run_out(patience_)) return false;
      const auto lost = law_.lose({&losses_[i], 1});
      for (const VertexId v : lost) {
        if (v.index() >= graph_.node_count) continue;
        const NodeId n(v.index());
        if (asked_[n]) cut_by_[n].push_back(i);
        if (for_pairs && graph_.kind[n] == NodeKind::link) parts_[i].push_back(blocks.block(n));
      }
      if (for_pairs) remember_touches(i);
    }
    return true;
  }

  void remember_touches(Index loss) {
    const LossProbe& probe = law_.probe();
    for (const VertexId v : probe.touched()) {
      if (!support_[v] || !probe.stood(v) || probe.inputs_to_lose(v) == 0) continue;
      const Touch touch{probe.inputs_lost(v), loss, v};
      touched_by_[v].push_back(touch);
      touches_[loss].push_back(touch);
    }
    std::vector<std::size_t>& parts = parts_[loss];
    std::ranges::sort(parts);
    const auto rest = std::ranges::unique(parts);
    parts.erase(rest.begin(), rest.end());
    for (const std::size_t part : parts) losing_links_[part].push_back(loss);
  }

  [[nodiscard]] bool try_pairs() {
    for (std::vector<Touch>& touches : touched_by_) {
      std::ranges::stable_sort(touches, std::greater<>(), &Touch::inputs);
    }
    std::vector<Index> met(losses_.size(), 0);  // by loss: one more than the loss it was last met by
    std::vector<Index> with;
    for (Index a = 0; a < losses_.size(); ++a) {
      with.clear();
      const auto meet = [&](Index b) {
        if (b <= a || met[b] == a + 1) return;
        met[b] = a + 1;
        with.push_back(b);
      };
      for (const Touch& touch : touches_[a]) meet_at(touch, meet);
      for (const std::size_t part : parts_[a]) std::ranges::for_each(losing_links_[part], meet);
      std::ranges::sort(with);
      for (const Index b : with) {
        if (tried_++ % kBetweenLooks == 0 && has_run_out(patience_)) return false;
        try_pair(a, b);
      }
    }
    return true;
  }

  /// The losses that together with one take so much from a vertex that it may fail.
  template <class Meet>
  void meet_at(const Touch& touch, Meet meet) {
    const std::uint32_t needed = law_.probe().inputs_to_lose(touch.vertex);
    for (const Touch& other : touched_by_[touch.vertex]) {
      if (touch.inputs + other.inputs < needed) break;
      meet(other.loss);
    }
  }

  void try_pair(Index a, Index b) {
    const std::array off{losses_[a], losses_[b]};
    for (const VertexId v : law_.lose(off)) {
      if (v.index() >= graph_.node_count || !asked_[NodeId(v.index())]) continue;
      const NodeId n(v.index());
      const auto alone = [&](Index loss) { return std::ranges::binary_search(cut_by_[n], loss); };
      if (!alone(a) && !alone(b)) pairs_[n].emplace_back(a, b);
    }
  }

  void put_families(FewLosses& result) {
    solver::Families& families = result.families;
    std::vector<std::uint32_t> part_of;
    for (Index i = 0; i < losses_.size(); ++i) part_of.push_back(families.add_part({solver::InputId(i), 0}));
    for (const NodeId n : nodes_) {
      if (base_.fails[VertexId(n.index())] != kNever) {
        result.roots.push_back(solver::Families::kEmptySet);
        continue;
      }
      // From the last loss to the first, so that what is behind is there already.
      solver::FamilyId family = solver::Families::kNothing;
      auto single = cut_by_[n].rbegin();
      auto pair = result.up_to > 1 ? pairs_[n].rbegin() : pairs_[n].rend();
      while (single != cut_by_[n].rend() || pair != pairs_[n].rend()) {
        const bool alone = pair == pairs_[n].rend() || (single != cut_by_[n].rend() && *single > pair->first);
        if (alone) {
          family = families.add({part_of[*single++], family, solver::Families::kEmptySet});
          continue;
        }
        const Index first = pair->first;
        solver::FamilyId seconds = solver::Families::kNothing;
        for (; pair != pairs_[n].rend() && pair->first == first; ++pair) {
          seconds = families.add({part_of[pair->second], seconds, solver::Families::kEmptySet});
        }
        family = families.add({part_of[first], family, seconds});
      }
      result.roots.push_back(family);
    }
  }

  const Graph& graph_;
  std::span<const NodeId> losses_;
  std::span<const NodeId> nodes_;
  const Patience& patience_;
  const NeedRun base_;
  LossLaw law_;
  const IdVector<VertexId, bool> support_;
  IdVector<NodeId, bool> asked_;
  IdVector<NodeId, std::vector<Index>> cut_by_;
  IdVector<NodeId, std::vector<std::pair<Index, Index>>> pairs_;
  IdVector<VertexId, std::vector<Touch>> touched_by_;
  std::vector<std::vector<Touch>> touches_;      ///< by loss
  std::vector<std::vector<std::size_t>> parts_;  ///< by loss: the parts of the network it costs links in
  std::map<std::size_t, std::vector<Index>> losing_links_;
  std::uint64_t tried_ = 0;
};

}  // namespace

FewLosses few_losses(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses,
                     std::span<const NodeId> nodes, std::size_t most, const Patience& patience) {
  return FewLossesSearch(graph, scenario, losses, nodes, patience).run(most);
}

}  // namespace firebreak
