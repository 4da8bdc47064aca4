#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "firebreak/builder.h"

#include "topology/format/key_table.h"

/// The members of a declaration, by the rows of its keys.
namespace firebreak {

template <const auto& Table, std::size_t I>
using KeyOf = typename std::remove_cvref_t<decltype(Table)>::template KeyAt<I>;

/// Declarations with members that no plain row leads to. There are few of them.
template <class Decl>
inline constexpr bool kHasOtherRows = std::is_same_v<Decl, ScenarioDecl> || std::is_same_v<Decl, RequireDecl>;

/// Calls `visit(I, member)` for the member of each row, `I` being the number of the row as a constant.
template <const auto& Table, class Decl, class Visit>
void each_member(Decl& decl, const Visit& visit) {
  [&]<std::size_t... I>(std::index_sequence<I...> /*indices*/) {
    (visit(std::integral_constant<std::size_t, I>(), KeyOf<Table, I>::in(decl)), ...);
  }
  (std::make_index_sequence<std::remove_cvref_t<decltype(Table)>::kSize>());
}

/// The most items a list may have had room for to keep it: declarations are many, and one long list is rare.
inline constexpr std::size_t kKeptRoom = 64;

/// Makes a member as if new, but for the memory that a list has, unless it is much.
template <class Member>
void clear_member(Member& member) {
  if constexpr (requires { member.capacity(); }) {
    if (member.capacity() > kKeptRoom) {
      Member().swap(member);
    } else {
      member.clear();
    }
  } else {
    member = {};
  }
}

/// The same with all that has a row.
template <const auto& Table, class Decl>
void clear(Decl& decl) {
  if constexpr (kHasOtherRows<Decl>) {
    decl = Decl();
  } else {
    each_member<Table>(decl, [](auto /*row*/, auto& member) { clear_member(member); });
  }
}

}  // namespace firebreak
