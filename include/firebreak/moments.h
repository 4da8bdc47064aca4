#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "firebreak/duration.h"
#include "firebreak/ids.h"

namespace firebreak {

/// The moments at which things of one kind are lost, and their order, for many things of which few are: four bytes for
/// each, twelve more for each that is lost. Where nothing is said, a function takes constant time.
template <class IdType>
class Moments {
 public:
  Moments() = default;
  /// Nothing is lost yet.
  explicit Moments(std::size_t size) : place_(size, kNoPlace) {}

  [[nodiscard]] std::size_t size() const { return place_.size(); }
  /// kNever = is not lost.
  [[nodiscard]] Seconds operator[](IdType id) const { return has(id) ? times_[place_[id]] : kNever; }
  /// How many are lost before it; more than all there are when it is not lost.
  [[nodiscard]] std::size_t place(IdType id) const { return place_[id]; }
  [[nodiscard]] bool has(IdType id) const { return place_[id] != kNoPlace; }
  /// Whether `a` is lost, and `b` later or, of the same moment, after it, or not at all.
  [[nodiscard]] bool before(IdType a, IdType b) const { return place_[a] < place_[b]; }
  /// What is lost, the first one first: a cause comes before what it causes.
  [[nodiscard]] std::span<const IdType> order() const { return order_; }

  /// `id` is lost next. It was not lost before, and nothing was lost later than `when`.
  void put(IdType id, Seconds when) {
    place_[id] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(id);
    times_.push_back(when);
  }
  /// What was lost is not. Cost: linear in what is lost.
  void erase(IdType id) {
    const std::size_t place = place_[id];
    place_[id] = kNoPlace;
    order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(place));
    times_.erase(times_.begin() + static_cast<std::ptrdiff_t>(place));
    for (std::size_t i = place; i < order_.size(); ++i) place_[order_[i]] = static_cast<std::uint32_t>(i);
  }
  /// All that is lost is lost at the start. Cost: linear in what is lost.
  void move_to_start() { times_.assign(times_.size(), 0); }
  /// Starts fetching what is known of a thing.
  void prefetch(IdType id) const { __builtin_prefetch(&place_[id]); }

 private:
  static constexpr std::uint32_t kNoPlace = std::numeric_limits<std::uint32_t>::max();

  IdVector<IdType, std::uint32_t> place_;  ///< in order_ and times_
  std::vector<IdType> order_;
  std::vector<Seconds> times_;
};

}  // namespace firebreak
