// Of two that wait, one is over first, and then the work that it has and the other has not was done before the other is
// over: it costs the other's weight. What such pairs cost together, no work counted twice, is a flow (the linear
// program of Correa and Schulz 2005, with what the given order pays on one side and what it saves on the other).

#include "analyzer/restore_work.h"

#include <algorithm>
#include <limits>
#include <map>

namespace firebreak {

namespace {

/// The most arcs between pairs of what waits and their work.
constexpr std::size_t kMostArcs = 2'000'000;
/// What may be gone through for them: pairs, times the work that one waits for.
constexpr double kMostLookedAt = 100'000'000;
/// Up to so much of either, a network is built and solved as far as the first layers lead whatever patience says.
constexpr std::size_t kMostWithoutAsking = 100'000;
/// Paths that are filled between two looks at patience.
constexpr std::size_t kBetweenLooks = 1000;

/// A network in which the most flow is sought along layers (Dinic 1970).
class Flow {
 public:
  static constexpr std::uint32_t kSource = 0;
  static constexpr std::uint32_t kSink = 1;

  std::uint32_t add_node() {
    first_.push_back(kNoArc);
    return static_cast<std::uint32_t>(first_.size() - 1);
  }

  void add_arc(std::uint32_t from, std::uint32_t to, double room) {
    add_half(from, to, room);
    add_half(to, from, 0);
  }

  /// The flow there is when no more fits, or patience has run out.
  double run(const Patience& patience) {
    double sum = 0;
    std::size_t paths = 0;
    bool must = arcs_.size() <= kMostWithoutAsking;
    while ((must || !has_run_out(patience)) && find_layers()) {
      next_ = first_;
      while (find_path()) {
        sum += push();
        if (!must && ++paths % kBetweenLooks == 0 && has_run_out(patience)) return sum;
      }
      must = false;
    }
    return sum;
  }

 private:
  struct Arc {
    std::uint32_t to;
    std::uint32_t next;  ///< from the same node, or kNoArc
    double room;
  };
  static constexpr std::uint32_t kNoArc = ~std::uint32_t{0};

  void add_half(std::uint32_t from, std::uint32_t to, double room) {
    arcs_.push_back({to, first_[from], room});
    first_[from] = static_cast<std::uint32_t>(arcs_.size() - 1);
  }

  /// How many arcs with room each node is away from the source; whether the sink can be reached.
  bool find_layers() {
    layer_.assign(first_.size(), kNoArc);
    layer_[kSource] = 0;
    std::vector<std::uint32_t> open{kSource};
    for (std::size_t i = 0; i < open.size() && layer_[kSink] == kNoArc; ++i) {
      for (std::uint32_t a = first_[open[i]]; a != kNoArc; a = arcs_[a].next) {
        if (arcs_[a].room <= 0 || layer_[arcs_[a].to] != kNoArc) continue;
        layer_[arcs_[a].to] = layer_[open[i]] + 1;
        open.push_back(arcs_[a].to);
      }
    }
    return layer_[kSink] != kNoArc;
  }

  /// A path from layer to layer. What leads nowhere is not tried again.
  bool find_path() {
    while (true) {
      const std::uint32_t at = path_.empty() ? kSource : arcs_[path_.back()].to;
      if (at == kSink) return true;
      std::uint32_t& a = next_[at];
      while (a != kNoArc && (arcs_[a].room <= 0 || layer_[arcs_[a].to] != layer_[at] + 1)) a = arcs_[a].next;
      if (a != kNoArc) {
        path_.push_back(a);
        continue;
      }
      if (path_.empty()) return false;
      next_[arcs_[path_.back() ^ 1U].to] = arcs_[path_.back()].next;
      path_.pop_back();
    }
  }

  /// Fills the path that was found, and goes back to before its first arc that is full.
  double push() {
    double most = std::numeric_limits<double>::infinity();
    for (const std::uint32_t a : path_) most = std::min(most, arcs_[a].room);
    for (const std::uint32_t a : path_) {
      arcs_[a].room -= most;
      arcs_[a ^ 1U].room += most;
    }
    path_.erase(std::ranges::find_if(path_, [&](std::uint32_t a) { return arcs_[a].room <= 0; }), path_.end());
    return most;
  }

  std::vector<Arc> arcs_;  ///< each beside the one back
  std::vector<std::uint32_t> first_ = {kNoArc, kNoArc};
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> layer_;
  std::vector<std::uint32_t> path_;
};

class Pairs {
 public:
  explicit Pairs(const WaitsForWork& waits) : waits_(waits) { unite(); }

  double run(const Patience& patience) {
    double sum = 0;
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      for (const std::uint32_t k : needs_[i]) sum += weight(i) * work_[k];
    }
    if (!fits(patience)) return sum;
    paid_.assign(work_.size() * needs_.size(), 0);
    saved_.assign(work_.size() * needs_.size(), 0);
    for_each_pair([&](std::size_t earlier, std::size_t later, const Sides& sides) {
      const std::uint32_t pair = flow_.add_node();
      for (const std::uint32_t k : sides.paid) flow_.add_arc(paid(k, later), pair, kNoLimit);
      for (const std::uint32_t k : sides.saved) flow_.add_arc(pair, saved(k, earlier), kNoLimit);
    });
    return sum + flow_.run(patience);
  }

 private:
  static constexpr double kNoLimit = std::numeric_limits<double>::infinity();

  /// Of two that wait: the work only the earlier has, which the later pays for in this order, and the work only the
  /// later has, which the earlier would pay for in the other.
  struct Sides {
    std::vector<std::uint32_t> paid;
    std::vector<std::uint32_t> saved;
  };

  [[nodiscard]] double weight(std::size_t i) const { return waits_.waiting[i].weight; }

  /// Pieces that the same wait for are one.
  void unite() {
    std::vector<std::vector<std::uint32_t>> waiting_for(waits_.pieces.size());
    for (std::uint32_t i = 0; i < waits_.waiting.size(); ++i) {
      for (const std::uint32_t k : waits_.waiting[i].pieces) waiting_for[k].push_back(i);
    }
    std::map<std::vector<std::uint32_t>, double> united;
    for (std::size_t k = 0; k < waiting_for.size(); ++k) {
      if (!waiting_for[k].empty() && waits_.pieces[k] > 0) united[waiting_for[k]] += waits_.pieces[k];
    }
    needs_.resize(waits_.waiting.size());
    for (const auto& [those, work] : united) {
      for (const std::uint32_t i : those) needs_[i].push_back(static_cast<std::uint32_t>(work_.size()));
      work_.push_back(work);
      first_.push_back(those.front());
    }
  }

  /// Whether there is room for all pairs, and time; where only work counts for the first that waits for it, if need be.
  bool fits(const Patience& patience) {
    double most = 0;
    for (const std::vector<std::uint32_t>& needs : needs_) most += static_cast<double>(needs.size() * needs_.size());
    if (most > kMostLookedAt) return false;
    if (most > kMostWithoutAsking && has_run_out(patience)) return false;
    if (count_arcs() <= kMostArcs) return true;
    own_only_ = true;
    return count_arcs() <= kMostArcs;
  }

  [[nodiscard]] std::size_t count_arcs() const {
    std::size_t count = 0;
    const auto add = [&](std::size_t, std::size_t, const Sides& sides) {
      count += sides.paid.size() + sides.saved.size();
    };
    for_each_pair(add);
    return count;
  }

  template <class Visit>
  void for_each_pair(const Visit& visit) const {
    Sides sides;
    for (std::size_t later = 0; later < needs_.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        sides.paid.clear();
        std::ranges::set_difference(needs_[earlier], needs_[later], std::back_inserter(sides.paid));
        std::erase_if(sides.paid, [&](std::uint32_t k) { return own_only_ && first_[k] != earlier; });
        if (sides.paid.empty()) continue;
        sides.saved.clear();
        std::ranges::copy_if(needs_[later], std::back_inserter(sides.saved), [&](std::uint32_t k) {
          return first_[k] > earlier && (!own_only_ || first_[k] == later);
        });
        if (!sides.saved.empty()) visit(earlier, later, sides);
      }
    }
  }

  std::uint32_t paid(std::uint32_t k, std::size_t by) {
    std::uint32_t& node = paid_[k * needs_.size() + by];
    if (node == 0) {
      node = flow_.add_node();
      flow_.add_arc(Flow::kSource, node, work_[k] * weight(by));
    }
    return node;
  }

  std::uint32_t saved(std::uint32_t k, std::size_t by) {
    std::uint32_t& node = saved_[k * needs_.size() + by];
    if (node == 0) {
      node = flow_.add_node();
      flow_.add_arc(node, Flow::kSink, work_[k] * weight(by));
    }
    return node;
  }

  const WaitsForWork& waits_;
  std::vector<double> work_;                       ///< of pieces united
  std::vector<std::uint32_t> first_;               ///< of those that wait for it
  std::vector<std::vector<std::uint32_t>> needs_;  ///< of each that waits, the pieces united; ascending
  bool own_only_ = false;                          ///< work counts only for the first that waits for it
  Flow flow_;
  std::vector<std::uint32_t> paid_;   ///< nodes by piece and who waits; 0 = not there
  std::vector<std::uint32_t> saved_;  ///< likewise
};

}  // namespace

double least_weighted_work(const WaitsForWork& waits, const Patience& patience) {
  return Pairs(waits).run(patience);
}

}  // namespace firebreak
