#include "topology/format/toml_lexer.h"

#include <algorithm>
#include <charconv>

#include "topology/utf8.h"

namespace firebreak {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The end of the run from `at` on of which `belongs` holds.
template <class Belongs>
std::size_t run_end(std::string_view text, std::size_t at, Belongs belongs) {
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

/// Appends the escape that starts at a backslash; returns the bytes it takes.
std::size_t append_escape(std::string_view text, std::size_t at, std::string& out) {
  constexpr std::string_view kLetters = "btnfr\"\\";
  constexpr std::string_view kMeanings = "\b\t\n\f\r\"\\";
  const char c = at + 1 < text.size() ? text[at + 1] : '\0';
  if (const std::size_t letter = kLetters.find(c); c != '\0' && letter != std::string_view::npos) {
    out += kMeanings[letter];
    return 2;
  }
  const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
  std::uint32_t value = 0;
  const std::string_view hex = digits == 0 ? std::string_view{} : text.substr(std::min(at + 2, text.size()), digits);
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  if (digits == 0 || hex.size() != digits || error != std::errc() || end != hex.data() + digits) {
    out += text[at];
    return 1;
  }
  append_code_point(out, value);
  return 2 + digits;
}

}  // namespace

TomlToken TomlLexer::next() {
  using Type = TomlToken::Type;
  at_ = run_end(text_, at_, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
  TomlToken token;
  token.begin = at_;
  if (at_ == text_.size()) {
    token.end = at_;
    return token;
  }
  const char c = text_[at_];
  if (c == '\n') {
    token.type = Type::newline;
    ++at_;
  } else if (c == '#') {
    token.type = Type::comment;
    at_ = std::min(text_.find('\n', at_), text_.size());
  } else if (c == '"' || c == '\'') {
    token.type = Type::text;
    at_ = text_end(token.closed);
  } else if (is_word(c)) {
    token.type = Type::word;
    at_ = run_end(text_, at_, is_word);
  } else {
    token.type = Type::mark;
    token.mark = c;
    ++at_;
  }
  token.end = at_;
  return token;
}

/// The end of the text that starts here. One on a single line ends with the line at the latest.
std::size_t TomlLexer::text_end(bool& closed) const {
  const char quote = text_[at_];
  const bool escapes = quote == '"';
  const auto three = [&](std::size_t at) {
    return text_.size() - at >= 3 && text_[at] == quote && text_[at + 1] == quote && text_[at + 2] == quote;
  };
  const bool many_lines = three(at_);
  for (std::size_t at = at_ + (many_lines ? 3 : 1); at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == '\\' && escapes) {
      ++at;
      if (at < text_.size() && text_[at] == '\n' && !many_lines) break;
    } else if (c == '\n' && !many_lines) {
      closed = false;
      return at;
    } else if (c == quote && !many_lines) {
      return at + 1;
    } else if (c == quote && three(at)) {
      // Up to two quotes before the closing ones belong to the text.
      return std::min(run_end(text_, at, [quote](char next) { return next == quote; }), at + 5);
    }
  }
  closed = false;
  return many_lines ? text_.size() : std::min(text_.find('\n', at_), text_.size());
}

std::string key_text(std::string_view text, const TomlToken& token) {
  std::string_view inner = text.substr(token.begin, token.end - token.begin);
  if (token.type != TomlToken::Type::text) return std::string(inner);
  const bool escapes = inner.front() == '"';
  const std::size_t quotes = inner.size() >= 6 && inner[1] == inner[0] && inner[2] == inner[0] ? 3 : 1;
  if (!token.closed || inner.size() < 2 * quotes) return std::string(inner);
  inner = inner.substr(quotes, inner.size() - 2 * quotes);
  std::string out;
  for (std::size_t at = 0; at < inner.size();) {
    if (escapes && inner[at] == '\\') {
      at += append_escape(inner, at, out);
    } else {
      out += inner[at++];
    }
  }
  return out;
}

}  // namespace firebreak
