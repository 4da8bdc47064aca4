#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "firebreak/check.h"
#include "firebreak/explain.h"
#include "firebreak/report.h"

/// How an answer says of what it consists. Every view (views.h) has one function
///
///     template <class V> void describe(V& visit, const NodeView& x) {
///       visit("id", x.id, "the id in the topology");
///
/// which the JSON writer, the JSON Schema and the field table all walk, so that they cannot disagree.
namespace firebreak::report {

/// A number that is shown as an integer when it is one.
struct Weight {
  double value = 0;
};

/// A field that is left out unless the question asked for it.
template <class T>
struct Asked {
  std::optional<T> value;
};

/// One value under a key that is a name.
template <class T>
struct Named {
  std::string name;
  T value;
};

/// Values under keys that are names.
template <class T>
struct NamedList {
  std::vector<Named<T>> values;
};

/// Why something needed does not hold, in the words of an answer: an action itself, then the losses of the need law.
enum class Why : std::uint8_t {
  switched_off,
  provider,
  standing_in,
  isolated,
  border,
  disconnected,
  blocked,
  not_permitted,
  no_spare,
};

/// How many words an enumeration has: its values are 0, 1, 2 ...
template <class E>
inline constexpr std::size_t word_count = 0;
template <>
inline constexpr std::size_t word_count<State> = 5;
template <>
inline constexpr std::size_t word_count<NodeKind> = kNodeKinds;
template <>
inline constexpr std::size_t word_count<Severity> = 3;
template <>
inline constexpr std::size_t word_count<RuleAction> = 3;
template <>
inline constexpr std::size_t word_count<Require::Type> = 6;
template <>
inline constexpr std::size_t word_count<Expectation::Type> = 7;
template <>
inline constexpr std::size_t word_count<StepType> = 4;
template <>
inline constexpr std::size_t word_count<Undo::Type> = 4;
template <>
inline constexpr std::size_t word_count<Why> = 9;
template <>
inline constexpr std::size_t word_count<Opening::Type> = 6;

template <class E>
[[nodiscard]] std::string_view word(E value) {
  return to_string(value);
}
[[nodiscard]] inline std::string_view word(Why why) {
  constexpr std::array<std::string_view, 9> kWords = {"off",          "provider", "standing_in",   "isolated", "border",
                                                      "disconnected", "blocked",  "not_permitted", "no_spare"};
  return kWords[static_cast<std::size_t>(why)];
}
[[nodiscard]] inline std::string_view word(StepType type) {
  constexpr std::array<std::string_view, 4> kWords = {"start", "flow", "pivot", "hosting"};
  return kWords[static_cast<std::size_t>(type)];
}
[[nodiscard]] inline std::string_view word(Undo::Type type) {
  constexpr std::array<std::string_view, 4> kWords = {"off", "isolate", "isolate", "block"};
  return kWords[static_cast<std::size_t>(type)];
}

[[nodiscard]] inline std::string_view word(Opening::Type type) {
  constexpr std::array<std::string_view, 6> kWords = {"rule", "link", "block", "isolate", "isolate", "off"};
  return kWords[static_cast<std::size_t>(type)];
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsAsked : std::false_type {};
template <class T>
struct IsAsked<Asked<T>> : std::true_type {};
template <class T>
struct IsNamed : std::false_type {};
template <class T>
struct IsNamed<Named<T>> : std::true_type {};
template <class T>
struct IsNamedList : std::false_type {};
template <class T>
struct IsNamedList<NamedList<T>> : std::true_type {};
template <class T>
inline constexpr bool is_text = std::is_convertible_v<const T&, std::string_view>;

}  // namespace firebreak::report
