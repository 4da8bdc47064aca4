// Where a set passes a node, what it adds before and beside has been chosen, and what comes behind is still open. So
// the sets with an input are counted where the input is added: the ways to get there times the sets behind. Both are
// kept by size, as far as the bound on sizes goes; nodes that only large sets pass cost little.

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/solver/add_product.h"
#include "analyzer/solver/families.h"

namespace firebreak::solver {

namespace {

template <class Number>
class Shares {
 public:
  explicit Shares(const Families& families) : families_(families), place_(families.size(), 0) {}

  /// Nothing where a number does not hold the counts.
  [[nodiscard]] std::optional<std::vector<InputShare>> run(FamilyId family, std::size_t most_size) {
    most_ = most_size;
    nodes_ = nodes_of(families_, {&family, 1});
    if (nodes_.empty()) return std::vector<InputShare>();
    behind_.assign(nodes_.size(), {});
    ways_.assign(nodes_.size(), {});
    for (std::size_t i = 0; i < nodes_.size(); ++i) place_[nodes_[i]] = static_cast<std::uint32_t>(i);
    for (std::size_t i = 0; i < nodes_.size(); ++i) look_behind(i);
    ways_[place_[family]] = one_;
    found_.clear();
    for (std::size_t i = nodes_.size(); i-- > 0;) pass(i);
    std::vector<InputShare> shares = summed();
    if (too_large_) return std::nullopt;
    return shares;
  }

 private:
  /// Numbers of sets by size, from the smallest there is.
  struct Sizes {
    std::size_t first = 0;
    std::vector<Number> counts;

    [[nodiscard]] bool empty() const { return counts.empty(); }
  };

  [[nodiscard]] const Sizes& behind(FamilyId f) const {
    return f == Families::kNothing ? none_ : f == Families::kEmptySet ? one_ : behind_[place_[f]];
  }

  void look_behind(std::size_t i) {
    const Families::Node& node = families_[nodes_[i]];
    const Families::Part& part = families_.part(node);
    behind_[i] = behind(node.without);
    if (part.input.valid()) {
      add(behind_[i], behind(node.with), 1);
    } else {
      add_products(behind_[i], behind(node.with), behind(part.module), 0);
    }
  }

  /// What the sets that pass a node add, and how they go on.
  void pass(std::size_t i) {
    const Families::Node& node = families_[nodes_[i]];
    const Families::Part& part = families_.part(node);
    const Sizes ways = std::exchange(ways_[i], {});
    if (ways.empty()) return;
    if (node.without > Families::kEmptySet) add(ways_[place_[node.without]], ways, 0);
    const bool more = node.with > Families::kEmptySet;
    if (part.input.valid()) {
      Sizes with;
      add_products(with, ways, behind(node.with), 1);
      if (with.empty()) return;
      found_.emplace_back(part.input, std::move(with));
      if (more) add(ways_[place_[node.with]], ways, 1);
    } else {
      if (more) add_products(ways_[place_[node.with]], ways, behind(part.module), 0);
      if (part.module > Families::kEmptySet) add_products(ways_[place_[part.module]], ways, behind(node.with), 0);
    }
  }

  /// Makes room for sizes from one to another.
  void widen(Sizes& sum, std::size_t first, std::size_t end) const {
    if (sum.empty()) sum.first = first;
    if (first < sum.first) {
      sum.counts.insert(sum.counts.begin(), sum.first - first, Number(0));
      sum.first = first;
    }
    if (sum.first + sum.counts.size() < end) sum.counts.resize(end - sum.first, Number(0));
  }

  void add(Sizes& sum, const Sizes& more, std::size_t inputs) {
    const std::size_t first = more.first + inputs;
    if (more.empty() || first > most_) return;
    const std::size_t end = std::min(first + more.counts.size(), most_ + 1);
    widen(sum, first, end);
    for (std::size_t size = first; size < end; ++size) {
      too_large_ = !add_product(sum.counts[size - sum.first], more.counts[size - first], Number(1)) || too_large_;
    }
  }

  void add_products(Sizes& sum, const Sizes& a, const Sizes& b, std::size_t inputs) {
    const std::size_t first = a.first + b.first + inputs;
    if (a.empty() || b.empty() || first > most_) return;
    const std::size_t end = std::min(first + a.counts.size() + b.counts.size() - 1, most_ + 1);
    widen(sum, first, end);
    for (std::size_t i = 0; i < a.counts.size(); ++i) {
      for (std::size_t j = 0; j < b.counts.size() && first + i + j < end; ++j) {
        too_large_ = !add_product(sum.counts[first + i + j - sum.first], a.counts[i], b.counts[j]) || too_large_;
      }
    }
  }

  [[nodiscard]] std::vector<InputShare> summed() {
    std::ranges::stable_sort(found_, {}, &std::pair<InputId, Sizes>::first);
    std::vector<InputShare> shares;
    std::vector<Number> sum;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const auto& [input, sizes] = found_[i];
      sum.resize(std::max(sum.size(), sizes.first + sizes.counts.size()), Number(0));
      for (std::size_t k = 0; k < sizes.counts.size(); ++k) {
        too_large_ = !add_product(sum[sizes.first + k], sizes.counts[k], Number(1)) || too_large_;
      }
      if (i + 1 < found_.size() && found_[i + 1].first == input) continue;
      shares.push_back({input, {}});
      for (const Number& count : sum) shares.back().by_size.push_back(Natural(count));
      sum.clear();
    }
    return shares;
  }

  const Families& families_;
  std::size_t most_ = 0;
  std::vector<std::uint32_t> place_;  ///< of each node among `nodes_`
  std::vector<FamilyId> nodes_;
  std::vector<Sizes> behind_;  ///< by place: the sets of a node
  std::vector<Sizes> ways_;    ///< by place: what sets that pass it add elsewhere
  std::vector<std::pair<InputId, Sizes>> found_;
  bool too_large_ = false;
  const Sizes none_;
  const Sizes one_{0, {Number(1)}};
};

template <class Number>
std::optional<std::vector<std::vector<InputShare>>> all_shares(const Families& families,
                                                               std::span<const FamilyId> roots,
                                                               std::span<const std::size_t> most_sizes) {
  Shares<Number> shares(families);
  std::vector<std::vector<InputShare>> result;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    auto one = shares.run(roots[i], most_sizes[i]);
    if (!one) return std::nullopt;
    result.push_back(std::move(*one));
  }
  return result;
}

}  // namespace

std::vector<std::vector<InputShare>> input_shares(const Families& families, std::span<const FamilyId> roots,
                                                  std::span<const std::size_t> most_sizes) {
  if (auto shares = all_shares<std::uint64_t>(families, roots, most_sizes)) return std::move(*shares);
  return *all_shares<Natural>(families, roots, most_sizes);
}

}  // namespace firebreak::solver
