#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "topology/format/describe.h"
#include "topology/format/toml_comments.h"

namespace firebreak {

/// A canonical TOML document as it grows: one table per thing, aligned values, comments where they belong.
class TomlLayout {
 public:
  /// Without comments.
  TomlLayout() = default;
  /// With these, which must outlive it.
  explicit TomlLayout(const TomlComments& comments);

  void add(const Thing& thing);
  /// The document; nothing may be added behind it.
  [[nodiscard]] std::string finish();

  /// The places that comments can stand at, in all that was added.
  [[nodiscard]] const std::set<KeyPath>& places() const { return places_; }

 private:
  using Member = std::pair<std::string, MetaValue>;

  /// A table to be written.
  struct Table {
    std::string header;  ///< without brackets
    KeyPath path;
    const MetaValue* keys = nullptr;
    bool listed = false;  ///< an item of a list of tables
  };
  /// A key with its value, and its comments.
  struct Line {
    std::string text;
    TomlNotes notes;
    bool single = false;  ///< on one line
  };

  void add_table(const Table& table);
  void append_header(const Table& table, const TomlNotes& notes, bool is_empty);
  [[nodiscard]] Line line_of(const KeyPath& table, const Member& member, std::size_t key_width);
  void append_lines(const std::vector<Line>& lines);
  void append_noted_list(std::string& out, const MetaValue& list, const KeyPath& path);
  [[nodiscard]] bool is_section(const KeyPath& path, const MetaValue& value) const;
  [[nodiscard]] TomlNotes notes_at(const KeyPath& path);
  [[nodiscard]] bool noted_below(const KeyPath& path) const {
    return comments_ != nullptr && comments_->any_below(path);
  }

  const TomlComments* comments_ = nullptr;
  std::string text_;
  std::set<KeyPath> places_;  ///< only with comments
  std::string bare_kind_;     ///< of the last table when it is nothing but a header
  std::size_t pivots_ = 0;
};

}  // namespace firebreak
