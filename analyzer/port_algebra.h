#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "firebreak/ids.h"
#include "firebreak/ports.h"

namespace firebreak {

/// Port sets by number: equal sets have equal ids, and each operation on two ids is worked out once.
class PortAlgebra {
 public:
  /// `known` keep their ids.
  explicit PortAlgebra(const IdVector<PortSetId, PortSet>& known);

  [[nodiscard]] PortSetId intern(const PortSet& ports);
  [[nodiscard]] const PortSet& operator[](PortSetId id) const { return sets_[id]; }

  [[nodiscard]] std::size_t size() const { return sets_.size(); }
  [[nodiscard]] PortSetId none() const { return none_; }
  [[nodiscard]] PortSetId any() const { return any_; }

  /// Cost: a look-up; the first time, linear in the ranges of both.
  [[nodiscard]] PortSetId unite(PortSetId a, PortSetId b);
  [[nodiscard]] PortSetId intersect(PortSetId a, PortSetId b);
  [[nodiscard]] PortSetId subtract(PortSetId a, PortSetId b);

 private:
  struct Hash {
    std::size_t operator()(const PortSet& ports) const noexcept;
  };
  using Results = std::unordered_map<std::uint64_t, PortSetId>;  // never iterated

  IdVector<PortSetId, PortSet> sets_;
  std::unordered_map<PortSet, PortSetId, Hash> ids_;  // never iterated
  Results united_, intersected_, subtracted_;
  PortSetId none_;
  PortSetId any_;
};

}  // namespace firebreak
