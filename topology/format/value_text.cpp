#include "topology/format/value_text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

#include "topology/unicode.h"
#include "topology/utf8.h"

namespace firebreak {
namespace {

/// Zero-width characters that scripts and emoji need stay; all else of the first plane that is not seen is escaped.
bool needs_escape(char32_t c) {
  constexpr char32_t kSoftHyphen = 0xAD;
  constexpr char32_t kNonJoiner = 0x200C;
  constexpr char32_t kJoiner = 0x200D;
  if (c == kSoftHyphen || c == kNonJoiner || c == kJoiner || c > 0xFFFF) return false;
  return is_control(c) || is_invisible(c);
}

void append_escape(std::string& out, char32_t c) {
  switch (c) {
    case U'\b':
      out += "\\b";
      return;
    case U'\t':
      out += "\\t";
      return;
    case U'\n':
      out += "\\n";
      return;
    case U'\f':
      out += "\\f";
      return;
    case U'\r':
      out += "\\r";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(c));
  }
}

bool is_bare(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// Whether a text has the form of a date, a time, or both: digits where the form has them, and the same marks.
bool has_form(std::string_view text, std::string_view form) {
  return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), [](char c, char f) {
           return f == '0' ? c >= '0' && c <= '9' : c == f;
         });
}

/// Takes a time of day off the front of a text.
bool take_time(std::string_view& text) {
  constexpr std::string_view kForm = "00:00:00";
  if (!has_form(text.substr(0, kForm.size()), kForm)) return false;
  text.remove_prefix(kForm.size());
  if (!text.starts_with('.')) return true;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789", 1), text.size()) - 1;
  text.remove_prefix(digits + 1);
  return digits > 0;
}

bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  if (take_time(text)) return text.empty();
  if (!has_form(text.substr(0, kForm.size()), kForm)) return false;
  text.remove_prefix(kForm.size());
  if (text.empty()) return true;
  if (!text.starts_with('T')) return false;
  text.remove_prefix(1);
  if (!take_time(text)) return false;
  return text.empty() || text == "Z" || has_form(text, "+00:00") || has_form(text, "-00:00");
}

void append_number(std::string& out, double number, Syntax syntax) {
  if (!std::isfinite(number)) {
    const std::string_view word = std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf";
    if (syntax == Syntax::json) return append_quoted(out, word);
    out += word;
    return;
  }
  const std::string text = fmt::format("{}", number);
  out += text;
  if (text.find_first_of(".e") == std::string::npos) out += ".0";
}

void append_list(std::string& out, const MetaValue& list, Syntax syntax) {
  out += '[';
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    if (i > 0) out += ", ";
    append_inline(out, list.members[i].second, syntax);
  }
  out += ']';
}

void append_table(std::string& out, const MetaValue& table, Syntax syntax) {
  const bool toml = syntax == Syntax::toml;
  if (table.members.empty()) {
    out += "{}";
    return;
  }
  out += toml ? "{ " : "{";
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (i > 0) out += ", ";
    append_key(out, table.members[i].first, syntax);
    out += toml ? " = " : ": ";
    append_inline(out, table.members[i].second, syntax);
  }
  out += toml ? " }" : "}";
}

void append_broken(std::string& out, const MetaValue& value, Syntax syntax, std::size_t indent);

void append_broken_list(std::string& out, const MetaValue& list, Syntax syntax, std::size_t indent) {
  out += "[\n";
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    out.append(indent + 2, ' ');
    append_fitting(out, list.members[i].second, syntax, {indent + 2, indent + 2});
    const bool comma = syntax == Syntax::toml || i + 1 < list.members.size();
    out += comma ? ",\n" : "\n";
  }
  out.append(indent, ' ');
  out += ']';
}

void append_broken_object(std::string& out, const MetaValue& table, std::size_t indent) {
  out += "{\n";
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    const std::size_t begin = out.size();
    out.append(indent + 2, ' ');
    append_key(out, table.members[i].first, Syntax::json);
    out += ": ";
    const std::size_t column = width(std::string_view(out).substr(begin));
    append_fitting(out, table.members[i].second, Syntax::json, {indent + 2, column});
    out += i + 1 < table.members.size() ? ",\n" : "\n";
  }
  out.append(indent, ' ');
  out += '}';
}

/// A TOML table in braces cannot be broken, but the lists in it can.
void append_broken_table(std::string& out, const MetaValue& table, std::size_t indent) {
  out += "{ ";
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    if (i > 0) out += ", ";
    append_key(out, table.members[i].first, Syntax::toml);
    out += " = ";
    append_broken(out, table.members[i].second, Syntax::toml, indent);
  }
  out += " }";
}

bool can_break(const MetaValue& value) {
  return (value.type == MetaValue::Type::array || value.type == MetaValue::Type::table) && !value.members.empty();
}

void append_broken(std::string& out, const MetaValue& value, Syntax syntax, std::size_t indent) {
  if (!can_break(value)) {
    append_inline(out, value, syntax);
  } else if (value.type == MetaValue::Type::array) {
    append_broken_list(out, value, syntax, indent);
  } else if (syntax == Syntax::json) {
    append_broken_object(out, value, indent);
  } else {
    append_broken_table(out, value, indent);
  }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char first = text[at];
    if (first == '"' || first == '\\') {
      out += '\\';
      out += first;
      ++at;
      continue;
    }
    const CodePoint c = read_code_point(text, at);
    if (!c.valid) {
      append_code_point(out, 0xFFFD);
    } else if (needs_escape(c.value)) {
      append_escape(out, c.value);
    } else {
      out.append(text.substr(at, c.size));
    }
    at += c.size;
  }
  out += '"';
}

void append_key(std::string& out, std::string_view key, Syntax syntax) {
  if (syntax == Syntax::toml && is_bare(key)) {
    out += key;
  } else {
    append_quoted(out, key);
  }
}

void append_inline(std::string& out, const MetaValue& value, Syntax syntax) {
  switch (value.type) {
    case MetaValue::Type::string:
      return append_quoted(out, value.text);
    case MetaValue::Type::integer:
      out += std::to_string(value.integer);
      return;
    case MetaValue::Type::number:
      return append_number(out, value.number, syntax);
    case MetaValue::Type::boolean:
      out += value.boolean ? "true" : "false";
      return;
    case MetaValue::Type::array:
      return append_list(out, value, syntax);
    case MetaValue::Type::table:
      return append_table(out, value, syntax);
    case MetaValue::Type::date:
      break;
  }
  if (syntax == Syntax::json || !is_date(value.text)) return append_quoted(out, value.text);
  out += value.text;
}

void append_fitting(std::string& out, const MetaValue& value, Syntax syntax, Room room) {
  const std::size_t begin = out.size();
  append_inline(out, value, syntax);
  if (!can_break(value) || room.column + width(std::string_view(out).substr(begin)) <= kLineWidth) return;
  out.resize(begin);
  append_broken(out, value, syntax, room.indent);
}

std::size_t width(std::string_view text) {
  return count_code_points(text);
}

}  // namespace firebreak
