#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "topology/builder/name_index.h"

namespace firebreak {

/// Names whose numbers are wanted later. Where a million names are known, looking one up waits for memory; so they are
/// collected, and looked up many at a time, when what that reads has long been on its way.
class NameQueue {
 public:
  /// What a number is for: of `Topology::needs`; of the ends of `Topology::pivots`, counted over all; of
  /// `Topology::pivot_lists`.
  enum class Fills : std::uint8_t { need, pivot_end, pivot_selector };

  void add(Fills fills, std::size_t index, std::string_view name, const NameIndex& known) {
    const std::uint64_t hash = NameTable::hash(name);
    known.names.prefetch(hash);
    waiting_.push_back({hash, static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(name.size()),
                        static_cast<std::uint32_t>(index), fills});
    texts_.append(name);
  }
  [[nodiscard]] bool full() const { return waiting_.size() >= kMost; }

  /// Calls `fill(fills, index, number)` for each, in the order they came; forgets them.
  template <class Fill>
  void look_up(NameIndex& known, const Fill& fill) {
    for (const Waiting& one : waiting_) {
      fill(one.fills, one.index, known.intern(std::string_view(texts_).substr(one.begin, one.size), one.hash));
    }
    waiting_.clear();
    texts_.clear();
  }

 private:
  static constexpr std::size_t kMost = 64;
  struct Waiting {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;  ///< of its text
    std::uint32_t size = 0;
    std::uint32_t index = 0;
    Fills fills{};
  };
  std::vector<Waiting> waiting_;
  std::string texts_;  ///< of the names, one behind the other
};

}  // namespace firebreak
