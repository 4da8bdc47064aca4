#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "topology/format/decode_table.h"
#include "topology/format/decode_values.h"
#include "topology/format/keys.h"

/// Reading needs: one flat list, in which the members of a group lie directly behind it.
namespace firebreak {

/// One need while its keys are read. The members of a group go to `all` meanwhile.
struct NeedItem : NeedDecl {
  NeedDecls* all = nullptr;
  std::string_view group;  ///< the key that gave the members; empty for none
};

/// Reports `at_least` and `of` without each other.
void judge_threshold(FileFaults& faults, NeedItem& item);

/// Reads one item that is a table, with all below it. Depth of recursion: that of the file, at most kMaxDepth.
template <class Reader>
void read_need_table(Decoding<Reader>& decoding, typename Reader::Value& value, NeedDecls& needs) {
  const std::size_t self = needs.size();
  const std::size_t faults = decoding.faults.count();
  needs.emplace_back();
  NeedItem item;
  item.at = value.at();
  item.all = &needs;
  read_table<kNeedKeys>(decoding, value, item);
  judge_threshold(decoding.faults, item);
  item.size = static_cast<std::uint32_t>(needs.size() - self);
  // What could not be read for its faults is left out; the builder would only miss it.
  const bool says_nothing = item.size == 1 && !item.on.at.file.valid();
  if (says_nothing && (faults != decoding.faults.count() || decoding.reader.stopped())) {
    needs.resize(self);
  } else {
    needs[self] = static_cast<const NeedDecl&>(item);
  }
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, NeedDecls& needs) {
  if (!is(decoding, ValueType::list, key, value)) return;
  value.elements([&](typename Reader::Value& item) {
    if (decoding.faults.full()) return;
    if (item.type() == ValueType::table) return read_need_table(decoding, item, needs);
    if (item.type() != ValueType::text) return refuse_item(decoding, key, item);
    NeedDecl& need = needs.emplace_back();
    need.at = item.at();
    need.on = {item.text(), need.at};
  });
}

template <class Reader, Need::Type Group>
void take(Decoding<Reader>& decoding, const GroupKey<Group>& row, typename Reader::Value& value, NeedItem& item) {
  if (!item.group.empty()) {
    report_conflict(decoding.faults, "a need", item.group, row.info.name, value.at(), "put one group into the other");
    return;
  }
  item.group = row.info.name;
  item.type = Group;
  read(decoding, row.info, value, *item.all);
}

}  // namespace firebreak
