#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "firebreak/topology.h"

#include "topology/format/cursor.h"
#include "topology/format/file_faults.h"
#include "topology/format/key_table.h"

/// Faults in the shape of a file: what holds before any value is judged. One wording for both syntaxes.
namespace firebreak {

/// Which keys of a table were seen, and where.
template <std::size_t Size>
class SeenKeys {
 public:
  /// Notes a key; false when it was noted before.
  bool mark(std::size_t key, Span at) {
    const std::uint32_t bit = 1U << key;
    if ((bits_ & bit) != 0) return false;
    bits_ |= bit;
    places_[key] = at;
    return true;
  }
  [[nodiscard]] Span place(std::size_t key) const { return places_[key]; }

 private:
  static_assert(Size <= 32);
  std::uint32_t bits_ = 0;
  std::array<Span, Size> places_;
};

void report_unknown_key(FileFaults& faults, std::string_view table, std::span<const KeyInfo> keys,
                        std::string_view name, Span at);
void report_duplicate_key(FileFaults& faults, std::string_view name, Span at, Span first);
/// Reports a value of another type than `key` takes; says nothing of one that is broken already.
void report_wrong_type(FileFaults& faults, const KeyInfo& key, ValueType found, Span at);
/// The same for an item of the list a key takes.
void report_wrong_item(FileFaults& faults, const KeyInfo& key, ValueType found, Span at);
/// Reports what stands where a table with an id is expected: "'dc1' is a text, where the keys of a system are
/// expected".
void report_no_table(FileFaults& faults, std::string_view table, std::string_view id, ValueType found, Span at);
/// Reports a file that holds no table.
void report_no_file(FileFaults& faults, ValueType found, Span at);
/// Reports two keys that cannot stand together: "a need has both 'any' and 'all'".
void report_conflict(FileFaults& faults, std::string_view subject, std::string_view first, std::string_view second,
                     Span at, std::string hint);
/// Reports the keys a table under `meta` has twice; `places` are those of its members. Cost: n log n.
void report_duplicate_members(FileFaults& faults, const MetaValue& table, std::span<const Span> places);
void report_out_of_range(FileFaults& faults, const KeyInfo& key, ValueType type, Span at);

}  // namespace firebreak
