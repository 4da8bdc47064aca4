#include "analyzer/solver/families.h"

#include <algorithm>
#include <map>
#include <queue>
#include <utility>

#include "analyzer/solver/add_product.h"

namespace firebreak::solver {

std::vector<FamilyId> nodes_of(const Families& families, std::span<const FamilyId> roots) {
  std::vector<bool> below(families.size(), false);
  std::vector<FamilyId> nodes;
  const auto add = [&](FamilyId f) {
    if (f <= Families::kEmptySet || below[f]) return;
    below[f] = true;
    nodes.push_back(f);
  };
  for (const FamilyId root : roots) add(root);
  for (std::size_t at = 0; at < nodes.size();) {
    const Families::Node& node = families[nodes[at++]];  // what it leads to is appended
    add(node.without);
    add(node.with);
    if (const Families::Part& part = families.part(node); !part.input.valid()) add(part.module);
  }
  std::ranges::sort(nodes);
  return nodes;
}

namespace {

/// How many sets of each size there are, by node; the sizes from the first that there is. Nothing where a number does
/// not hold them.
template <class Number>
class Histograms {
 public:
  explicit Histograms(const Families& families) : families_(families) {}

  [[nodiscard]] std::optional<std::vector<std::vector<Number>>> run(std::span<const FamilyId> roots) {
    const std::vector<FamilyId> nodes = nodes_of(families_, roots);
    sizes_.resize(nodes.empty() ? 2 : nodes.back() + std::size_t{1});
    sizes_[Families::kEmptySet] = {0, {Number(1)}};
    count_uses(nodes, roots);
    for (const FamilyId f : nodes) {
      if (!fill(f)) return std::nullopt;
    }
    std::vector<std::vector<Number>> result;
    for (const FamilyId root : roots) {
      std::vector<Number>& all = result.emplace_back(sizes_[root].first, Number(0));
      all.insert(all.end(), sizes_[root].counts.begin(), sizes_[root].counts.end());
    }
    return result;
  }

 private:
  struct Sizes {
    std::size_t first = 0;
    std::vector<Number> counts;
  };

  void count_uses(const std::vector<FamilyId>& nodes, std::span<const FamilyId> roots) {
    uses_.assign(sizes_.size(), 0);
    for (const FamilyId f : nodes) {
      const Families::Node& node = families_[f];
      ++uses_[node.without];
      ++uses_[node.with];
      if (const Families::Part& part = families_.part(node); !part.input.valid()) ++uses_[part.module];
    }
    for (const FamilyId root : roots) ++uses_[root];
    uses_[Families::kEmptySet] += 1;
  }

  /// One use of it is over.
  void release(FamilyId f) {
    if (--uses_[f] == 0 && f > Families::kEmptySet) sizes_[f] = {};
  }

  [[nodiscard]] bool fill(FamilyId f) {
    const Families::Node& node = families_[f];
    const Families::Part& part = families_.part(node);
    const Sizes& added = part.input.valid() ? one_ : sizes_[part.module];
    const Sizes& with = sizes_[node.with];
    const Sizes& without = sizes_[node.without];
    Sizes sum;
    const bool any = !with.counts.empty() && !added.counts.empty();
    const std::size_t begin = with.first + added.first;
    const std::size_t end = any ? begin + with.counts.size() + added.counts.size() - 1 : begin;
    sum.first = !any ? without.first : without.counts.empty() ? begin : std::min(begin, without.first);
    sum.counts.assign(std::max(any ? end : 0, without.first + without.counts.size()) - sum.first, Number(0));
    for (std::size_t i = 0; i < without.counts.size(); ++i)
      sum.counts[without.first - sum.first + i] = without.counts[i];
    for (std::size_t i = 0; any && i < with.counts.size(); ++i) {
      for (std::size_t j = 0; j < added.counts.size(); ++j) {
        if (!add_product(sum.counts[begin - sum.first + i + j], with.counts[i], added.counts[j])) return false;
      }
    }
    sizes_[f] = std::move(sum);
    release(node.without);
    release(node.with);
    if (!part.input.valid()) release(part.module);
    return true;
  }

  const Families& families_;
  const Sizes one_{1, {Number(1)}};  ///< the sets that an input alone is
  std::vector<Sizes> sizes_;
  std::vector<std::uint32_t> uses_;  ///< of each node, by those still to be filled
};

/// What a set is judged by: the first counts first.
struct Price {
  double first = 0;
  double second = 0;

  friend Price operator+(const Price& a, const Price& b) { return {a.first + b.first, a.second + b.second}; }
  friend auto operator<=>(const Price&, const Price&) = default;
};

/// The best sets of a family and of all modules it is made of, the modules first. Within one diagram sets are found
/// best first: what has been added so far plus the least that is still to be added never falls.
class BestSets {
 public:
  BestSets(const Families& families, const IdVector<InputId, Price>& prices, std::size_t most)
      : families_(families), prices_(prices), most_(most) {}

  struct Found {
    Price price;
    std::vector<InputId> inputs;
  };

  [[nodiscard]] std::vector<std::vector<Found>> run(std::span<const FamilyId> roots) {
    if (most_ == 0) return std::vector<std::vector<Found>>(roots.size());
    const std::vector<FamilyId> nodes = nodes_of(families_, roots);
    least_.resize(nodes.empty() ? 2 : nodes.back() + std::size_t{1});
    for (const FamilyId f : nodes) {
      const Families::Node& node = families_[f];
      const Families::Part& part = families_.part(node);
      if (!part.input.valid() && !best_.contains(part.module)) best_.emplace(part.module, search(part.module));
      fill(f);
    }
    std::vector<std::vector<Found>> result;
    for (const FamilyId root : roots) {
      if (root == Families::kEmptySet) {
        result.push_back({{}});
      } else {
        result.push_back(search(root));
      }
    }
    return result;
  }

 private:
  /// A set in the making: where it has come to, and what the last step added.
  struct Partial {
    FamilyId at;
    Price price;             ///< of what was added
    std::size_t before;      ///< index of the step before; kNone at the beginning
    FamilyId added_at = 0;   ///< the node whose part the last step added; 0 = none
    std::size_t choice = 0;  ///< of a module: which of its best sets
  };
  static constexpr std::size_t kNone = ~std::size_t{0};
  /// A set in the making, by what it will cost at least. Of equal ones the latest goes on, so that one comes to its end
  /// before another is begun: there may be more of them than can ever be.
  struct Waiting {
    Price price;
    std::size_t index;

    friend bool operator<(const Waiting& a, const Waiting& b) {
      return a.price != b.price ? a.price > b.price : a.index < b.index;
    }
  };

  void fill(FamilyId f) {
    const Families::Node& node = families_[f];
    std::optional<Price>& least = least_[f];
    least = least_of(node.without);
    const std::optional<Price> with = least_of(node.with);
    if (!with) return;
    const Price sum = *with + added(node, 0);
    if (!least || sum < *least) least = sum;
  }

  /// The least that any set of it costs; nothing when it has none.
  [[nodiscard]] std::optional<Price> least_of(FamilyId f) const {
    if (f == Families::kNothing) return std::nullopt;
    return f == Families::kEmptySet ? Price{} : least_[f];
  }

  [[nodiscard]] Price added(const Families::Node& node, std::size_t choice) const {
    const Families::Part& part = families_.part(node);
    return part.input.valid() ? prices_[part.input] : best_.at(part.module)[choice].price;
  }

  [[nodiscard]] std::vector<Found> search(FamilyId family) {
    std::vector<Partial> partials;
    std::priority_queue<Waiting> queue;
    const auto put = [&](const Partial& partial) {
      const std::optional<Price> least = least_of(partial.at);
      if (!least) return;
      queue.push({partial.price + *least, partials.size()});
      partials.push_back(partial);
    };
    put({family, {}, kNone});
    std::vector<Found> found;
    while (!queue.empty() && found.size() < most_) {
      const std::size_t index = queue.top().index;
      queue.pop();
      const Partial partial = partials[index];
      if (partial.added_at != 0) put_next_choice(partials, partial, put);
      if (partial.at == Families::kEmptySet) {
        found.push_back({partial.price, inputs_of(partials, index)});
        continue;
      }
      const Families::Node& node = families_[partial.at];
      put({node.without, partial.price, index});
      put({node.with, partial.price + added(node, 0), index, partial.at, 0});
    }
    return found;
  }

  /// The same step with the next best set of the module.
  template <class Put>
  void put_next_choice(const std::vector<Partial>& partials, const Partial& partial, Put put) {
    const Families::Node& node = families_[partial.added_at];
    const Families::Part& part = families_.part(node);
    if (part.input.valid() || partial.choice + 1 >= best_.at(part.module).size()) return;
    const Price before = partials[partial.before].price;
    put({partial.at, before + added(node, partial.choice + 1), partial.before, partial.added_at, partial.choice + 1});
  }

  [[nodiscard]] std::vector<InputId> inputs_of(const std::vector<Partial>& partials, std::size_t index) const {
    std::vector<InputId> inputs;
    for (std::size_t i = index; i != kNone; i = partials[i].before) {
      if (partials[i].added_at == 0) continue;
      const Families::Part& part = families_.part(families_[partials[i].added_at]);
      if (part.input.valid()) {
        inputs.push_back(part.input);
      } else {
        const std::vector<InputId>& more = best_.at(part.module)[partials[i].choice].inputs;
        inputs.insert(inputs.end(), more.begin(), more.end());
      }
    }
    std::ranges::sort(inputs);
    return inputs;
  }

  const Families& families_;
  const IdVector<InputId, Price>& prices_;
  std::size_t most_;
  std::vector<std::optional<Price>> least_;
  std::map<FamilyId, std::vector<Found>> best_;  ///< of modules
};

std::vector<std::vector<BestSet>> best_sets(const Families& families, std::span<const FamilyId> roots,
                                            const IdVector<InputId, Price>& prices, std::size_t most,
                                            double Price::*cost) {
  std::vector<std::vector<BestSet>> result;
  for (std::vector<BestSets::Found>& found : BestSets(families, prices, most).run(roots)) {
    std::vector<BestSet>& sets = result.emplace_back();
    for (BestSets::Found& one : found) sets.push_back({one.price.*cost, std::move(one.inputs)});
  }
  return result;
}

}  // namespace

std::vector<std::vector<Natural>> count_by_size(const Families& families, std::span<const FamilyId> roots) {
  if (auto counts = Histograms<std::uint64_t>(families).run(roots)) {
    std::vector<std::vector<Natural>> result;
    for (const std::vector<std::uint64_t>& one : *counts) {
      result.emplace_back();
      for (const std::uint64_t count : one) result.back().emplace_back(count);
    }
    return result;
  }
  return *Histograms<Natural>(families).run(roots);
}

std::vector<std::vector<BestSet>> cheapest_sets(const Families& families, std::span<const FamilyId> roots,
                                                const IdVector<InputId, double>& cost, std::size_t most) {
  IdVector<InputId, Price> prices;
  for (const double each : cost) prices.push_back({each, 1});
  return best_sets(families, roots, prices, most, &Price::first);
}

std::vector<std::vector<BestSet>> smallest_sets(const Families& families, std::span<const FamilyId> roots,
                                                const IdVector<InputId, double>& cost, std::size_t most) {
  IdVector<InputId, Price> prices;
  for (const double each : cost) prices.push_back({1, each});
  return best_sets(families, roots, prices, most, &Price::second);
}

}  // namespace firebreak::solver
