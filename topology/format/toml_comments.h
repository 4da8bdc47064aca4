#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "topology/format/describe.h"

namespace firebreak {

/// The comments that belong to one place. A line is a comment as written, from its "#" on; an empty line is a blank
/// one.
struct TomlNotes {
  std::vector<std::string> before;  ///< on lines of their own before it
  std::string behind;               ///< at the end of its line
  std::vector<std::string> last;    ///< on lines of their own at the end of the table or list
};

/// The comments of a TOML file, by what they belong to.
class TomlComments {
 public:
  TomlComments() = default;
  /// Collects the comments of a valid TOML text. A comment on lines of its own belongs to what follows it, but one that
  /// stands directly below the last key of a table, with a blank line behind it, closes that table; the first lines of
  /// a file, up to a blank line, belong to the file. Cost: linear, times the logarithm of the comments.
  explicit TomlComments(std::string_view text);

  /// Gives what belongs to none of these places to the nearest one: the first below it, else the nearest above it.
  void settle(const std::set<KeyPath>& places);

  [[nodiscard]] const TomlNotes& at(const KeyPath& path) const;
  /// Whether something below a place, not the place itself, has comments.
  [[nodiscard]] bool any_below(const KeyPath& path) const;

  [[nodiscard]] const std::vector<std::string>& head() const { return head_; }
  [[nodiscard]] const std::vector<std::string>& end() const { return end_; }
  /// All keys of the file, headers too.
  [[nodiscard]] const std::set<KeyPath>& keys() const { return keys_; }
  /// Whether the file has a table or key with this name at its top.
  [[nodiscard]] bool has_table(const std::string& name) const {
    const auto found = keys_.lower_bound({name});
    return found != keys_.end() && found->front() == name;
  }

 private:
  friend class TomlCommentReader;

  std::vector<std::string> head_;
  std::vector<std::string> end_;
  std::map<KeyPath, TomlNotes> notes_;
  std::set<KeyPath> keys_;
};

}  // namespace firebreak
