// Each node becomes one for every bound on what may still be added. Of a module the sets of one size are a family of
// their own, so that what is left for the rest is known.

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analyzer/solver/families.h"

namespace firebreak::solver {

namespace {

class Bounding {
 public:
  Bounding(Families& families, std::size_t most) : families_(families), most_(most) {}

  [[nodiscard]] std::vector<FamilyId> run(std::span<const FamilyId> roots) {
    for (const FamilyId f : nodes_of(families_, roots)) {
      const Families::Node node = families_[f];
      const Families::Part part = families_.part(node);
      std::vector<FamilyId> at_most;
      std::vector<FamilyId> exactly;
      for (std::size_t size = 0; size <= most_; ++size) {
        const auto of = [&](const auto& lookup) {
          FamilyId made = lookup(node.without, size);
          if (part.input.valid()) return size == 0 ? made : joined(node.part, made, lookup(node.with, size - 1));
          for (std::size_t inner = 1; inner <= size; ++inner) {
            const FamilyId sets = this->exactly(part.module, inner);
            if (sets == Families::kNothing) continue;
            const FamilyId with = lookup(node.with, size - inner);
            if (with != Families::kNothing) made = joined(part_of(sets), made, with);
          }
          return made;
        };
        at_most.push_back(of([&](FamilyId g, std::size_t most) { return this->at_most(g, most); }));
        exactly.push_back(of([&](FamilyId g, std::size_t wanted) { return this->exactly(g, wanted); }));
      }
      at_most_[f] = std::move(at_most);
      exactly_[f] = std::move(exactly);
    }
    std::vector<FamilyId> result;
    for (const FamilyId root : roots) result.push_back(at_most(root, most_));
    return result;
  }

 private:
  [[nodiscard]] FamilyId at_most(FamilyId f, std::size_t size) const {
    return f <= Families::kEmptySet ? f : at_most_.at(f)[size];
  }
  [[nodiscard]] FamilyId exactly(FamilyId f, std::size_t size) const {
    if (f == Families::kEmptySet) return size == 0 ? Families::kEmptySet : Families::kNothing;
    return f == Families::kNothing ? f : exactly_.at(f)[size];
  }
  [[nodiscard]] FamilyId joined(std::uint32_t part, FamilyId without, FamilyId with) {
    return with == Families::kNothing ? without : families_.add({part, without, with});
  }
  [[nodiscard]] std::uint32_t part_of(FamilyId module) {
    const auto [at, fresh] = parts_.try_emplace(module, 0);
    if (fresh) at->second = families_.add_part({InputId::none(), module});
    return at->second;
  }

  Families& families_;
  std::size_t most_;
  std::unordered_map<FamilyId, std::vector<FamilyId>> at_most_;  // never iterated
  std::unordered_map<FamilyId, std::vector<FamilyId>> exactly_;  // never iterated
  std::unordered_map<FamilyId, std::uint32_t> parts_;            // never iterated
};

}  // namespace

std::vector<FamilyId> up_to_size(Families& families, std::span<const FamilyId> roots, std::size_t most_size) {
  return Bounding(families, most_size).run(roots);
}

}  // namespace firebreak::solver
