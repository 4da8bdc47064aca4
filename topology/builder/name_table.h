#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "topology/builder/text_pool.h"

namespace firebreak {

/// Distinct names, numbered from 0 in the order they were first seen. Looking one up costs a probe of an open hash
/// table, whose slots hold short names themselves, and the ends of longer ones: one access to memory for most, where a
/// million names are too many for the cache. Names that differ in their last character alone are neighbours there, so
/// that counted names, `s1200` to `s1209`, are fetched together: things speak of those near them most of the time.
class NameTable {
 public:
  /// What of a name decides where it is looked for.
  [[nodiscard]] static std::uint64_t hash(std::string_view name);
  /// The number of the name, which gets one, and a copy in the pool, when it is new.
  std::uint32_t intern(std::string_view name, TextPool& pool) { return intern(name, hash(name), pool); }
  std::uint32_t intern(std::string_view name, std::uint64_t hash, TextPool& pool);
  /// The number of the name if it has one.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
  /// Starts fetching what a look-up will read, so that several look-ups wait for memory together.
  void prefetch(std::uint64_t hash) const;
  [[nodiscard]] std::string_view text(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;

  /// What is compared first: all of a name of up to 11 characters.
  struct Ending {
    std::uint64_t last = 0;    ///< the last eight characters, or all
    std::uint32_t before = 0;  ///< the three before them, and the length, or 255 when it is longer
  };
  static constexpr std::size_t kInEnding = 11;
  [[nodiscard]] static Ending ending_of(std::string_view name);

  struct Slot {
    std::uint32_t number = kFree;
    std::uint32_t before = 0;
    std::uint64_t last = 0;
  };
  static_assert(sizeof(Slot) == 16);

  [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint64_t hash) const;
  void put(std::size_t slot, std::uint32_t number);
  void grow();

  std::vector<Slot> slots_;  ///< a power of two of them, at most two thirds in use
  std::vector<std::string_view> texts_;
};

}  // namespace firebreak
