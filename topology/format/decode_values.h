#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "topology/format/decode_table.h"

/// Reading single values into the members of declarations: one overload of `read` per type of member. A value of
/// another type is reported and leaves the member as it is.
namespace firebreak {

/// Whether the value has this type; reports it when not.
template <class Reader>
bool is(Decoding<Reader>& decoding, ValueType type, const KeyInfo& key, typename Reader::Value& value) {
  if (value.type() == type) return true;
  report_wrong_type(decoding.faults, key, value.type(), value.at());
  decoding.faults.lost().add_places(decoding.owner, decoding.owner);
  return false;
}

/// Reports an item of a list that is of another type than the key takes.
template <class Reader>
void refuse_item(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& item) {
  report_wrong_item(decoding.faults, key, item.type(), item.at());
  decoding.faults.lost().add_places(decoding.owner, decoding.owner);
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, std::string_view& text) {
  if (is(decoding, ValueType::text, key, value)) text = value.text();
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, Word& word) {
  if (!is(decoding, ValueType::text, key, value)) return;
  word.at = value.at();
  word.value = value.text();
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, Words& words) {
  if (!is(decoding, ValueType::list, key, value)) return;
  value.elements([&](typename Reader::Value& item) {
    if (item.type() != ValueType::text) return refuse_item(decoding, key, item);
    const Span at = item.at();
    words.emplace_back(item.text(), at);
  });
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, bool& flag) {
  if (is(decoding, ValueType::boolean, key, value)) flag = value.boolean();
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value,
          Located<std::int64_t>& number) {
  if (!is(decoding, ValueType::integer, key, value)) return;
  if (const auto integer = value.integer()) {
    number = {*integer, value.at()};
  } else {
    report_out_of_range(decoding.faults, key, value.type(), value.at());
  }
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, Located<double>& number) {
  if (value.type() != ValueType::integer && !is(decoding, ValueType::number, key, value)) return;
  if (const auto real = value.number()) {
    number = {*real, value.at()};
  } else {
    report_out_of_range(decoding.faults, key, value.type(), value.at());
  }
}

template <class Reader, class T>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, std::optional<T>& member) {
  read(decoding, key, value, member.emplace());
}

/// Free-form data. Depth of recursion: that of the file, at most kMaxDepth.
template <class Reader>
void read_meta(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, MetaValue& meta) {
  using Value = typename Reader::Value;
  const auto read_integer = [&] {
    meta.type = MetaValue::Type::integer;
    const auto integer = value.integer();
    if (!integer) report_out_of_range(decoding.faults, key, value.type(), value.at());
    meta.integer = integer.value_or(0);
  };
  const auto read_number = [&] {
    meta.type = MetaValue::Type::number;
    const auto number = value.number();
    if (!number) report_out_of_range(decoding.faults, key, value.type(), value.at());
    meta.number = number.value_or(0);
  };
  const auto read_list = [&] {
    meta.type = MetaValue::Type::array;
    value.elements([&](Value& item) { read_meta(decoding, key, item, meta.members.emplace_back().second); });
  };
  const auto read_members = [&] {
    meta.type = MetaValue::Type::table;
    std::vector<Span> places;
    value.members([&](std::string_view name, Span at, Value& member) {
      places.push_back(at);
      meta.members.emplace_back(name, MetaValue());
      read_meta(decoding, key, member, meta.members.back().second);
    });
    report_duplicate_members(decoding.faults, meta, places);
  };
  const auto read_text = [&](MetaValue::Type type) {
    meta.type = type;
    meta.text = value.text();
  };
  switch (value.type()) {
    case ValueType::text:
      return read_text(MetaValue::Type::string);
    case ValueType::date:
      return read_text(MetaValue::Type::date);
    case ValueType::integer:
      return read_integer();
    case ValueType::number:
      return read_number();
    case ValueType::list:
      return read_list();
    case ValueType::table:
      return read_members();
    case ValueType::boolean:
      meta.type = MetaValue::Type::boolean;
      meta.boolean = value.boolean();
      return;
    case ValueType::null:
    case ValueType::broken:
      return refuse_item(decoding, key, value);
  }
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, MetaValue& meta) {
  meta.type = MetaValue::Type::table;
  if (is(decoding, ValueType::table, key, value)) read_meta(decoding, key, value, meta);
}

}  // namespace firebreak
