#include "analyzer/solver/blocks.h"

#include <algorithm>
#include <array>
#include <cstdint>
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
    first_gate_ = static_cast<Place>(block.leaves.size());
    for (const GateId root : block.roots) roots_.push_back(place.at(root));
  }

  [[nodiscard]] std::size_t size() const { return things_.size(); }
  [[nodiscard]] Place first_gate() const { return first_gate_; }  ///< all before it are leaves
  [[nodiscard]] std::span<const Place> roots() const { return roots_; }
  /// The leaves in an order given as the rank of each place.
  [[nodiscard]] std::vector<GateId> leaves(const std::vector<Place>& rank) const {
    std::vector<Place> places(first_gate_);
    std::iota(places.begin(), places.end(), Place{0});
    std::ranges::sort(places, {}, [&](Place p) { return rank[p]; });
    std::vector<GateId> result;
    for (const Place p : places) result.push_back(things_[p]);
    return result;
  }
  /// What a gate is made of; nothing for a leaf.
  [[nodiscard]] std::span<const Place> members(Place p) const {
    if (p < first_gate_) return {};
    const std::size_t gate = p - first_gate_;
    const Place begin = gate == 0 ? 0 : ends_[gate - 1];
    return std::span(members_).subspan(begin, ends_[gate] - begin);
  }

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
    std::vector<std::pair<double, Place>> aims(size());  // in the order there is, which stays where aims are equal
    for (Place p = 0; p < size(); ++p) aims[rank[p]] = {count[p] == 0 ? rank[p] : sum[p] / count[p], p};
    std::ranges::stable_sort(aims, {}, &std::pair<double, Place>::first);
    std::vector<Place> next(size());
    for (std::size_t i = 0; i < aims.size(); ++i) next[aims[i].second] = static_cast<Place>(i);
    return next;
  }

 private:
  template <class Do>
  void each_gate(Do act) const {
    for (Place gate = first_gate_; gate < size(); ++gate) act(gate, members(gate));
  }

  std::vector<GateId> things_;  ///< leaves, then gates
  Place first_gate_ = 0;
  std::vector<Place> members_;
  std::vector<Place> ends_;
  std::vector<Place> roots_;
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
constexpr std::array kTurns = {Turn::as_given, Turn::light_first, Turn::heavy_first, Turn::shared_first,
                               Turn::shared_last};

/// The order in which everything is left, as the rank of each place.
class Start {
 public:
  Start(const Springs& springs, Turn turn)
      : springs_(springs), turn_(turn), weight_(springs.size(), 1), uses_(springs.size(), 0) {
    for (Place gate = springs.first_gate(); gate < springs.size(); ++gate) {
      weight_[gate] = 0;
      for (const Place member : springs.members(gate)) {
        ++uses_[member];
        weight_[gate] += weight_[member];
      }
    }
  }

  [[nodiscard]] std::vector<Place> ranks() const {
    std::vector<Place> rank(springs_.size(), 0);
    std::vector<bool> seen(springs_.size(), false);
    Place next = 0;
    std::vector<Step> path;
    const auto enter = [&](Place p) {
      if (seen[p]) return;
      seen[p] = true;
      path.push_back({p, 0, in_turn(p)});
    };
    for (const Place root : springs_.roots()) {
      enter(root);
      while (!path.empty()) {
        Step& step = path.back();
        if (step.next < step.members.size()) {
          enter(step.members[step.next++]);
          continue;
        }
        rank[step.place] = next++;
        path.pop_back();
      }
    }
    return rank;
  }

 private:
  struct Step {
    Place place;
    std::size_t next;
    std::vector<Place> members;
  };

  [[nodiscard]] std::vector<Place> in_turn(Place p) const {
    const auto given = springs_.members(p);
    std::vector<Place> members(given.begin(), given.end());
    if (turn_ != Turn::as_given) std::ranges::stable_sort(members, {}, [&](Place m) { return key(m); });
    return members;
  }

  [[nodiscard]] double key(Place p) const {
    switch (turn_) {
      case Turn::light_first:
        return weight_[p];
      case Turn::heavy_first:
        return -weight_[p];
      case Turn::shared_first:
        return -uses_[p];
      case Turn::shared_last:
        return uses_[p];
      case Turn::as_given:
        break;
    }
    return 0;
  }

  const Springs& springs_;
  Turn turn_;
  std::vector<double> weight_;
  std::vector<double> uses_;
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

std::vector<GateId> leaf_order(const Circuit& circuit, const Block& block, const Patience& patience) {
  if (block.gates.size() == 1) return block.leaves;
  const Springs springs(circuit, block);
  return springs.leaves(relaxed(springs, Start(springs, Turn::as_given).ranks(), patience).rank);
}

std::vector<std::vector<GateId>> leaf_orders(const Circuit& circuit, const Block& block, const Patience& patience) {
  const Springs springs(circuit, block);
  std::vector<Order> orders;
  for (const Turn turn : kTurns) orders.push_back(relaxed(springs, Start(springs, turn).ranks(), patience));
  std::ranges::stable_sort(orders, {}, &Order::length);
  std::vector<std::vector<GateId>> result;
  for (const Order& order : orders) {
    std::vector<GateId> sequence = springs.leaves(order.rank);
    if (std::ranges::find(result, sequence) == result.end()) result.push_back(std::move(sequence));
  }
  return result;
}

}  // namespace firebreak::solver
