// Each loss alone first. Two together take down more than both alone only if there is something that stands each and
// not both: a condition that loses inputs by both, or a part of the network that loses links by both. Only such pairs
// are judged; of all others it is known that they lose no more than the sum.

#include <algorithm>
#include <map>
#include <memory>

#include "firebreak/whatif.h"

#include "analyzer/loss_law.h"
#include "analyzer/need_law.h"
#include "analyzer/solver/scale.h"
#include "analyzer/sweep/loss_network.h"
#include "analyzer/zone_blocks.h"

namespace firebreak {

namespace {

using Index = std::uint32_t;  ///< of a loss
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

/// What all workers read.
struct Common {
  Common(const Graph& of_graph, const Scenario& of_scenario, const SweepOptions& with)
      : graph(of_graph),
        scenario(of_scenario),
        options(with),
        base(run_need(graph, scenario)),
        network(graph, base),
        scale({graph.weight.begin(), graph.weight.end()}),
        weight(graph.node_count, 0) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (graph.kind[n] != NodeKind::service) continue;
      weight[n] = scale.up(graph.weight[n]);
      if (base.fails[VertexId(n.index())] != kNever) lost_before += weight[n];
    }
    for (const NodeId n : options.losses) {
      if (graph.kind[n] == NodeKind::zone) add_systems_in(n);
      if (graph.kind[n] != NodeKind::zone) off.items.push_back(n);
      off.end_row();
    }
  }

  const Graph& graph;
  const Scenario& scenario;
  const SweepOptions& options;
  const NeedRun base;
  const LossNetwork network;
  const solver::Scale scale;
  IdVector<NodeId, Weight> weight;  ///< of services
  Weight lost_before = 0;
  Packed<Id<struct LossTag>, NodeId> off;  ///< by loss

 private:
  void add_systems_in(NodeId zone) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (graph.kind[n] != NodeKind::system) continue;
      for (NodeId z = graph.zone[n]; z.valid(); z = graph.parent[z]) {
        if (z == zone) off.items.push_back(n);
      }
    }
  }
};

/// Loses things, links and all.
class Loser {
 public:
  explicit Loser(const Common& common) : common_(common), wave_(common.network) {}

  struct Result {
    Weight weight = 0;
    std::uint32_t fails = 0;
  };

  Result lose(std::span<const NodeId> off) {
    Result result;
    const std::span<const PointId> lost = wave_.lose(off);
    by_law_ = false;
    bool links = false;
    for (const PointId p : lost) {
      if (!common_.network.is_node(p)) continue;
      ++result.fails;
      const NodeId n(p.index());
      result.weight += common_.weight[n];
      links |= common_.graph.kind[n] == NodeKind::link;
    }
    if (links && separates(lost)) result = lose_by_law(off);
    std::uint32_t lost_itself = 0;
    for (const NodeId n : off) lost_itself += common_.network.has_failed(LossNetwork::point(n)) ? 0U : 1U;
    result.fails -= lost_itself;
    return result;
  }

  /// For each link that the last loss took down.
  template <class Visit>
  void each_link(const Visit& visit) const {
    const auto look = [&](std::size_t index) {
      if (index < common_.graph.node_count && common_.graph.kind[NodeId(index)] == NodeKind::link) visit(NodeId(index));
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
      for (const PointId p : wave_.touched()) {
        if (wave_.stood(p) && common_.network.to_lose(p) > 0) visit(p, wave_.inputs_lost(p));
      }
      return;
    }
    const LossProbe& probe = law_->probe();
    for (const VertexId v : probe.touched()) {
      const PointId p = common_.network.point_of(v);
      if (p.valid() && probe.stood(v) && common_.network.to_lose(p) > 0) visit(p, probe.inputs_lost(v));
    }
  }

 private:
  [[nodiscard]] bool separates(std::span<const PointId> lost) {
    if (!links_) links_ = std::make_unique<LinkLosses>(common_.graph, common_.base);
    return links_->separate(lost);
  }

  Result lose_by_law(std::span<const NodeId> off) {
    if (!law_) law_ = std::make_unique<LossLaw>(common_.graph, common_.scenario, common_.base);
    by_law_ = true;
    by_law_lost_ = law_->lose(off);
    Result result;
    for (const VertexId v : by_law_lost_) {
      if (v.index() >= common_.graph.node_count) continue;
      ++result.fails;
      result.weight += common_.weight[NodeId(v.index())];
    }
    return result;
  }

  const Common& common_;
  LossWave wave_;
  std::unique_ptr<LinkLosses> links_;
  std::unique_ptr<LossLaw> law_;
  bool by_law_ = false;  ///< the last loss left zones without connection
  std::span<const VertexId> by_law_lost_;
};

class SweepRun {
 public:
  SweepRun(const Graph& graph, const Scenario& scenario, const SweepOptions& options)
      : common_(graph, scenario, options),
        count_(options.losses.size()),
        parts_(std::max<std::size_t>(options.parts, 1)),
        alone_(count_, 0),
        losers_(parts_),
        answers_(parts_) {}

  Sweep run() {
    if (!common_.options.pairs) {
      in_parts(shard_begin(), shard_end(), [this](std::size_t part, Index from, Index to) { singles(part, from, to); });
      return merge(std::move(answers_), common_.options.top);
    }
    found_.resize(parts_);
    in_parts(0, static_cast<Index>(count_), [this](std::size_t part, Index from, Index to) { touch(part, from, to); });
    if (!std::ranges::all_of(answers_, &Sweep::complete)) return {{}, 0, 0, false};
    gather();
    in_parts(shard_begin(), shard_end(), [this](std::size_t part, Index from, Index to) { pairs(part, from, to); });
    return merge(std::move(answers_), common_.options.top);
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

  [[nodiscard]] Index shard_begin() const { return share(common_.options.shard, common_.options.shards); }
  [[nodiscard]] Index shard_end() const { return share(common_.options.shard + 1, common_.options.shards); }
  [[nodiscard]] Index share(std::size_t part, std::size_t parts) const {
    return static_cast<Index>(count_ * part / parts);
  }

  /// Small pieces, of which each part takes every so-many-th: some losses take far longer than others.
  template <class Work>
  void in_parts(Index begin, Index end, const Work& work) {
    constexpr std::size_t kPiece = 64;
    run_parts(common_.options.workers, parts_, [&](std::size_t part) {
      if (!losers_[part]) losers_[part] = std::make_unique<Loser>(common_);
      for (std::size_t from = begin + part * kPiece; from < end; from += parts_ * kPiece) {
        if (has_run_out(common_.options.patience)) answers_[part].complete = false;
        if (!answers_[part].complete) return;
        work(part, static_cast<Index>(from), static_cast<Index>(std::min<std::size_t>(end, from + kPiece)));
      }
    });
  }

  [[nodiscard]] std::span<const NodeId> off(Index loss) const { return common_.off[Id<struct LossTag>(loss)]; }

  void singles(std::size_t part, Index from, Index to) {
    Sweep& answer = answers_[part];
    Worst worst(common_.options.top);
    for (const SweepLoss& before : answer.worst) worst.show(before);
    for (Index i = from; i < to; ++i) {
      const Loser::Result result = losers_[part]->lose(off(i));
      ++answer.tried;
      if (result.weight > 0) ++answer.found;
      if (result.weight > 0 || result.fails > 0) {
        worst.show({common_.options.losses[i],
                    {},
                    common_.scale.down(common_.lost_before + result.weight),
                    common_.scale.down(result.weight),
                    result.fails});
      }
    }
    answer.worst = worst.take();
  }

  void touch(std::size_t part, Index from, Index to) {
    Found& found = found_[part];
    for (Index i = from; i < to; ++i) {
      Loser& loser = *losers_[part];
      alone_[i] = loser.lose(off(i)).weight;
      loser.each_stood([&](PointId p, std::uint32_t inputs) { found.touches.push_back({p, inputs, i}); });
      loser.each_link(
          [&](NodeId link) { found.links.emplace_back(i, static_cast<std::uint32_t>(blocks_.block(link))); });
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
    first_at_.assign(common_.network.size() + 1, 0);
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

  template <class T>
  static void sort_once(std::vector<T>& list) {
    std::ranges::sort(list);
    const auto rest = std::ranges::unique(list);
    list.erase(rest.begin(), rest.end());
  }

  void pairs(std::size_t part, Index from, Index to) {
    Sweep& answer = answers_[part];
    Worst worst(common_.options.top);
    for (const SweepLoss& before : answer.worst) worst.show(before);
    std::vector<Index> with;
    std::vector<NodeId> both;
    for (Index a = from; a < to && answer.complete; ++a) {
      partners(a, with);
      for (const Index b : with) {
        both.assign(off(a).begin(), off(a).end());
        both.insert(both.end(), off(b).begin(), off(b).end());
        sort_once(both);
        const Loser::Result result = losers_[part]->lose(both);
        if (result.weight <= alone_[a] + alone_[b]) continue;
        ++answer.found;
        worst.show({common_.options.losses[a], common_.options.losses[b],
                    common_.scale.down(common_.lost_before + result.weight),
                    common_.scale.down(result.weight - alone_[a] - alone_[b]), result.fails});
      }
      answer.tried += count_ - 1 - a;
      if (a + 1 < to && has_run_out(common_.options.patience)) answer.complete = false;
    }
    answer.worst = worst.take();
  }

  /// The later losses that may do more together with one.
  void partners(Index a, std::vector<Index>& with) {
    with.clear();
    for (std::uint32_t i = first_of_[a]; i < first_of_[a + 1]; ++i) {
      const Touch& touch = by_loss_[i];
      const std::uint32_t needed = common_.network.to_lose(touch.point);
      for (std::uint32_t k = first_at_[touch.point]; k < first_at_[PointId(touch.point.index() + 1)]; ++k) {
        if (touch.inputs + by_point_[k].inputs < needed) break;
        if (by_point_[k].loss > a) with.push_back(by_point_[k].loss);
      }
    }
    if (const auto at = blocks_of_.find(a); at != blocks_of_.end()) {
      for (const std::uint32_t block : at->second) {
        for (const Index b : losing_links_[block]) {
          if (b > a) with.push_back(b);
        }
      }
    }
    sort_once(with);
  }

  const Common common_;
  const std::size_t count_;
  const std::size_t parts_;
  const ZoneBlocks blocks_{common_.graph};
  std::vector<Weight> alone_;  ///< by loss
  std::vector<std::unique_ptr<Loser>> losers_;
  std::vector<Sweep> answers_;
  std::vector<Found> found_;
  std::vector<Touch> by_point_;
  IdVector<PointId, std::uint32_t> first_at_;
  std::vector<Touch> by_loss_;
  std::vector<std::uint32_t> first_of_;
  std::map<Index, std::vector<std::uint32_t>> blocks_of_;
  std::map<std::uint32_t, std::vector<Index>> losing_links_;
};

}  // namespace

Sweep merge(std::vector<Sweep> shards, std::size_t top) {
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
