#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "firebreak/builder.h"

#include "topology/format/decl_members.h"
#include "topology/format/keys.h"
#include "topology/format/passed_text.h"
#include "topology/format/tape.h"

namespace firebreak {

/// How far apart in memory two things lie at least of which each is written by another core: two lines of the cache,
/// which are fetched together.
inline constexpr std::size_t kApart = 128;

/// Declarations of one file in the order they were read, packed: what is not given takes no room, and a word only as
/// much as it is away from the one before. What goes from one core to another costs by the byte, and a declaration as
/// the builder takes it has many times as many, most of them empty.
class alignas(kApart) DeclBatch {
 public:
  /// Of which kinds declarations are; the number of each is its place here.
  using Kinds = std::tuple<ZoneDecl, SiteDecl, SystemDecl, IdentityDecl, ServiceDecl, CustomerDecl, LinkDecl, PivotDecl,
                           PolicyDecl, ScenarioDecl, RequireDecl>;

  /// Where declarations are unpacked to, one of each kind, used again and again: their lists keep their memory.
  class alignas(kApart) Unpacked {
   public:
    template <class Decl>
    struct Slot {
      Decl decl;
      std::uint32_t given = 0;  ///< the rows of the keys it has, a bit each
    };
    template <class Decl>
    [[nodiscard]] Slot<Decl>& of() {
      return std::get<Slot<Decl>>(slots_);
    }

   private:
    std::tuple<Slot<ZoneDecl>, Slot<SiteDecl>, Slot<SystemDecl>, Slot<IdentityDecl>, Slot<ServiceDecl>,
               Slot<CustomerDecl>, Slot<LinkDecl>, Slot<PivotDecl>>
        slots_;
  };

  void set_file(FileId file) { file_ = file; }
  /// Packs a declaration, all places of which are in that file. What is large and rare in it may be moved out.
  template <class Decl>
  void add(Decl& decl) {
    ++size_;
    tape_.put(number_of<Decl>());
    if constexpr (kIsRare<Decl>) {
      rare_.emplace_back(std::move(decl));
    } else {
      std::uint32_t given = 0;
      each_member<kKeysOf<Decl>>(
          decl, [&](auto row, const auto& member) { given |= std::uint32_t{is_given(member)} << row(); });
      tape_.put(given);
      put(head(decl));
      each_member<kKeysOf<Decl>>(decl, [&](auto row, auto& member) {
        if ((given >> row() & 1U) != 0) put(member);
      });
    }
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  void set_texts(PassedText texts) { texts_ = std::move(texts); }

  /// Declares all of it; it is empty afterwards.
  void build(TopologyBuilder& builder, Unpacked& unpacked);

 private:
  /// There are few of these, so they are kept as they are.
  template <class Decl>
  static constexpr bool kIsRare = kHasOtherRows<Decl> || std::is_same_v<Decl, PolicyDecl>;

  template <class Decl>
  [[nodiscard]] static constexpr std::uint64_t number_of() {
    return []<class... All>(std::type_identity<std::tuple<All...>> /*kinds*/) {
      std::uint64_t number = 0;
      (void)((std::is_same_v<All, Decl> || (++number, false)) || ...);
      return number;
    }(std::type_identity<Kinds>());
  }

  /// What a declaration has besides its keys: where it stands, or its name.
  template <class Decl>
  [[nodiscard]] static auto& head(Decl& decl) {
    if constexpr (std::is_same_v<Decl, PivotDecl>) {
      return decl.at;
    } else {
      return decl.id;
    }
  }

  [[nodiscard]] static bool is_given(bool flag) { return flag; }
  [[nodiscard]] static bool is_given(std::string_view text) { return !text.empty(); }
  [[nodiscard]] static bool is_given(const Word& word) { return word.at.file.valid(); }
  template <class T>
  [[nodiscard]] static bool is_given(const std::optional<T>& value) {
    return value.has_value();
  }
  template <class T>
  [[nodiscard]] static bool is_given(const std::vector<T>& list) {
    return !list.empty();
  }

  void put(bool /*flag*/) {}
  void put(std::string_view text);
  void put(Span at);
  void put(const Word& word) {
    put(word.value);
    put(word.at);
  }
  void put(const Located<double>& number);
  void put(MetaValue& meta) { metas_.push_back(std::move(meta)); }
  void put(const NeedDecl& need);
  template <class T>
  void put(const std::vector<T>& list) {
    tape_.put(list.size());
    for (const T& item : list) put(item);
  }
  template <class T>
  void put(std::optional<T>& value) {
    put(*value);
  }

  template <class Decl>
  void add_to(TopologyBuilder& builder, Unpacked& unpacked);
  static void take(bool& flag) { flag = true; }
  void take(std::string_view& text);
  void take(Span& at);
  void take(Word& word) {
    take(word.value);
    take(word.at);
  }
  void take(Located<double>& number);
  void take(MetaValue& meta) { meta = std::move(metas_[next_meta_++]); }
  void take(NeedDecl& need);
  template <class T>
  void take(std::vector<T>& list) {
    list.resize(tape_.take());
    for (T& item : list) take(item);
  }
  template <class T>
  void take(std::optional<T>& value) {
    take(value.emplace());
  }

  /// From where the next text and place are counted.
  struct Last {
    std::uintptr_t text = 0;  ///< the address behind it
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };

  Tape tape_;
  Last put_;
  Last taken_;
  std::vector<std::variant<PolicyDecl, ScenarioDecl, RequireDecl>> rare_;
  std::vector<MetaValue> metas_;
  std::size_t next_rare_ = 0;
  std::size_t next_meta_ = 0;
  std::size_t size_ = 0;
  FileId file_;
  PassedText texts_;
};

inline void DeclBatch::put(std::string_view text) {
  const auto begin = reinterpret_cast<std::uintptr_t>(text.data());
  tape_.put(text.size());
  tape_.put_difference(static_cast<std::int64_t>(begin - put_.text));
  put_.text = begin + text.size();
}

inline void DeclBatch::put(Span at) {
  const std::int64_t lines = std::int64_t{at.line} - put_.line;
  tape_.put_difference(lines);
  tape_.put_difference(std::int64_t{at.column} - (lines == 0 ? put_.column : 0));
  put_.line = at.line;
  put_.column = at.column;
}

}  // namespace firebreak
