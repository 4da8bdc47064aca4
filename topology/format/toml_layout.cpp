/// A table is its header, its keys, `meta` as a table of its own when it is long, and the tables of its lists. How
/// something is laid out depends only on values and comments, so that laying out what was laid out changes nothing.
#include "topology/format/toml_layout.h"

#include <algorithm>

#include "topology/format/value_text.h"

namespace firebreak {
namespace {

/// Comments behind lines up to this width are aligned with each other.
constexpr std::size_t kWidestAligned = 44;

void append_comment_lines(std::string& out, const std::vector<std::string>& lines, std::size_t indent = 0) {
  for (const std::string& line : lines) {
    if (!line.empty()) out.append(indent, ' ').append(line);
    out += '\n';
  }
}

std::string key_as_text(std::string_view key) {
  std::string text;
  append_key(text, key, Syntax::toml);
  return text;
}

/// Whether a list is written from a set, so that its items are not those that were read.
bool is_remade(const KeyPath& path) {
  const std::string& key = path.back();
  if (path.front() == "system") return key == "exposes";
  return path.front() == "policy" && (key == "allow" || key == "deny" || key == "pass");
}

KeyPath below(KeyPath path, std::string_view key) {
  path.emplace_back(key);
  return path;
}

}  // namespace

TomlLayout::TomlLayout(const TomlComments& comments) : comments_(&comments) {
  append_comment_lines(text_, comments.head());
}

void TomlLayout::add(const Thing& thing) {
  Table table;
  table.header = thing.kind;
  table.path = {std::string(thing.kind)};
  table.keys = &thing.keys;
  if (thing.kind == "pivot") {
    table.listed = true;
    table.path.push_back(std::to_string(pivots_++));
  } else if (!thing.id.empty()) {
    table.header += "." + key_as_text(thing.id);
    table.path.emplace_back(thing.id);
  }
  add_table(table);
}

void TomlLayout::add_table(const Table& table) {
  std::vector<const Member*> own;
  std::vector<Table> others;
  std::size_t key_width = 0;
  for (const Member& member : table.keys->members) {
    const auto& [key, value] = member;
    const KeyPath path = below(table.path, key);
    if (key == "rule" && table.path.front() == "policy") {
      for (std::size_t i = 0; i < value.members.size(); ++i) {
        others.push_back({table.header + ".rule", below(path, std::to_string(i)), &value.members[i].second, true});
      }
    } else if (is_section(path, value)) {
      others.insert(others.begin(), {table.header + ".meta", path, &value, false});
    } else {
      own.push_back(&member);
      key_width = std::max(key_width, width(key_as_text(key)));
    }
  }
  const TomlNotes notes = notes_at(table.path);
  append_header(table, notes, own.empty() && others.empty());
  std::vector<Line> lines;
  lines.reserve(own.size());
  for (const Member* member : own) lines.push_back(line_of(table.path, *member, key_width));
  append_lines(lines);
  append_comment_lines(text_, notes.last);
  for (const Table& other : others) add_table(other);
}

/// Tables that are nothing but a header stand directly below each other.
void TomlLayout::append_header(const Table& table, const TomlNotes& notes, bool is_empty) {
  const bool bare = is_empty && notes.last.empty();
  const bool joins = bare && notes.before.empty() && bare_kind_ == table.path.front();
  bare_kind_ = bare ? table.path.front() : std::string();
  if (!text_.empty() && !joins) text_ += '\n';
  append_comment_lines(text_, notes.before);
  text_ += table.listed ? "[[" : "[";
  text_ += table.header;
  text_ += table.listed ? "]]" : "]";
  if (!notes.behind.empty()) text_ += "  " + notes.behind;
  text_ += '\n';
}

TomlLayout::Line TomlLayout::line_of(const KeyPath& table, const Member& member, std::size_t key_width) {
  const auto& [key, value] = member;
  const KeyPath path = below(table, key);
  Line line;
  line.text = key_as_text(key);
  line.text.append(key_width - width(line.text), ' ').append(" = ");
  line.notes = notes_at(path);
  const bool is_list = value.type == MetaValue::Type::array && !is_remade(path);
  if (is_list && (noted_below(path) || !line.notes.last.empty())) {
    append_noted_list(line.text, value, path);
    append_comment_lines(line.text, line.notes.last, 2);
    line.text += ']';
  } else if (key == "meta") {
    append_inline(line.text, value, Syntax::toml);
  } else {
    append_fitting(line.text, value, Syntax::toml, {0, key_width + 3});
    line.notes.before.insert(line.notes.before.end(), line.notes.last.begin(), line.notes.last.end());
  }
  line.single = line.text.find('\n') == std::string::npos;
  return line;
}

/// Appends a list up to its closing bracket, with a line for each item.
void TomlLayout::append_noted_list(std::string& out, const MetaValue& list, const KeyPath& path) {
  out += "[\n";
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    const TomlNotes notes = notes_at(below(path, std::to_string(i)));
    append_comment_lines(out, notes.before, 2);
    append_comment_lines(out, notes.last, 2);
    out += "  ";
    append_fitting(out, list.members[i].second, Syntax::toml, {2, 2});
    out += ',';
    if (!notes.behind.empty()) out += "  " + notes.behind;
    out += '\n';
  }
}

void TomlLayout::append_lines(const std::vector<Line>& lines) {
  std::size_t column = 0;
  for (const Line& line : lines) {
    const std::size_t line_width = line.single && !line.notes.behind.empty() ? width(line.text) : 0;
    if (line_width <= kWidestAligned) column = std::max(column, line_width);
  }
  for (const Line& line : lines) {
    append_comment_lines(text_, line.notes.before);
    text_ += line.text;
    if (!line.notes.behind.empty()) {
      const std::size_t line_width = line.single ? width(line.text) : column;
      text_.append(2 + (line_width < column ? column - line_width : 0), ' ').append(line.notes.behind);
    }
    text_ += '\n';
  }
}

/// Whether a value is written as a table of its own: `meta`, when it does not fit on a line or has comments in it.
bool TomlLayout::is_section(const KeyPath& path, const MetaValue& value) const {
  const bool is_meta = path.back() == "meta" && value.type == MetaValue::Type::table && !value.members.empty();
  const std::size_t depth = path.front() == "topology" ? 2 : 3;
  if (!is_meta || path.size() != depth) return false;
  if (noted_below(path)) return true;
  std::string line = "meta = ";
  append_inline(line, value, Syntax::toml);
  return width(line) > kLineWidth;
}

/// The comments of a place, which is noted as one.
TomlNotes TomlLayout::notes_at(const KeyPath& path) {
  if (comments_ == nullptr) return {};
  places_.insert(path);
  return comments_->at(path);
}

std::string TomlLayout::finish() {
  if (comments_ == nullptr || comments_->end().empty()) return std::move(text_);
  if (!text_.empty()) text_ += '\n';
  append_comment_lines(text_, comments_->end());
  return std::move(text_);
}

}  // namespace firebreak
