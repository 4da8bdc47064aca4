#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "topology/format/toml_lexer.h"

namespace firebreak {

/// The most parts a key of a TOML file may have ("a.b.c" has three).
inline constexpr std::size_t kMaxKeyParts = 16;
/// The longest text or word of a TOML file, in bytes: 1 MiB.
inline constexpr std::size_t kMaxTomlText = std::size_t{1} << 20U;

/// One header or one key with its value.
struct TomlStatement {
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  enum class Type : std::uint8_t { key_value, table, array_table };
  Type type = Type::key_value;
  std::uint32_t line = 0;           ///< where it starts
  std::uint32_t last_line = 0;      ///< where it ends
  std::size_t begin = 0;            ///< the first byte of it
  std::size_t end = 0;              ///< behind the last byte of it that is no comment
  std::vector<std::string> path;    ///< the parts of its key, without quotes
  std::size_t name = 0;             ///< where the last part of its key starts
  std::size_t unclosed = kNowhere;  ///< where a bracket opens that nothing closes
  std::size_t unquoted = kNowhere;  ///< where a text starts that lacks its closing quotes
  std::size_t deep = kNowhere;      ///< where a key goes on beyond kMaxKeyParts
  std::size_t too_long = kNowhere;  ///< where a text or word starts that is longer than kMaxTomlText

  [[nodiscard]] bool is_header() const { return type != Type::key_value; }
};

/// Takes a TOML text apart into statements, faulty ones too. One that leaves a bracket open ends where, at the start of
/// a line, something stands that can only be another statement. Cost of it all: linear.
class TomlStatements {
 public:
  explicit TomlStatements(std::string_view text);

  /// Takes the next statement; false at the end of the text.
  bool next(TomlStatement& statement);

 private:
  void advance();
  void read_key(TomlStatement& statement);
  void read_value(TomlStatement& statement);
  void read_line(TomlStatement& statement);
  void take(TomlStatement& statement);
  [[nodiscard]] bool statement_starts() const;

  std::string_view text_;
  TomlLexer lexer_;
  TomlToken token_;  ///< not yet taken
  std::uint32_t line_ = 1;
  std::size_t dots_ = 0;  ///< since the last mark that is none
};

}  // namespace firebreak
