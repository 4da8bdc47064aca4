#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "firebreak/topology.h"

/// Values as TOML and JSON write them. What could steer a terminal (control and bidirectional characters) is escaped.
namespace firebreak {

enum class Syntax : std::uint8_t { toml, json };

/// Lists and tables longer than this are broken over lines.
inline constexpr std::size_t kLineWidth = 100;

/// Appends a text in double quotes.
void append_quoted(std::string& out, std::string_view text);

/// Appends a key: bare where TOML allows it, else in quotes.
void append_key(std::string& out, std::string_view key, Syntax syntax);

/// Appends a value on one line. JSON has neither dates nor infinite numbers: they become texts.
/// Depth of recursion: that of the value.
void append_inline(std::string& out, const MetaValue& value, Syntax syntax);

/// Where a value goes: after `column` characters of a line that is indented by `indent`.
struct Room {
  std::size_t indent = 0;
  std::size_t column = 0;
};

/// Appends a value on one line if it fits, else with a line for each item of its outermost list.
void append_fitting(std::string& out, const MetaValue& value, Syntax syntax, Room room);

/// The number of characters of a text.
[[nodiscard]] std::size_t width(std::string_view text);

}  // namespace firebreak
