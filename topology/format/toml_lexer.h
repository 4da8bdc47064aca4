#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The words of a TOML text, faulty or not: enough to find where its statements end and where its comments belong. What
/// a statement means, and whether it is right, is for the parser to say.
namespace firebreak {

struct TomlToken {
  enum class Type : std::uint8_t { end, newline, comment, word, text, mark };
  Type type = Type::end;
  char mark = 0;       ///< mark: the character itself, such as '[', '=' or '.'
  bool closed = true;  ///< text: whether its closing quotes are there
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool is(char c) const { return type == Type::mark && mark == c; }
  /// Whether it may be a part of a key.
  [[nodiscard]] bool is_key() const { return type == Type::word || type == Type::text; }
};

/// Walks the tokens of a text. Blanks are left out; a word is a run of the characters of bare keys. Cost of it all:
/// linear.
class TomlLexer {
 public:
  explicit TomlLexer(std::string_view text) : text_(text) {}

  /// Takes the next token; past the end it is always `end`.
  TomlToken next();

 private:
  [[nodiscard]] std::size_t text_end(bool& closed) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

/// What a token that may be a part of a key says, without quotes and escapes. Faulty escapes stay as they are.
[[nodiscard]] std::string key_text(std::string_view text, const TomlToken& token);

}  // namespace firebreak
