#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

#include "firebreak/source.h"

/// What the decoder sees of a file: values that are walked once, forward, whatever syntax they are written in.
namespace firebreak {

/// What a value is. `broken` is a value whose fault is reported already; nobody complains about it again.
enum class ValueType : std::uint8_t { broken, null, boolean, integer, number, text, date, list, table };

/// "a text", "an integer", "null": as it goes on after "'tier' is".
[[nodiscard]] std::string_view with_article(ValueType type);

/// How deep tables and lists of a file nest at most; readers report what is deeper and do not go down.
inline constexpr std::uint32_t kMaxDepth = 100;

/// A value a reader stands on. Exactly one of text, integer, number, boolean, members, elements and skip is called on
/// it, as its type allows, before the reader moves on; texts and keys stay valid until the reader is told to pass
/// them on.
template <class Value>
concept Cursor = requires(Value value) {
  { value.type() } -> std::same_as<ValueType>;
  { value.at() } -> std::same_as<Span>;
  { value.text() } -> std::same_as<std::string_view>;                ///< text and date
  { value.integer() } -> std::same_as<std::optional<std::int64_t>>;  ///< nothing when it passes 64 bits
  { value.number() } -> std::same_as<std::optional<double>>;         ///< integer too; nothing when it is out of range
  { value.boolean() } -> std::same_as<bool>;
  value.members([](std::string_view, Span, Value&) {});  ///< of a table: each key, where it stands, and its value
  value.elements([](Value&) {});                         ///< of a list
  value.skip();
};

}  // namespace firebreak
