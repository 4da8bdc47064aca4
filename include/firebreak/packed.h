#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "firebreak/ids.h"

namespace firebreak {

/// The number of a row: of an id, or the number itself.
template <class Row>
[[nodiscard]] constexpr std::size_t row_number(Row row) {
  if constexpr (std::is_integral_v<Row>) {
    return row;
  } else {
    return row.index();
  }
}

/// Many lists in one piece of memory: row i is `items[first[i]] .. items[first[i+1]]`.
template <class Row, class Item>
struct Packed {
  std::vector<std::uint32_t> first{0};
  std::vector<Item> items;

  [[nodiscard]] std::span<const Item> operator[](Row row) const {
    const std::size_t i = row_number(row);
    return std::span<const Item>(items).subspan(first[i], first[i + 1] - first[i]);
  }
  [[nodiscard]] std::size_t size() const { return first.size() - 1; }
  /// Starts fetching where a row begins; once that is there, what it holds first.
  void prefetch_row(Row row) const { __builtin_prefetch(&first[row_number(row)]); }
  void prefetch_items(Row row) const { __builtin_prefetch(items.data() + first[row_number(row)]); }

  /// Ends the row that was pushed to the back of `items`.
  void end_row() { first.push_back(static_cast<std::uint32_t>(items.size())); }
  template <class List>
  void add_row(const List& list) {
    items.insert(items.end(), std::begin(list), std::end(list));
    end_row();
  }
};

/// Lists of all rows, one after the other.
template <class Row, class Lists>
[[nodiscard]] auto packed_lists(const Lists& lists) {
  Packed<Row, typename Lists::value_type::value_type> result;
  result.first.reserve(lists.size() + 1);
  for (const auto& list : lists) result.add_row(list);
  return result;
}

/// Things by the row each belongs to, in their order inside a row. Cost: linear.
template <class Row, class Things, class RowOf, class ItemOf>
[[nodiscard]] auto packed_by(std::size_t rows, const Things& things, RowOf row_of, ItemOf item_of) {
  using Thing = typename Things::value_type;
  Packed<Row, std::remove_cvref_t<std::invoke_result_t<ItemOf, const Thing&>>> result;
  result.first.assign(rows + 1, 0);
  for (const Thing& thing : things) ++result.first[row_number(std::invoke(row_of, thing)) + 1];
  for (std::size_t i = 0; i < rows; ++i) result.first[i + 1] += result.first[i];
  result.items.resize(result.first.back());
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (const Thing& thing : things) {
    result.items[next[row_number(std::invoke(row_of, thing))]++] = std::invoke(item_of, thing);
  }
  return result;
}

/// Pairs of a row and an item, in the order of the pairs inside each row. Cost: linear.
template <class Row, class Item>
[[nodiscard]] Packed<Row, Item> packed_pairs(std::size_t rows, const std::vector<std::pair<Row, Item>>& pairs) {
  return packed_by<Row>(rows, pairs, &std::pair<Row, Item>::first, &std::pair<Row, Item>::second);
}

/// The same relation seen from the items: which rows hold each, ascending; `id_of` tells of an item its id. Cost:
/// linear.
template <class Id, class Row, class Item, class IdOf = std::identity>
[[nodiscard]] Packed<Id, Row> inverted(const Packed<Row, Item>& rows, std::size_t count, IdOf id_of = {}) {
  std::vector<std::pair<Id, Row>> pairs;
  pairs.reserve(rows.items.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Item& item : rows[Row(i)]) pairs.emplace_back(std::invoke(id_of, item), Row(i));
  }
  return packed_pairs(count, pairs);
}

/// Whatever has a value of its own, listed by value, ascending; what has none is left out. Cost: linear.
template <class Value, class Key>
[[nodiscard]] Packed<Value, Key> grouped(const IdVector<Key, Value>& value_of, std::size_t values) {
  std::vector<std::pair<Value, Key>> pairs;
  pairs.reserve(value_of.size());
  for (const Key key : ids<Key>(value_of.size())) {
    if (value_of[key].valid()) pairs.emplace_back(value_of[key], key);
  }
  return packed_pairs(values, pairs);
}

}  // namespace firebreak
