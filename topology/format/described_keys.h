#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/topology.h"

#include "topology/format/describe.h"

namespace firebreak {

[[nodiscard]] MetaValue text_value(std::string_view text);
[[nodiscard]] MetaValue integer_value(std::int64_t integer);
[[nodiscard]] MetaValue boolean_value(bool boolean);
/// A number, as an integer when it is a whole one of moderate size.
[[nodiscard]] MetaValue number_value(double number);
[[nodiscard]] MetaValue empty_list();
[[nodiscard]] MetaValue cidrs_value(std::span<const Cidr> cidrs);
/// The words of a set of ports; an empty list for the empty set.
[[nodiscard]] MetaValue ports_value(const PortSet& ports);

/// A list of texts, one for each item.
template <class Items, class ToText>
MetaValue list_value(const Items& items, ToText to_text) {
  MetaValue list = empty_list();
  list.members.reserve(items.size());
  for (const auto& item : items) list.members.emplace_back(std::string(), text_value(to_text(item)));
  return list;
}

template <class List>
MetaValue selectors_value(const List& selectors) {
  return list_value(selectors, [](const Selector& selector) { return selector.text; });
}

/// The table of one thing being filled, key by key. What is the default, or empty, is left out unless the key was
/// written.
class DescribedKeys {
 public:
  /// `written` may be null; `path` is that of the table.
  DescribedKeys(const Topology& topology, const std::set<KeyPath>* written, KeyPath path);

  void add(std::string_view key, MetaValue value) { table_.members.emplace_back(key, std::move(value)); }
  /// A value that may be the default.
  void add(std::string_view key, MetaValue value, bool is_default) {
    if (!is_default || was_written(key)) add(key, std::move(value));
  }
  void text(std::string_view key, std::string_view text) { add(key, text_value(text), text.empty()); }
  void list(std::string_view key, MetaValue list) {
    const bool is_default = list.members.empty();
    add(key, std::move(list), is_default);
  }
  void id(std::string_view key, NodeId node);
  void word(std::string_view key, WordId word);
  void words(std::string_view key, std::span<const WordId> words);
  template <class List>
  void selectors(std::string_view key, const List& selectors) {
    list(key, selectors_value(selectors));
  }
  void flag(std::string_view key, bool value, bool otherwise = false) {
    add(key, boolean_value(value), value == otherwise);
  }
  void duration(std::string_view key, Seconds seconds);
  void number(std::string_view key, const std::optional<double>& number);
  void cost(double cost) { add("cost", number_value(cost), cost == 1); }
  void port(std::string_view key, PortSetId port);
  void contact(ContactId id);
  void needs(std::string_view key, NeedRange range) { list(key, needs_value(range)); }
  void meta(NodeId node);
  /// The free-form data of what is no node.
  void meta(std::string_view kind, std::string_view id);

  /// The needs of a range, as a list.
  [[nodiscard]] MetaValue needs_value(NeedRange range) const { return members(range.begin, range.end); }
  [[nodiscard]] const KeyPath& path() const { return path_; }
  [[nodiscard]] const std::set<KeyPath>* written() const { return written_; }
  [[nodiscard]] MetaValue take() { return std::move(table_); }

 private:
  [[nodiscard]] bool was_written(std::string_view key) const;
  [[nodiscard]] MetaValue members(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] MetaValue need(std::uint32_t index) const;

  const Topology* topology_;
  const std::set<KeyPath>* written_;
  KeyPath path_;
  MetaValue table_;
};

}  // namespace firebreak
