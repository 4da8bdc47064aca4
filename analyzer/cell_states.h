#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "firebreak/ids.h"

namespace firebreak {

using ReceiverId = Id<struct ReceiverTag>;  ///< groups of places that the same rules and actions hold as targets

/// A state for each receiver, kept so that a change to all costs only the distinct states there are: receivers hold a
/// slot, slots hold the state. Slot 0 is that of all that no change has singled out.
class CellStates {
 public:
  using State = std::uint64_t;

  /// All receivers in one state. Cost: linear in those that were singled out before.
  void reset(std::size_t receivers, State base) {
    if (slot_.size() == receivers) {
      for (const ReceiverId r : singled_out_) slot_[r] = 0;
      for (const ReceiverId r : singled_out_) listed_[r] = 0;
    } else {
      slot_.assign(receivers, 0);
      listed_.assign(receivers, 0);
    }
    singled_out_.clear();
    states_.assign(1, base);
    index_states();
  }

  [[nodiscard]] State base() const { return states_.front(); }
  [[nodiscard]] State at(ReceiverId r) const { return states_[slot_[r]]; }
  [[nodiscard]] std::uint32_t slot(ReceiverId r) const { return slot_[r]; }
  [[nodiscard]] std::span<const State> states() const { return states_; }
  /// Each once, in no order of meaning; all others are in the base state.
  [[nodiscard]] std::span<const ReceiverId> singled_out() const { return singled_out_; }
  [[nodiscard]] std::size_t size() const { return slot_.size(); }

  /// Puts every receiver from its state into `next(state)`.
  template <class Next>
  void change_all(Next next) {
    for (State& state : states_) state = next(state);
    index_states();
    if (states_.size() > 2 * by_state_.size() + 8) merge_slots();
  }

  /// Begins a change of some receivers, which one or more calls of `change` carry out.
  void begin_change() { ++change_; }

  /// Puts these from their state into `next(state)`, which must leave a state that it made as it is: a receiver may be
  /// among those of several calls.
  template <class Next>
  void change(std::span<const ReceiverId> receivers, Next next) {
    for (const ReceiverId r : receivers) {
      const std::uint32_t from = slot_[r];
      if (changed_[from] != change_) {
        const std::uint32_t to = slot_of(next(states_[from]));
        changed_[from] = change_;
        next_[from] = to;
      }
      put(r, next_[from]);
    }
  }

  /// Puts every receiver from its state into `meet(state, its state in by)`. Cost: linear in those that `by` singles
  /// out, and in the pairs of distinct states.
  template <class Meet>
  void combine(const CellStates& by, Meet meet) {
    const std::vector<State> before = states_;
    for (State& state : states_) state = meet(state, by.base());
    index_states();
    std::vector<std::uint32_t> met(before.size() * by.states_.size(), kUnknown);
    for (const ReceiverId r : by.singled_out_) {
      std::uint32_t& to = met[slot_[r] * by.states_.size() + by.slot_[r]];
      if (to == kUnknown) to = slot_of(meet(before[slot_[r]], by.at(r)));
      put(r, to);
    }
  }

 private:
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};

  void put(ReceiverId r, std::uint32_t slot) {
    if (slot_[r] == 0 && slot != 0 && listed_[r] == 0) {
      listed_[r] = 1;
      singled_out_.push_back(r);
    }
    slot_[r] = slot;
  }

  std::uint32_t slot_of(State state) {
    const auto [at, fresh] = by_state_.try_emplace(state, static_cast<std::uint32_t>(states_.size()));
    if (fresh) add_slot(state);
    return at->second;
  }

  void add_slot(State state) {
    states_.push_back(state);
    changed_.push_back(0);
    next_.push_back(0);
  }

  void index_states() {
    by_state_.clear();
    for (std::uint32_t s = 0; s < states_.size(); ++s) by_state_.try_emplace(states_[s], s);
    changed_.assign(states_.size(), 0);
    next_.assign(states_.size(), 0);
    change_ = 1;
  }

  /// Gives receivers of equal states the same slot.
  void merge_slots() {
    for (const ReceiverId r : singled_out_) slot_[r] = by_state_.at(states_[slot_[r]]);
    std::vector<std::uint32_t> renumbered(states_.size(), 0);
    std::vector<State> kept;
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      if (by_state_.at(states_[s]) != s) continue;
      renumbered[s] = static_cast<std::uint32_t>(kept.size());
      kept.push_back(states_[s]);
    }
    for (const ReceiverId r : singled_out_) slot_[r] = renumbered[slot_[r]];
    states_ = std::move(kept);
    index_states();
  }

  IdVector<ReceiverId, std::uint32_t> slot_;
  IdVector<ReceiverId, std::uint8_t> listed_;
  std::vector<ReceiverId> singled_out_;
  std::vector<State> states_;                          ///< by slot
  std::unordered_map<State, std::uint32_t> by_state_;  ///< the first slot of each state; never iterated
  std::vector<std::uint32_t> changed_;                 ///< by slot: the change that next_ is of
  std::vector<std::uint32_t> next_;
  std::uint32_t change_ = 1;
};

}  // namespace firebreak
