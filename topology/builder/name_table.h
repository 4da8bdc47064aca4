#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "topology/builder/text_pool.h"

namespace firebreak {

/// Distinct names, numbered from 0 in the order they were first seen. Looking one up costs a probe of an open hash
/// table, whose slots hold short names themselves: one access to memory where a million names are too many for the
/// cache.
class NameTable {
 public:
  /// The number of the name, which gets one, and a copy in the pool, when it is new.
  std::uint32_t intern(std::string_view name, TextPool& pool);
  /// The number of the name if it has one.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// Starts fetching what a look-up of the name will read, so that several look-ups wait for memory together.
  void prefetch(std::string_view name) const;
  [[nodiscard]] std::string_view text(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;
  static constexpr std::size_t kStart = 24;

  struct alignas(32) Slot {
    std::uint32_t number = kFree;
    std::uint32_t size = 0;            ///< of the name
    std::array<char, kStart> start{};  ///< of the name, or all of it
  };

  [[nodiscard]] bool holds(const Slot& slot, std::string_view name) const;
  [[nodiscard]] std::size_t first_slot(std::string_view name) const;
  [[nodiscard]] std::size_t slot_of(std::string_view name) const;
  void put(std::size_t slot, std::uint32_t number);
  void grow();

  std::vector<Slot> slots_;  ///< a power of two of them, at most half in use
  std::vector<std::string_view> texts_;
};

}  // namespace firebreak
