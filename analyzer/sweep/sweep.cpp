// Each loss alone first. Two together take down more than both alone only if there is something that stands each and
// not both: a condition that loses inputs by both, or a part of the network that loses links by both. Only such pairs
// are judged; of all others it is known that they lose no more than the sum.

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "firebreak/whatif.h"

#include "analyzer/sweep/loser.h"
#include "analyzer/sweep/wide_loser.h"
#include "analyzer/zone_blocks.h"

namespace firebreak {

namespace {

using Index = std::uint32_t;  ///< of a loss
using LossId = Id<struct LossTag>;
using Weight = std::uint64_t;

bool is_worse(const SweepLoss& a, const SweepLoss& b) {
  if (a.weight_lost != b.weight_lost) return a.weight_lost > b.weight_lost;
  return std::pair(a.first, a.second) < std::pair(b.first, b.second);
}

/// The worst of what it is shown.
class Worst {
 public:
  explicit Worst(std::size_t most) : most_(most) {}

  void show(const SweepLoss& loss) {
    if (most_ == 0) return;
    if (list_.size() == most_) {
      if (!is_worse(loss, list_.front())) return;
      std::ranges::pop_heap(list_, is_worse);
      list_.pop_back();
    }
    list_.push_back(loss);
    std::ranges::push_heap(list_, is_worse);
  }

  [[nodiscard]] std::vector<SweepLoss> take() {
    std::ranges::sort(list_, is_worse);
    return std::move(list_);
  }

 private:
  std::size_t most_;
  std::vector<SweepLoss> list_;  ///< a heap, the least bad first
};

template <class T>
void sort_once(std::vector<T>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
}

/// What each loss takes away: itself, or the systems in a zone.
Packed<LossId, NodeId> taken_by(const Graph& graph, const std::vector<NodeId>& losses) {
  const auto is_zone = [&](NodeId n) { return graph.kind[n] == NodeKind::zone; };
  Packed<NodeId, NodeId> inside;
  if (std::ranges::any_of(losses, is_zone)) inside = systems_inside(graph);
  Packed<LossId, NodeId> taken;
  taken.first.reserve(losses.size() + 1);
  taken.items.reserve(losses.size());
  for (const NodeId n : losses) {
    if (is_zone(n)) {
      taken.add_row(inside[n]);
    } else {
      taken.items.push_back(n);
      taken.end_row();
    }
  }
  return taken;
}

class SweepRun {
 public:
  SweepRun(const Graph& graph, const Scenario& scenario, const SweepOptions& options)
      : graph_(graph),
        options_(options),
        base_(graph, scenario),
        taken_(taken_by(graph, options.losses)),
        count_(options.losses.size()),
        parts_(options.division.parts),
        losers_(parts_),
        worst_(parts_, Worst(options.top)),
        answers_(parts_) {}

  Sweep run() {
    if (!options_.pairs) {
      if (is_wide()) {
        wide_losers_.resize(parts_);
        in_pieces(
            options_.division, [this](std::size_t part, Index from, Index to) { wide(part, from, to); },
            WideLoser::kMost, 2);
      } else {
        in_pieces(options_.division, [this](std::size_t part, Index from, Index to) { singles(part, from, to); });
      }
      return together();
    }
    blocks_.emplace(graph_);
    alone_.assign(count_, 0);
    fails_.assign(count_, 0);
    found_.resize(parts_);
    const Division whole{.parts = options_.division.parts, .workers = options_.division.workers};
    in_pieces(whole, [this](std::size_t part, Index from, Index to) { touch(part, from, to); });
    if (!std::ranges::all_of(answers_, &Sweep::complete)) return {{}, 0, 0, false};
    gather();
    sort_by_width();
    in_pieces(
        options_.division, [this](std::size_t part, Index from, Index to) { pairs(part, from, to); }, 1);
    return together();
  }

 private:
  /// A loss takes inputs from a point, which stands it.
  struct Touch {
    PointId point;
    std::uint32_t inputs;
    Index loss;
  };
  struct Found {
    std::vector<Touch> touches;                          ///< by loss
    std::vector<std::pair<Index, std::uint32_t>> links;  ///< a loss costs links in a part of the network
  };

  [[nodiscard]] Sweep together() {
    for (std::size_t part = 0; part < parts_; ++part) answers_[part].worst = worst_[part].take();
    return merge(answers_, options_.top);
  }

  /// Pieces of at most so many losses, so that every shard and part has at least a few of them: some losses take far
  /// longer than others.
  template <class Work>
  void in_pieces(const Division& division, const Work& work, std::size_t most = 64, std::size_t least = 16) {
    const std::size_t piece = std::clamp<std::size_t>(count_ / (least * division.shards * division.parts), 1, most);
    for (std::size_t part = 0; part < parts_; ++part) (void)loser_of(part);
    division.each((count_ + piece - 1) / piece, [&](std::size_t part, std::size_t i) {
      Sweep& answer = answers_[part];
      if (answer.complete && has_run_out(options_.patience)) answer.complete = false;
      if (!answer.complete) return;
      work(part, static_cast<Index>(i * piece), static_cast<Index>(std::min(count_, (i + 1) * piece)));
    });
  }

  Loser& loser_of(std::size_t part) {
    if (!losers_[part]) losers_[part] = std::make_unique<Loser>(base_);
    return *losers_[part];
  }

  [[nodiscard]] std::span<const NodeId> taken(Index loss) const { return taken_[LossId(loss)]; }

  void single(std::size_t part, Index i, const Loser::Result& result) {
    ++answers_[part].tried;
    if (result.weight > 0) ++answers_[part].found;
    worst_[part].show({options_.losses[i],
                       {},
                       base_.scale.down(base_.lost + result.weight),
                       base_.scale.down(result.weight),
                       result.fails});
  }

  void singles(std::size_t part, Index from, Index to) {
    options_.division.tell(to - from, count_ / options_.division.shards);
    for (Index i = from; i < to; ++i) single(part, i, losers_[part]->lose(taken(i)));
  }

  /// The same in one pass.
  void wide(std::size_t part, Index from, Index to) {
    options_.division.tell(to - from, count_ / options_.division.shards);
    if (!wide_losers_[part]) wide_losers_[part] = std::make_unique<WideLoser>(base_);
    std::vector<std::span<const NodeId>> losses;
    for (Index i = from; i < to; ++i) losses.push_back(taken(i));
    const std::span<const WideLoser::Answer> found = wide_losers_[part]->lose(losses);
    for (Index i = from; i < to; ++i) {
      const WideLoser::Answer& answer = found[i - from];
      single(part, i, answer.separated ? losers_[part]->lose(taken(i)) : answer.result);
    }
  }

  /// Whether some of the losses, by which it goes, take down so much that a pass for many at once pays.
  [[nodiscard]] bool is_wide() {
    if (options_.way != SweepWay::by_width) return options_.way == SweepWay::together;
    if (count_ < kFewForAPass) return false;
    std::size_t fail = 0;
    for (std::size_t i = 0; i < kTried; ++i) {
      const auto loss = static_cast<Index>(i * count_ / kTried);
      fail += loser_of(0).lose(taken(loss)).fails + taken(loss).size();
    }
    return fail * kWide > kTried * base_.graph.node_count;
  }

  static constexpr std::size_t kTried = 32;
  static constexpr std::size_t kFewForAPass = 64;
  static constexpr std::size_t kWide = 100;  ///< a loss is wide when it takes down more than one node in so many

  void touch(std::size_t part, Index from, Index to) {
    Found& found = found_[part];
    for (Index i = from; i < to; ++i) {
      Loser& loser = *losers_[part];
      const Loser::Result alone = loser.lose(taken(i));
      alone_[i] = alone.weight;
      fails_[i] = alone.fails;
      loser.each_stood([&](PointId p, std::uint32_t inputs) { found.touches.push_back({p, inputs, i}); });
      loser.each_lost([&](NodeId n) {
        if (base_.graph.kind[n] != NodeKind::link) return;
        found.links.emplace_back(i, static_cast<std::uint32_t>(blocks_->block(n)));
      });
    }
  }

  /// Puts together what was found in parts: by point, what takes most inputs first; and by loss.
  void gather() {
    std::vector<Touch> all;
    for (Found& found : found_) {
      all.insert(all.end(), found.touches.begin(), found.touches.end());
      found.touches = {};
      for (const auto& [loss, block] : found.links) {
        blocks_of_[loss].push_back(block);
        losing_links_[block].push_back(loss);
      }
    }
    for (auto& [block, losses] : losing_links_) sort_once(losses);
    for (auto& [loss, blocks] : blocks_of_) sort_once(blocks);
    std::ranges::sort(all, [](const Touch& a, const Touch& b) {
      return std::tuple(a.point, b.inputs, a.loss) < std::tuple(b.point, a.inputs, b.loss);
    });
    by_point_ = std::move(all);
    first_at_.assign(base_.network.size() + 1, 0);
    std::vector<std::uint32_t> count(count_ + 1, 0);
    for (const Touch& touch : by_point_) {
      ++first_at_[PointId(touch.point.index() + 1)];
      ++count[touch.loss + 1];
    }
    for (std::size_t p = 1; p < first_at_.size(); ++p) first_at_[PointId(p)] += first_at_[PointId(p - 1)];
    for (std::size_t i = 1; i < count.size(); ++i) count[i] += count[i - 1];
    first_of_ = count;
    by_loss_.resize(by_point_.size());
    for (const Touch& touch : by_point_) by_loss_[count[touch.loss]++] = touch;
  }

  /// The pairs of a loss with those that take down less: what it takes down itself is found once for all of them.
  void pairs(std::size_t part, Index from, Index to) {
    Sweep& answer = answers_[part];
    Loser& loser = *losers_[part];
    std::vector<Index> with;
    std::vector<NodeId> both;
    for (Index i = from; i < to && answer.complete; ++i) {
      const Index wide = by_width_[i];
      partners(wide, with);
      if (!with.empty()) (void)loser.lose(taken(wide));
      for (const Index b : with) {
        both.assign(taken(wide).begin(), taken(wide).end());
        both.insert(both.end(), taken(b).begin(), taken(b).end());
        sort_once(both);
        const Loser::Result result = loser.lose_besides(taken(b), both);
        if (result.weight <= alone_[wide] + alone_[b]) continue;
        ++answer.found;
        worst_[part].show({options_.losses[std::min(wide, b)], options_.losses[std::max(wide, b)],
                           base_.scale.down(base_.lost + result.weight),
                           base_.scale.down(result.weight - alone_[wide] - alone_[b]), result.fails});
      }
      answer.tried += count_ - 1 - i;
      options_.division.tell(count_ - 1 - i, count_ * (count_ - 1) / 2 / options_.division.shards);
      if (i + 1 < to && has_run_out(options_.patience)) answer.complete = false;
    }
  }

  void sort_by_width() {
    by_width_.resize(count_);
    std::iota(by_width_.begin(), by_width_.end(), Index{0});
    std::ranges::stable_sort(by_width_, std::greater<>(), [&](Index i) { return fails_[i]; });
    rank_.resize(count_);
    for (Index i = 0; i < count_; ++i) rank_[by_width_[i]] = i;
  }

  /// The losses behind one in `by_width_` that may do more together with it.
  void partners(Index a, std::vector<Index>& with) {
    with.clear();
    for (std::uint32_t i = first_of_[a]; i < first_of_[a + 1]; ++i) {
      const Touch& touch = by_loss_[i];
      const std::uint32_t needed = base_.network.to_lose(touch.point);
      for (std::uint32_t k = first_at_[touch.point]; k < first_at_[PointId(touch.point.index() + 1)]; ++k) {
        if (touch.inputs + by_point_[k].inputs < needed) break;
        if (rank_[by_point_[k].loss] > rank_[a]) with.push_back(by_point_[k].loss);
      }
    }
    if (const auto at = blocks_of_.find(a); at != blocks_of_.end()) {
      for (const std::uint32_t block : at->second) {
        for (const Index b : losing_links_[block]) {
          if (rank_[b] > rank_[a]) with.push_back(b);
        }
      }
    }
    sort_once(with);
  }

  const Graph& graph_;
  const SweepOptions& options_;
  const LossBase base_;
  const Packed<LossId, NodeId> taken_;  ///< by loss
  const std::size_t count_;
  const std::size_t parts_;
  std::optional<ZoneBlocks> blocks_;  ///< for pairs
  std::vector<Weight> alone_;         ///< by loss
  std::vector<std::uint32_t> fails_;  ///< by loss: how much it takes down alone
  std::vector<Index> by_width_;       ///< the losses, those that take down most first
  std::vector<Index> rank_;           ///< by loss: its place there
  std::vector<std::unique_ptr<Loser>> losers_;
  std::vector<std::unique_ptr<WideLoser>> wide_losers_;
  std::vector<Worst> worst_;    ///< by part, ...
  std::vector<Sweep> answers_;  ///< ... and the rest of its answer
  std::vector<Found> found_;
  std::vector<Touch> by_point_;
  IdVector<PointId, std::uint32_t> first_at_;
  std::vector<Touch> by_loss_;
  std::vector<std::uint32_t> first_of_;
  std::map<Index, std::vector<std::uint32_t>> blocks_of_;
  std::map<std::uint32_t, std::vector<Index>> losing_links_;
};

}  // namespace

std::vector<NodeId> taken_by(const Graph& graph, const SweepLoss& loss) {
  std::vector<NodeId> losses{loss.first};
  if (loss.second.valid()) losses.push_back(loss.second);
  std::vector<NodeId> nodes = taken_by(graph, losses).items;
  sort_once(nodes);
  return nodes;
}

Sweep merge(const std::vector<Sweep>& shards, std::size_t top) {
  Sweep whole;
  Worst worst(top);
  for (const Sweep& shard : shards) {
    for (const SweepLoss& loss : shard.worst) worst.show(loss);
    whole.tried += shard.tried;
    whole.found += shard.found;
    whole.complete &= shard.complete;
  }
  whole.worst = worst.take();
  return whole;
}

Sweep sweep_losses(const Graph& graph, const Scenario& scenario, const SweepOptions& options) {
  return SweepRun(graph, scenario, options).run();
}

}  // namespace firebreak
