#include "topology/format/decode_shape.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <utility>
#include <vector>

#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::string_view kTopTable = "file";

std::string join_names(std::span<const KeyInfo> keys) {
  std::string text;
  for (const KeyInfo& key : keys) {
    if (!text.empty()) text += ", ";
    text += key.name;
  }
  return text;
}

std::string what_it_takes(const KeyInfo& key, ValueType found) {
  if (found == ValueType::null) return "leave the key out";
  const bool is_number = found == ValueType::integer || found == ValueType::number;
  if (key.takes == Takes::meta && is_number) return "write it as a text";
  return fmt::format("it takes {}", describe(key.takes));
}

}  // namespace

std::string_view with_article(ValueType type) {
  switch (type) {
    case ValueType::broken:
      return "broken";
    case ValueType::null:
      return "null";
    case ValueType::boolean:
      return "a boolean";
    case ValueType::integer:
      return "an integer";
    case ValueType::number:
      return "a number";
    case ValueType::text:
      return "a text";
    case ValueType::date:
      return "a date";
    case ValueType::list:
      return "a list";
    case ValueType::table:
      return "a table";
  }
  return "nothing";
}

void report_unknown_key(FileFaults& faults, std::string_view table, std::span<const KeyInfo> keys,
                        std::string_view name, Span at) {
  std::vector<std::string_view> names;
  for (const KeyInfo& key : keys) names.push_back(key.name);
  const std::string_view meant = nearest(name, names);
  const bool top = table == kTopTable;
  faults.report(
      Code::unknown_key, at,
      top ? fmt::format("unknown key {} at the top of the file", quoted(name))
          : fmt::format("unknown key {} in '{}'", quoted(name), table),
      meant.empty() ? fmt::format("the keys are {}", join_names(keys)) : fmt::format("did you mean '{}'?", meant));
}

void report_duplicate_key(FileFaults& faults, std::string_view name, Span at, Span first) {
  Diagnostic fault =
      diagnose(Code::duplicate_key, at, fmt::format("{} is given twice", quoted(name)), "keep one of them");
  fault.related.push_back({first, "first given here"});
  faults.report(std::move(fault));
}

void report_wrong_type(FileFaults& faults, const KeyInfo& key, ValueType found, Span at) {
  if (found == ValueType::broken) return;
  faults.report(Code::wrong_type, at, fmt::format("'{}' is {}", key.name, with_article(found)),
                what_it_takes(key, found));
}

void report_wrong_item(FileFaults& faults, const KeyInfo& key, ValueType found, Span at) {
  if (found == ValueType::broken) return;
  faults.report(Code::wrong_type, at, fmt::format("an item of '{}' is {}", key.name, with_article(found)),
                found == ValueType::null ? "leave it out" : what_it_takes(key, found));
}

void report_no_table(FileFaults& faults, std::string_view table, std::string_view id, ValueType found, Span at) {
  if (found == ValueType::broken) return;
  faults.report(
      Code::wrong_type, at,
      fmt::format("{} is {}, where a table with the keys of a {} is expected", quoted(id), with_article(found), table),
      fmt::format("in TOML, write [{}.ID] and the keys below it", table));
}

void report_no_file(FileFaults& faults, ValueType found, Span at) {
  if (found == ValueType::broken) return;
  faults.report(Code::wrong_type, at, fmt::format("the file holds {}", with_article(found)),
                "it takes a table of tables: {\"system\": {\"dc1\": {}}}");
}

void report_conflict(FileFaults& faults, std::string_view subject, std::string_view first, std::string_view second,
                     Span at, std::string hint) {
  faults.report(Code::conflicting_keys, at, fmt::format("{} has both '{}' and '{}'", subject, first, second),
                std::move(hint));
}

void report_duplicate_members(FileFaults& faults, const MetaValue& table, std::span<const Span> places) {
  std::vector<std::size_t> order(table.members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto name = [&](std::size_t member) -> const std::string& { return table.members[member].first; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return name(a) < name(b); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (name(order[i]) != name(order[i - 1])) continue;
    report_duplicate_key(faults, name(order[i]), places[order[i]], places[order[i - 1]]);
  }
}

void report_out_of_range(FileFaults& faults, const KeyInfo& key, ValueType type, Span at) {
  const std::string_view subject = key.takes == Takes::meta ? "a number in " : "";
  const std::string_view limit = type == ValueType::integer ? "64 bits" : "the range of numbers";
  faults.report(Code::bad_number, at, fmt::format("{}'{}' is beyond {}", subject, key.name, limit),
                what_it_takes(key, type));
}

}  // namespace firebreak
