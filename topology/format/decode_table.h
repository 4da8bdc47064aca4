#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "topology/format/cursor.h"
#include "topology/format/decl_members.h"
#include "topology/format/decl_queue.h"
#include "topology/format/decode_shape.h"
#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/key_table.h"

namespace firebreak {

/// The decoding of one file. `Reader` has a `Value`, which is a Cursor; `stopped()`, whether reading ended early; and
/// `pass()`, which gives away the texts handed out, and `unpassed()`, the bytes of the file read since
/// then, or 0 where they are all in memory anyway.
template <class Reader>
struct Decoding {
  using Value = typename Reader::Value;
  static_assert(Cursor<Value>);

  Reader& reader;
  DeclQueue& queue;
  FileFaults& faults;
  Header& header;
  Span owner;  ///< where the thing stands whose keys are read
};

/// Reads the keys of a table into a declaration, each by the `take` of its row in `Table`. The value must be a table.
/// Keys that are unknown or given twice are reported and left out.
template <const auto& Table, class Reader, class Decl>
void read_table(Decoding<Reader>& decoding, typename Reader::Value& table, Decl& decl) {
  using Value = typename Reader::Value;
  using Row = void (*)(Decoding<Reader>&, const KeyInfo&, Value&, Decl&);
  constexpr std::size_t size = std::remove_cvref_t<decltype(Table)>::kSize;
  static constexpr auto kRows = []<std::size_t... I>(std::index_sequence<I...> /*indices*/) {
    return std::array<Row, size>{[](Decoding<Reader>& d, const KeyInfo& info, Value& value, Decl& to) {
      take(d, KeyOf<Table, I>{info}, value, to);
    }...};
  }
  (std::make_index_sequence<size>());

  SeenKeys<size> seen;
  table.members([&](std::string_view name, Span at, Value& value) {
    if (decoding.faults.full()) return;
    const std::size_t index = Table.find(name);
    if (index == size) {
      report_unknown_key(decoding.faults, Table.name(), Table.keys(), name, at);
    } else if (!seen.mark(index, at)) {
      report_duplicate_key(decoding.faults, name, at, seen.place(index));
    } else {
      kRows[index](decoding, Table[index], value, decl);
    }
  });
}

}  // namespace firebreak
