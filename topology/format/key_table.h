#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "topology/text_number.h"

/// Tables of the keys a kind of table takes: one row per key says its name, what it takes, what it means, and where in
/// a declaration its value goes. Decoding, suggestions, the schema and its test all read these rows.
namespace firebreak {

/// What a key takes. The schema of the format has a definition of each under its name.
enum class Takes : std::uint8_t {
  text,
  id,
  ids,
  word,
  words,
  selectors,
  flows,
  port,
  ports,
  prefixes,
  addresses,
  duration,
  effort,
  integer,
  number,
  boolean,
  scope,
  verdict,
  needs,
  rules,
  meta,
  table,
  tables,
  pivots,
};

/// The name of a definition in the schema: "duration".
[[nodiscard]] std::string_view to_string(Takes takes);
/// What to write, with an example: "a duration, such as \"90s\" or \"1h30m\"".
[[nodiscard]] std::string_view describe(Takes takes);

/// One key: what people are told of it.
struct KeyInfo {
  std::string_view name;
  Takes takes = Takes::text;
  std::string_view doc;  ///< what it means, in one line
};

/// A row whose value goes to a member of the declaration, or to a member of a member.
template <auto... Path>
struct Key {
  KeyInfo info;

  template <class Decl>
  [[nodiscard]] static constexpr auto& in(Decl& decl) {
    return (decl.*....*Path);
  }
};
template <auto... Path>
[[nodiscard]] constexpr Key<Path...> key(std::string_view name, Takes takes, std::string_view doc) {
  return {{name, takes, doc}};
}

/// A name of up to 16 characters, to be compared in one step.
struct ShortName {
  static constexpr std::size_t kMost = 16;

  std::uint64_t first;
  std::uint64_t last;
  std::size_t size;

  constexpr explicit ShortName(std::string_view name)
      : first(number_of(name)),
        last(name.size() > 8 ? number_of(name.substr(name.size() - 8)) : 0),
        size(name.size()) {}
  friend constexpr bool operator==(const ShortName&, const ShortName&) = default;
};

/// Finds a name among few, in one probe: the names fall into distinct slots of a table made at compile time.
template <std::size_t Size>
class NameSlots {
 public:
  static constexpr std::size_t kNone = 0xFF;

  consteval explicit NameSlots(const std::array<KeyInfo, Size>& keys) {
    while (!place(keys)) factor_ += 2;
  }
  /// The index of the name, if the slot it would be in is taken; the caller compares the name itself.
  [[nodiscard]] constexpr std::size_t candidate(std::string_view name) const { return slots_[slot(name)]; }

 private:
  static constexpr std::uint32_t kBits = 7;
  static_assert(Size <= 32);

  [[nodiscard]] constexpr std::size_t slot(std::string_view name) const {
    if (name.empty()) return 0;
    const auto byte = [name](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(name[at]));
    };
    const std::uint32_t mix = (byte(0) << 24U) ^ (byte(name.size() / 2) << 16U) ^ (byte(name.size() - 1) << 8U) ^
                              static_cast<std::uint32_t>(name.size());
    return (mix * factor_) >> (32U - kBits);
  }
  constexpr bool place(const std::array<KeyInfo, Size>& keys) {
    slots_.fill(static_cast<std::uint8_t>(kNone));
    for (std::size_t i = 0; i < Size; ++i) {
      std::uint8_t& slot_of_key = slots_[slot(keys[i].name)];
      if (slot_of_key != kNone) return false;
      slot_of_key = static_cast<std::uint8_t>(i);
    }
    return true;
  }

  std::array<std::uint8_t, std::size_t{1} << kBits> slots_{};
  std::uint32_t factor_ = 0x9E3779B1U;
};

/// The keys of one kind of table, in the order they are written.
template <class... Keys>
class KeyTable {
 public:
  static constexpr std::size_t kSize = sizeof...(Keys);
  template <std::size_t I>
  using KeyAt = std::tuple_element_t<I, std::tuple<Keys...>>;
  /// All rows as one thing, from which each is found by its type.
  struct Rows : Keys... {};

  consteval explicit KeyTable(std::string_view name, Keys... keys)
      : name_(name), keys_{keys.info...}, names_{ShortName(keys.info.name)...}, slots_(keys_) {
    for (const ShortName& key : names_) {
      if (key.size > ShortName::kMost) no_key_is_as_long();
    }
  }

  /// What the table is called in messages: "system".
  [[nodiscard]] constexpr std::string_view name() const { return name_; }
  [[nodiscard]] constexpr const KeyInfo& operator[](std::size_t index) const { return keys_[index]; }
  [[nodiscard]] constexpr std::span<const KeyInfo> keys() const { return keys_; }

  /// The index of a key, or kSize when the table has none of this name.
  [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
    if (name.size() > ShortName::kMost) return kSize;
    const std::size_t candidate = slots_.candidate(name);
    return candidate < kSize && names_[candidate] == ShortName(name) ? candidate : kSize;
  }

 private:
  static void no_key_is_as_long();  ///< has no body: a table that comes to it does not compile

  std::string_view name_;
  std::array<KeyInfo, kSize> keys_;
  std::array<ShortName, kSize> names_;
  NameSlots<kSize> slots_;
};

}  // namespace firebreak
