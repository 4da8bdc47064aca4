#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "firebreak/builder.h"

#include "topology/format/decl_members.h"
#include "topology/format/decode_needs.h"
#include "topology/format/decode_table.h"
#include "topology/format/decode_values.h"
#include "topology/format/keys.h"

/// The format itself, for both syntaxes: walks the values of a reader once and turns every table into a declaration, by
/// the rows of keys.h. What is of the wrong shape is reported here and left out; values are judged by the builder.
namespace firebreak {

/// The table at the top of a file has no declaration of its own.
struct FileDecl {};

template <class Reader, auto... Path, class Decl>
void take(Decoding<Reader>& decoding, const Key<Path...>& row, typename Reader::Value& value, Decl& decl) {
  read(decoding, row.info, value, row.in(decl));
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value, std::vector<RuleDecl>& rules) {
  if (!is(decoding, ValueType::list, key, value)) return;
  const Span policy = decoding.owner;
  value.elements([&](typename Reader::Value& item) {
    if (item.type() != ValueType::table) return refuse_item(decoding, key, item);
    RuleDecl& rule = rules.emplace_back();
    rule.at = decoding.owner = item.at();
    read_table<kRuleKeys>(decoding, item, rule);
    decoding.owner = policy;
  });
}

template <class Reader>
void read(Decoding<Reader>& decoding, const KeyInfo& key, typename Reader::Value& value,
          std::vector<ExpectDecl>& expect) {
  if (is(decoding, ValueType::table, key, value)) read_table<kExpectKeys>(decoding, value, expect);
}

template <class Reader, Expectation::Type Type>
void take(Decoding<Reader>& decoding, const ExpectKey<Type>& row, typename Reader::Value& value,
          std::vector<ExpectDecl>& expect) {
  ExpectDecl& decl = expect.emplace_back();
  decl.type = Type;
  read(decoding, row.info, value, decl.who);
}

template <class Reader, Require::Type Type, const auto& Table>
void take(Decoding<Reader>& decoding, const RequireKey<Type, Table>& row, typename Reader::Value& value,
          RequireDecl& decl) {
  if (decl.type) {
    report_conflict(decoding.faults, "a require", to_string(*decl.type), row.info.name, value.at(),
                    "make it two requires");
    return;
  }
  decl.type = Type;
  if (is(decoding, ValueType::table, row.info, value)) read_table<Table>(decoding, value, decl);
}

/// Declares one thing.
template <class Reader, class Decl, const auto& Table>
void take_entry(Decoding<Reader>& decoding, const KindKey<Decl, Table>& /*row*/, Word id,
                typename Reader::Value& value) {
  if (decoding.faults.full()) return;
  if (value.type() != ValueType::table) {
    report_no_table(decoding.faults, Table.name(), id.value, value.type(), value.at());
    decoding.faults.lost().add_text(id.value);
    return;
  }
  Decl& decl = decoding.queue.template next<Decl>();
  clear<Table>(decl);
  decl.id = id;
  decoding.owner = id.at;
  read_table<Table>(decoding, value, decl);
  if (decoding.reader.stopped()) {
    decoding.faults.lost().add_text(id.value);
  } else {
    decoding.queue.keep(decl);
  }
  decoding.queue.pass_on(decoding.reader);
}

template <class Reader, class Decl, const auto& Table>
void take(Decoding<Reader>& decoding, const KindKey<Decl, Table>& row, typename Reader::Value& value,
          FileDecl& /*file*/) {
  if (!is(decoding, ValueType::table, row.info, value)) return;
  value.members([&](std::string_view id, Span at, typename Reader::Value& member) {
    take_entry(decoding, row, {id, at}, member);
  });
}

template <class Reader>
void take(Decoding<Reader>& decoding, const PivotsKey& row, typename Reader::Value& value, FileDecl& /*file*/) {
  if (!is(decoding, ValueType::list, row.info, value)) return;
  value.elements([&](typename Reader::Value& item) {
    if (decoding.faults.full()) return;
    if (item.type() != ValueType::table) return refuse_item(decoding, row.info, item);
    auto& decl = decoding.queue.template next<PivotDecl>();
    clear<kPivotKeys>(decl);
    decl.at = decoding.owner = item.at();
    read_table<kPivotKeys>(decoding, item, decl);
    if (!decoding.reader.stopped()) decoding.queue.keep(decl);
    decoding.queue.pass_on(decoding.reader);
  });
}

template <class Reader>
void take(Decoding<Reader>& decoding, const TopologyKey& row, typename Reader::Value& value, FileDecl& /*file*/) {
  if (!is(decoding, ValueType::table, row.info, value)) return;
  TopologyDecl decl;
  const Span at = value.at();
  read_table<kTopologyKeys>(decoding, value, decl);
  decoding.header.take(decl, at, decoding.faults);
}

/// Declares all that a file holds.
template <class Reader>
void decode(Decoding<Reader>& decoding, typename Reader::Value& root) {
  if (root.type() != ValueType::table) return report_no_file(decoding.faults, root.type(), root.at());
  FileDecl file;
  read_table<kTopKeys>(decoding, root, file);
}

}  // namespace firebreak
