#include "analyzer/solver/blocks.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace firebreak::solver {

namespace {

/// Depth first from the roots; calls `visit` for each gate and leaf behind what it is made of.
template <class Members, class Visit>
void walk(std::span<const GateId> roots, Members members, Visit visit) {
  std::unordered_set<GateId> seen;  // never iterated
  std::vector<std::pair<GateId, std::size_t>> path;
  for (const GateId root : roots) {
    if (seen.insert(root).second) path.emplace_back(root, 0);
    while (!path.empty()) {
      auto& [g, next] = path.back();
      const std::span<const GateId> below = members(g);
      if (next < below.size()) {
        const GateId member = below[next++];
        if (seen.insert(member).second) path.emplace_back(member, 0);
        continue;
      }
      visit(g);
      path.pop_back();
    }
  }
}

using Place = std::uint32_t;  ///< of a gate or leaf of a block

/// The gates of a block and what they are made of, by their places in a depth-first order.
class Springs {
 public:
  Springs(const Circuit& circuit, const Block& block) {
    std::unordered_map<GateId, Place> place;  // never iterated
    for (const GateId leaf : block.leaves) {
      place[leaf] = static_cast<Place>(things_.size());
      things_.push_back(leaf);
    }
    for (const GateId g : block.gates) {
      place[g] = static_cast<Place>(things_.size());
      things_.push_back(g);
    }
    for (const GateId g : block.gates) {
      for (const GateId member : circuit.members(g)) members_.push_back(place.at(member));
      ends_.push_back(static_cast<Place>(members_.size()));
    }
    first_gate_ = block.leaves.size();
  }

  [[nodiscard]] std::size_t size() const { return things_.size(); }
  [[nodiscard]] GateId thing(Place p) const { return things_[p]; }
  [[nodiscard]] bool is_leaf(Place p) const { return p < first_gate_; }

  /// How far apart what belongs together lies, in an order given as the rank of each place.
  [[nodiscard]] double length(const std::vector<Place>& rank) const {
    double sum = 0;
    each_gate([&](Place gate, std::span<const Place> members) {
      Place low = rank[gate];
      Place high = low;
      for (const Place member : members) {
        low = std::min(low, rank[member]);
        high = std::max(high, rank[member]);
      }
      sum += static_cast<double>(high - low);
    });
    return sum;
  }

  /// Each thing is drawn to the middle of the gates it belongs to.
  [[nodiscard]] std::vector<Place> pulled(const std::vector<Place>& rank) const {
    std::vector<double> sum(size(), 0);
    std::vector<std::uint32_t> count(size(), 0);
    each_gate([&](Place gate, std::span<const Place> members) {
      double middle = rank[gate];
      for (const Place member : members) middle += rank[member];
      middle /= static_cast<double>(members.size() + 1);
      const auto draw = [&](Place p) {
        sum[p] += middle;
        ++count[p];
      };
      draw(gate);
      for (const Place member : members) draw(member);
    });
    std::vector<Place> order(size());
    std::iota(order.begin(), order.end(), Place{0});
    const auto aim = [&](Place p) { return count[p] == 0 ? rank[p] : sum[p] / count[p]; };
    std::ranges::stable_sort(order, {}, [&](Place p) { return std::pair(aim(p), rank[p]); });
    std::vector<Place> next(size());
    for (std::size_t i = 0; i < order.size(); ++i) next[order[i]] = static_cast<Place>(i);
    return next;
  }

 private:
  template <class Do>
  void each_gate(Do act) const {
    Place begin = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      act(static_cast<Place>(first_gate_ + i), std::span(members_).subspan(begin, ends_[i] - begin));
      begin = ends_[i];
    }
  }

  std::vector<GateId> things_;  ///< leaves, then gates
  std::size_t first_gate_ = 0;
  std::vector<Place> members_;
  std::vector<Place> ends_;
};

struct Order {
  double length = 0;
  std::vector<Place> rank;
};

/// The best order that pulling comes by.
Order relaxed(const Springs& springs, std::vector<Place> rank, const Patience& patience) {
  constexpr int kMostRounds = 200;
  constexpr int kMostIdle = 20;
  Order best{springs.length(rank), rank};
  for (int round = 0, idle = 0; round < kMostRounds && idle < kMostIdle && !has_run_out(patience); ++round, ++idle) {
    rank = springs.pulled(rank);
    const double length = springs.length(rank);
    if (length >= best.length) continue;
    best = {length, rank};
    idle = 0;
  }
  return best;
}

/// How the members of a gate are gone through, depth first.
enum class Turn : std::uint8_t { as_given, light_first, heavy_first, shared_first, shared_last };

class Starts {
 public:
  Starts(const Circuit& circuit, const Block& block) : circuit_(circuit), block_(block) {
    for (const GateId g : block.gates) {
      double weight = 0;
      for (const GateId member : circuit.members(g)) {
        ++uses_[member];
        const auto at = weight_.find(member);
        weight += at == weight_.end() ? 1 : at->second;
      }
      weight_[g] = weight;
    }
  }

  /// The order in which everything is left.
  [[nodiscard]] std::vector<GateId> order(Turn turn) {
    std::unordered_map<GateId, std::vector<GateId>> sorted;  // never iterated
    for (const GateId g : block_.gates) {
      const auto given = circuit_.members(g);
      std::vector<GateId>& members = sorted[g];
      members.assign(given.begin(), given.end());
      if (turn != Turn::as_given) std::ranges::stable_sort(members, {}, [&](GateId m) { return key(turn, m); });
    }
    std::vector<GateId> order;
    const auto below = [&](GateId g) -> std::span<const GateId> {
      const auto at = sorted.find(g);
      if (at == sorted.end()) return {};
      return at->second;
    };
    walk(block_.roots, below, [&](GateId g) { order.push_back(g); });
    return order;
  }

 private:
  [[nodiscard]] double key(Turn turn, GateId g) {
    const auto at = weight_.find(g);
    const double weight = at == weight_.end() ? 1 : at->second;
    const double uses = uses_[g];
    switch (turn) {
      case Turn::light_first:
        return weight;
      case Turn::heavy_first:
        return -weight;
      case Turn::shared_first:
        return -uses;
      case Turn::shared_last:
        return uses;
      case Turn::as_given:
        break;
    }
    return 0;
  }

  const Circuit& circuit_;
  const Block& block_;
  std::unordered_map<GateId, double> weight_;       // never iterated
  std::unordered_map<GateId, std::uint32_t> uses_;  // never iterated
};

}  // namespace

Block block_of(const Circuit& circuit, const IdVector<GateId, bool>& modules, std::vector<GateId> roots) {
  Block block;
  block.roots = std::move(roots);
  const std::unordered_set<GateId> is_root(block.roots.begin(), block.roots.end());  // never iterated
  const auto is_leaf = [&](GateId g) { return circuit[g].threshold == 0 || (modules[g] && !is_root.contains(g)); };
  const auto below = [&](GateId g) { return is_leaf(g) ? std::span<const GateId>() : circuit.members(g); };
  walk(block.roots, below, [&](GateId g) { (is_leaf(g) ? block.leaves : block.gates).push_back(g); });
  return block;
}

std::vector<std::vector<GateId>> leaf_orders(const Circuit& circuit, const Block& block, const Patience& patience) {
  const Springs springs(circuit, block);
  std::unordered_map<GateId, Place> place;  // never iterated
  for (Place p = 0; p < springs.size(); ++p) place[springs.thing(p)] = p;
  Starts starts(circuit, block);
  std::vector<Order> orders;
  for (const Turn turn :
       {Turn::as_given, Turn::light_first, Turn::heavy_first, Turn::shared_first, Turn::shared_last}) {
    std::vector<Place> rank(springs.size());
    Place next = 0;
    for (const GateId g : starts.order(turn)) rank[place.at(g)] = next++;
    orders.push_back(relaxed(springs, std::move(rank), patience));
  }
  std::ranges::stable_sort(orders, {}, &Order::length);
  std::vector<std::vector<GateId>> result;
  for (const Order& order : orders) {
    std::vector<Place> leaves(block.leaves.size());
    std::iota(leaves.begin(), leaves.end(), Place{0});
    std::ranges::sort(leaves, {}, [&](Place p) { return order.rank[p]; });
    std::vector<GateId> sequence;
    for (const Place p : leaves) sequence.push_back(springs.thing(p));
    if (std::ranges::find(result, sequence) == result.end()) result.push_back(std::move(sequence));
  }
  return result;
}

}  // namespace firebreak::solver
