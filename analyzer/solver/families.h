#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firebreak/natural.h"

#include "analyzer/solver/circuit.h"

namespace firebreak::solver {

using FamilyId = std::uint32_t;  ///< a family of sets, by the node it begins at

/// Families of sets as zero-suppressed decision diagrams. What a node adds to a set is an input, or one of the sets of
/// another family that has no input in common with the rest: so the diagram of a module stands once, however often it
/// is part of others. Minato, "Zero-suppressed BDDs for set manipulation" (1993).
class Families {
 public:
  /// What a node adds: an input, or a set of `module`.
  struct Part {
    InputId input;
    FamilyId module = 0;
  };
  struct Node {
    std::uint32_t part = 0;
    FamilyId without = 0;  ///< the sets to which nothing is added here
    FamilyId with = 0;     ///< those to which the part is added
  };
  static constexpr FamilyId kNothing = 0;   ///< no set at all
  static constexpr FamilyId kEmptySet = 1;  ///< the empty set alone

  Families() : nodes_(2) {}

  [[nodiscard]] std::uint32_t add_part(const Part& part) {
    parts_.push_back(part);
    return static_cast<std::uint32_t>(parts_.size() - 1);
  }
  /// A node of parts and families that are there already.
  FamilyId add(const Node& node) {
    nodes_.push_back(node);
    return static_cast<FamilyId>(nodes_.size() - 1);
  }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& operator[](FamilyId family) const { return nodes_[family]; }
  [[nodiscard]] const Part& part(const Node& node) const { return parts_[node.part]; }

 private:
  std::vector<Node> nodes_;
  std::vector<Part> parts_;
};

/// The nodes some families are made of, modules included; each behind what it leads to. Cost: n log n in them, and a
/// bit for each node there is.
[[nodiscard]] std::vector<FamilyId> nodes_of(const Families& families, std::span<const FamilyId> roots);

/// How many sets of each size each of some families has, from size 0. Cost: nodes times the square of the largest size
/// of modules.
[[nodiscard]] std::vector<std::vector<Natural>> count_by_size(const Families& families,
                                                              std::span<const FamilyId> roots);

/// Puts families of those sets that are at most so large behind those there are, and gives back where they begin. Cost:
/// the nodes times the size; with modules times its square.
[[nodiscard]] std::vector<FamilyId> up_to_size(Families& families, std::span<const FamilyId> roots,
                                               std::size_t most_size);

/// In how many sets of a family an input is.
struct InputShare {
  InputId input;
  std::vector<Natural> by_size;  ///< of each size, from 0; what is left out at the end is 0
};
/// For each of some families, of each input that is in a set of at most so many, in the order of the inputs. Cost: for
/// each family its nodes times the square of the size; little where few sets are small.
[[nodiscard]] std::vector<std::vector<InputShare>> input_shares(const Families& families,
                                                                std::span<const FamilyId> roots,
                                                                std::span<const std::size_t> most_sizes);

/// One set of a family and what it costs.
struct BestSet {
  double cost = 0;
  std::vector<InputId> inputs;  ///< ascending
};
/// Of each of some families, the `most` sets that cost least, the cheapest first; of equal cost, the smaller first.
/// `cost` is that of each input, not below 0. Cost: linear in the nodes, plus for each family and each module `most`
/// times the length of its diagrams, times the logarithm of that.
[[nodiscard]] std::vector<std::vector<BestSet>> cheapest_sets(const Families& families, std::span<const FamilyId> roots,
                                                              const IdVector<InputId, double>& cost, std::size_t most);

/// The `most` smallest sets, the smallest first; of equal size, the cheaper first.
[[nodiscard]] std::vector<std::vector<BestSet>> smallest_sets(const Families& families, std::span<const FamilyId> roots,
                                                              const IdVector<InputId, double>& cost, std::size_t most);

}  // namespace firebreak::solver
