#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "analyzer/port_algebra.h"

namespace firebreak {

using DeltaId = Id<struct DeltaTag>;

/// What may happen to the ports of a pair: opened or closed, felt or not.
inline constexpr std::size_t kEffects = 4;
constexpr std::size_t effect(bool opened, bool felt) {
  return (opened ? 0U : 2U) + (felt ? 0U : 1U);
}
constexpr bool is_opened(std::size_t effect) {
  return effect < 2;
}
constexpr bool is_felt(std::size_t effect) {
  return effect % 2 == 0;
}

/// The ports of each effect, as ids of the common algebra.
using Delta = std::array<PortSetId, kEffects>;

/// What pairs change by, worked out once per distinct pair of port sets.
class Deltas {
 public:
  Deltas() : ports_({}) {
    deltas_.push_back({ports_.none(), ports_.none(), ports_.none(), ports_.none()});
    numbers_[deltas_[nothing()]] = nothing();
  }

  [[nodiscard]] static DeltaId nothing() { return DeltaId(0); }
  [[nodiscard]] const PortSet& ports(DeltaId delta, std::size_t effect) const { return ports_[id(delta, effect)]; }
  [[nodiscard]] PortSetId id(DeltaId delta, std::size_t effect) const { return deltas_[delta][effect]; }
  [[nodiscard]] PortSetId none() const { return ports_.none(); }
  [[nodiscard]] const PortSet& operator[](PortSetId id) const { return ports_[id]; }
  [[nodiscard]] PortSetId intern(const PortSet& ports) { return ports_.intern(ports); }

  /// What is permitted before and after, and whether it can flow.
  [[nodiscard]] DeltaId of(PortSetId was, PortSetId is, bool flowed, bool flows) {
    if (was == is && flowed == flows) return nothing();
    const std::uint64_t key =
        std::uint64_t{was.index()} << 33U | std::uint64_t{is.index()} << 2U | (flowed ? 2U : 0U) | (flows ? 1U : 0U);
    const auto [at, fresh] = known_.try_emplace(key, nothing());
    if (fresh) at->second = make(was, is, flowed, flows);
    return at->second;
  }

 private:
  DeltaId make(PortSetId was, PortSetId is, bool flowed, bool flows) {
    const PortSetId felt_was = flowed ? was : ports_.none();
    const PortSetId felt_is = flows ? is : ports_.none();
    Delta delta;
    delta[effect(true, true)] = ports_.subtract(felt_is, felt_was);
    delta[effect(false, true)] = ports_.subtract(felt_was, felt_is);
    delta[effect(true, false)] = ports_.subtract(ports_.subtract(is, was), delta[effect(true, true)]);
    delta[effect(false, false)] = ports_.subtract(ports_.subtract(was, is), delta[effect(false, true)]);
    const auto [at, fresh] = numbers_.try_emplace(delta, deltas_.next_id());
    if (fresh) deltas_.push_back(delta);
    return at->second;
  }

  PortAlgebra ports_;
  IdVector<DeltaId, Delta> deltas_;  ///< all different
  std::map<Delta, DeltaId> numbers_;
  std::unordered_map<std::uint64_t, DeltaId> known_;  // never iterated
};

}  // namespace firebreak
