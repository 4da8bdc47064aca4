/// A statement ends with its line, unless brackets are open. Since a line inside a list can neither start with "key ="
/// nor be a header, such a line ends the statement all the same: its bracket was never closed, and only this statement
/// is lost.
#include "topology/format/toml_statements.h"

#include <algorithm>

namespace firebreak {

using Type = TomlToken::Type;

TomlStatements::TomlStatements(std::string_view text) : text_(text), lexer_(text) {
  token_ = lexer_.next();
}

void TomlStatements::advance() {
  if (token_.type == Type::newline) ++line_;
  if (token_.type == Type::text) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(token_.begin);
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(token_.end);
    line_ += static_cast<std::uint32_t>(std::count(begin, end, '\n'));
  }
  token_ = lexer_.next();
}

bool TomlStatements::next(TomlStatement& statement) {
  while (token_.type == Type::newline || token_.type == Type::comment) advance();
  if (token_.type == Type::end) return false;
  statement = TomlStatement();
  statement.line = statement.last_line = line_;
  statement.begin = statement.name = token_.begin;
  dots_ = 0;
  if (token_.is('[')) {
    statement.type = TomlStatement::Type::table;
    advance();
    if (token_.is('[')) {
      statement.type = TomlStatement::Type::array_table;
      advance();
    }
    read_key(statement);
    read_line(statement);
  } else {
    read_key(statement);
    read_value(statement);
  }
  return true;
}

/// Takes the parts of a key and the dots between them.
void TomlStatements::read_key(TomlStatement& statement) {
  bool wants_part = true;
  while (token_.is_key() == wants_part && (wants_part || token_.is('.'))) {
    if (wants_part) {
      if (statement.path.size() < kMaxKeyParts) statement.path.push_back(key_text(text_, token_));
      statement.name = token_.begin;
    }
    take(statement);
    wants_part = !wants_part;
  }
}

/// Takes a token that belongs to the statement, and notes what is remarkable of it.
void TomlStatements::take(TomlStatement& statement) {
  if (token_.end - token_.begin > kMaxTomlText) statement.too_long = std::min(statement.too_long, token_.begin);
  if (!token_.closed) statement.unquoted = std::min(statement.unquoted, token_.begin);
  if (token_.is('.')) {
    if (++dots_ == kMaxKeyParts) statement.deep = std::min(statement.deep, token_.begin);
  } else if (token_.type == Type::mark) {
    dots_ = 0;
  }
  statement.end = token_.end;
  advance();
  statement.last_line = line_;
}

/// Takes the rest of the line.
void TomlStatements::read_line(TomlStatement& statement) {
  for (; token_.type != Type::newline && token_.type != Type::end;) {
    if (token_.type == Type::comment) {
      advance();
    } else {
      take(statement);
    }
  }
}

/// Takes what follows a key, to the end of the line that closes all its brackets.
void TomlStatements::read_value(TomlStatement& statement) {
  std::string open;  // the brackets
  std::size_t first_open = 0;
  bool line_starts = false;
  while (token_.type != Type::end) {
    if (token_.type == Type::newline && open.empty()) return;
    if (token_.type == Type::newline || token_.type == Type::comment) {
      line_starts = true;
      advance();
      continue;
    }
    if (line_starts && open.back() == '[' && statement_starts()) break;
    line_starts = false;
    if (token_.is('[') || token_.is('{')) {
      if (open.empty()) first_open = token_.begin;
      open.push_back(token_.mark);
    }
    if ((token_.is(']') || token_.is('}')) && !open.empty()) open.pop_back();
    take(statement);
  }
  if (!open.empty()) statement.unclosed = first_open;
}

/// Whether the line that starts with the token not yet taken can only be a statement of its own: a header with a bare
/// name, or a key with "=" behind it.
bool TomlStatements::statement_starts() const {
  TomlLexer ahead = lexer_;
  TomlToken token = token_;
  if (token.is('[')) {
    token = ahead.next();
    if (token.is('[')) token = ahead.next();
    if (token.type != Type::word) return false;
    const std::string_view word = text_.substr(token.begin, token.end - token.begin);
    const bool value = word == "true" || word == "false" || word == "inf" || word == "nan";
    return !value && word.find_first_not_of("0123456789-") == 0;
  }
  bool wants_part = true;
  while (wants_part ? token.is_key() : token.is('.')) {
    token = ahead.next();
    wants_part = !wants_part;
  }
  return !wants_part && token.is('=');
}

}  // namespace firebreak
