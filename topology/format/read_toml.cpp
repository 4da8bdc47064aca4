/// toml++ builds a tree whose tables are sorted by key; the order of the file is restored by source positions, over all
/// kinds at once, so that nodes come in the order in which people wrote them. It stops at the first syntax fault; the
/// mender takes that out and it is asked again.
#include "topology/format/read_toml.h"

#include <algorithm>
#include <fmt/format.h>
#include <list>
#include <optional>
#include <string>
#include <toml++/toml.h>
#include <utility>
#include <vector>

#include "topology/format/decode.h"
#include "topology/format/toml_mender.h"

namespace firebreak {
namespace {

Span to_span(FileId file, const toml::source_region& region) {
  return {file, region.begin.line, region.begin.column};
}

std::string format_date(const toml::date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string format_time(const toml::time& time) {
  std::string text = fmt::format("{:02}:{:02}:{:02}", time.hour, time.minute, time.second);
  if (time.nanosecond == 0) return text;
  text += fmt::format(".{:09}", time.nanosecond);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string format_date_time(const toml::date_time& value) {
  std::string text = format_date(value.date) + "T" + format_time(value.time);
  if (!value.offset) return text;
  const int minutes = value.offset->minutes;
  if (minutes == 0) return text + "Z";
  const int size = minutes < 0 ? -minutes : minutes;
  return text + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

class TomlReader;

/// A node of the tree: a Cursor.
class TomlValue {
 public:
  TomlValue(TomlReader& reader, const toml::node& node) : reader_(&reader), node_(&node) {}

  [[nodiscard]] ValueType type() const;
  [[nodiscard]] Span at() const;
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const { return node_->ref<std::int64_t>(); }
  [[nodiscard]] std::optional<double> number() const {
    if (const auto* integer = node_->as_integer()) return static_cast<double>(integer->get());
    return node_->ref<double>();
  }
  [[nodiscard]] bool boolean() const { return node_->ref<bool>(); }
  void skip() const {}
  template <class Visit>
  void members(Visit&& visit) const;
  template <class Visit>
  void elements(Visit&& visit) const;

 private:
  TomlReader* reader_;
  const toml::node* node_;
};

class TomlReader {
 public:
  using Value = TomlValue;

  explicit TomlReader(FileFaults& faults) : faults_(&faults) {}

  [[nodiscard]] static bool stopped() { return false; }
  [[nodiscard]] PassedText pass() { return {std::exchange(kept_, {}), {}}; }
  [[nodiscard]] static std::size_t unpassed() { return 0; }

 private:
  friend class TomlValue;

  bool enter(Span at) {
    if (depth_ == kMaxDepth) {
      faults_->report(Code::too_large, at, fmt::format("lists and tables nested more than {} deep", kMaxDepth));
      return false;
    }
    ++depth_;
    return true;
  }

  FileFaults* faults_;
  std::uint32_t depth_ = 0;
  std::list<std::string> kept_;  ///< dates as texts
};

ValueType TomlValue::type() const {
  switch (node_->type()) {
    case toml::node_type::table:
      return ValueType::table;
    case toml::node_type::array:
      return ValueType::list;
    case toml::node_type::string:
      return ValueType::text;
    case toml::node_type::integer:
      return ValueType::integer;
    case toml::node_type::floating_point:
      return ValueType::number;
    case toml::node_type::boolean:
      return ValueType::boolean;
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return ValueType::date;
    case toml::node_type::none:
      break;
  }
  return ValueType::broken;
}

Span TomlValue::at() const {
  return to_span(reader_->faults_->file(), node_->source());
}

std::string_view TomlValue::text() const {
  if (const auto* string = node_->as_string()) return string->get();
  if (const auto* date = node_->as_date()) return reader_->kept_.emplace_back(format_date(date->get()));
  if (const auto* time = node_->as_time()) return reader_->kept_.emplace_back(format_time(time->get()));
  if (const auto* both = node_->as_date_time()) return reader_->kept_.emplace_back(format_date_time(both->get()));
  return {};
}

/// One member of a table.
struct Member {
  Span at;
  std::string_view key;
  const toml::node* value = nullptr;
};

std::vector<Member> in_source_order(const toml::table& table, FileId file) {
  std::vector<Member> members;
  members.reserve(table.size());
  for (const auto& [key, value] : table) members.push_back({to_span(file, key.source()), key.str(), &value});
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.at < b.at; });
  return members;
}

template <class Visit>
void TomlValue::members(Visit&& visit) const {
  if (!reader_->enter(at())) return;
  for (const Member& member : in_source_order(*node_->as_table(), reader_->faults_->file())) {
    TomlValue value(*reader_, *member.value);
    visit(member.key, member.at, value);
  }
  --reader_->depth_;
}

template <class Visit>
void TomlValue::elements(Visit&& visit) const {
  if (!reader_->enter(at())) return;
  for (const toml::node& element : *node_->as_array()) {
    TomlValue value(*reader_, element);
    visit(value);
  }
  --reader_->depth_;
}

/// A table at the top of the file, or one thing in it.
struct Entry {
  Span at;
  std::size_t row = 0;  ///< in kTopKeys
  std::optional<std::string_view> id;
  const toml::node* value = nullptr;
};

template <class Key>
void take_entry_of(Decoding<TomlReader>& decoding, const Key& row, const Entry& /*entry*/, TomlValue& value) {
  FileDecl file;
  take(decoding, row, value, file);
}
template <class Decl, const auto& Table>
void take_entry_of(Decoding<TomlReader>& decoding, const KindKey<Decl, Table>& row, const Entry& entry,
                   TomlValue& value) {
  FileDecl file;
  if (entry.id) return take_entry(decoding, row, Word(*entry.id, entry.at), value);
  take(decoding, row, value, file);
}

template <std::size_t... I>
void take_any_entry(Decoding<TomlReader>& decoding, const Entry& entry, std::index_sequence<I...> /*rows*/) {
  TomlValue value(decoding.reader, *entry.value);
  ((I == entry.row ? take_entry_of(decoding, KeyOf<kTopKeys, I>{kTopKeys[I]}, entry, value) : void()), ...);
}

/// What the file holds, in the order of the places.
std::vector<Entry> entries_of(const toml::table& root, FileFaults& faults) {
  std::vector<Entry> entries;
  for (const Member& member : in_source_order(root, faults.file())) {
    const std::size_t row = kTopKeys.find(member.key);
    if (row == kTopKeys.kSize) {
      report_unknown_key(faults, kTopKeys.name(), kTopKeys.keys(), member.key, member.at);
      continue;
    }
    const toml::table* const things = kTopKeys[row].takes == Takes::tables ? member.value->as_table() : nullptr;
    if (things == nullptr) {
      entries.push_back({member.at, row, std::nullopt, member.value});
      continue;
    }
    for (const auto& [key, value] : *things)
      entries.push_back({to_span(faults.file(), key.source()), row, key.str(), &value});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.at < b.at; });
  return entries;
}

/// What toml++ says, as it goes on after "broken".
std::string without_preamble(std::string_view description) {
  constexpr std::string_view kPreamble = "Error while parsing ";
  if (description.starts_with(kPreamble)) description.remove_prefix(kPreamble.size());
  return std::string(description);
}

/// Parses the text into `root`; nothing when it is right.
std::optional<TomlFault> parse(std::string_view text, toml::table& root) {
  try {
    root = toml::parse(text, std::string_view("toml"));
    return std::nullopt;
  } catch (const toml::parse_error& error) {
    return TomlFault{without_preamble(error.description()), error.source().begin.line, error.source().begin.column};
  }
}

}  // namespace

void read_toml(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults) {
  if (file.text.size() > kMaxTomlSize) {
    faults.report(Code::too_large, {file.id, 0, 0}, fmt::format("a TOML file of more than {} MiB", kMaxTomlSize >> 20U),
                  "write it as JSON, or split it");
    return faults.lost().add_text(file.text);
  }
  TomlMender mender(file, faults);
  toml::table root;
  while (const auto fault = parse(mender.text(), root)) {
    if (!mender.mend(*fault)) return;
  }
  TomlReader reader(faults);
  DeclQueue queue(builder);
  Decoding<TomlReader> decoding{reader, queue, faults, header, {}};
  for (const Entry& entry : entries_of(root, faults)) {
    take_any_entry(decoding, entry, std::make_index_sequence<std::remove_cvref_t<decltype(kTopKeys)>::kSize>());
  }
  queue.finish(reader);
}

}  // namespace firebreak
