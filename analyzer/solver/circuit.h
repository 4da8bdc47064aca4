#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "firebreak/ids.h"

namespace firebreak::solver {

using InputId = Id<struct InputTag>;
using GateId = Id<struct GateTag>;

/// A monotone Boolean circuit: inputs, and gates that hold once enough of what they are made of holds. Gates are made
/// of gates that were there before, so their numbers are a topological order. Equal gates are one gate.
class Circuit {
 public:
  struct Gate {
    std::uint32_t threshold = 0;  ///< how many of its members must hold; 0 for inputs and constants
    InputId input;                ///< none for gates
    std::uint32_t first = 0;      ///< its members
    std::uint32_t end = 0;

    [[nodiscard]] std::size_t size() const { return end - first; }
    [[nodiscard]] bool is_any() const { return threshold == 1; }
    [[nodiscard]] bool is_all() const { return threshold != 0 && threshold == size(); }
  };

  Circuit();

  [[nodiscard]] static GateId never() { return GateId(0); }
  [[nodiscard]] static GateId always() { return GateId(1); }

  [[nodiscard]] GateId input(InputId input);
  /// The gate that holds when at least `threshold` of the members hold; what is constant, or said twice, plays no part.
  /// Cost: n log n in the members.
  [[nodiscard]] GateId at_least(std::size_t threshold, std::vector<GateId> members);
  [[nodiscard]] GateId any(std::vector<GateId> members) { return at_least(1, std::move(members)); }
  [[nodiscard]] GateId all(std::vector<GateId> members) {
    const std::size_t size = members.size();
    return at_least(size, std::move(members));
  }

  [[nodiscard]] std::size_t size() const { return gates_.size(); }
  [[nodiscard]] const Gate& operator[](GateId g) const { return gates_[g]; }
  [[nodiscard]] std::span<const GateId> members(GateId g) const {
    return std::span(members_).subspan(gates_[g].first, gates_[g].size());
  }

 private:
  IdVector<GateId, Gate> gates_;
  std::vector<GateId> members_;
  std::unordered_map<InputId, GateId> inputs_;             // never iterated
  std::unordered_multimap<std::size_t, GateId> by_shape_;  // never iterated
};

/// The gates below the roots and these themselves, each before those made of it.
[[nodiscard]] std::vector<GateId> cone(const Circuit& circuit, std::span<const GateId> roots);

}  // namespace firebreak::solver
