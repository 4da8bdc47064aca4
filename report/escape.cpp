#include "report/escape.h"

#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "topology/unicode.h"

// Each escaping walks the text once and copies what is harmless. Bytes that are no UTF-8 become U+FFFD, so that every
// output is valid UTF-8 whatever the input was.

namespace firebreak::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Calls `put(code point, its bytes)` for every character of the text.
template <class Put>
void each_character(std::string_view text, Put put) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    put(c, text.substr(at, c.size));
    at += c.size;
  }
}

/// Whether a terminal that is shown the character would act on it or show the line otherwise than it is.
bool steers(const CodePoint& c) {
  return is_control(c.value) || is_invisible(c.value);
}

bool is_safe_for_shell(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./:=@%+,").find(c) != std::string_view::npos;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  const auto special = std::find_if_not(text.begin(), text.end(), is_plain);
  out += '"';
  out.append(text.begin(), special);
  each_character(text.substr(static_cast<std::size_t>(special - text.begin())),
                 [&](const CodePoint& c, std::string_view bytes) {
                   if (!c.valid) {
                     out += kReplacement;
                   } else if (c.value == '"' || c.value == '\\') {
                     out += '\\';
                     out += bytes;
                   } else if (c.value == '\n') {
                     out += "\\n";
                   } else if (c.value == '\t') {
                     out += "\\t";
                   } else if (steers(c) && c.value <= 0xFFFF) {
                     out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
                   } else if (steers(c)) {
                     const unsigned above = static_cast<unsigned>(c.value) - 0x10000U;
                     out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (above >> 10U), 0xDC00U + (above & 0x3FFU));
                   } else {
                     out += bytes;
                   }
                 });
  out += '"';
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
  cell += printable(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarks = "\\`*_[]|~${}@";
  const std::string shown = printable(text);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      const bool bare_address = (c == ':' && i + 1 < shown.size() && shown[i + 1] == '/') ||
                                (c == '.' && (out.ends_with("www") || out.ends_with("WWW")));
      if (bare_address || kMarks.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  each_character(text, [&](const CodePoint& c, std::string_view bytes) {
    const bool white = c.value == '\n' || c.value == '\t';
    if (!c.valid || (steers(c) && !white) || (c.value & 0xFFFEU) == 0xFFFEU) {
      out += kReplacement;
    } else if (c.value == '<') {
      out += "&lt;";
    } else if (c.value == '>') {
      out += "&gt;";
    } else if (c.value == '&') {
      out += "&amp;";
    } else if (c.value == '"') {
      out += "&quot;";
    } else if (c.value == '\'') {
      out += "&apos;";
    } else if (c.value == '\n') {
      out += "&#10;";
    } else if (c.value == '\t') {
      out += "&#9;";
    } else {
      out += bytes;
    }
  });
  return out;
}

std::string github_message(std::string_view text) {
  std::string out;
  each_character(text, [&](const CodePoint& c, std::string_view bytes) {
    if (c.value == '%') {
      out += "%25";
    } else if (c.value == '\r') {
      out += "%0D";
    } else if (c.value == '\n') {
      out += "%0A";
    } else {
      out += printable(bytes);
    }
  });
  return out;
}

std::string github_property(std::string_view text) {
  std::string out;
  for (const char c : github_message(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_safe_for_shell)) return std::string(text);
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string shell_words(std::span<const std::string> words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += shell_word(word);
  }
  return out;
}

}  // namespace firebreak::report
