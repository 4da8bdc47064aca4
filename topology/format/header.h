#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firebreak/builder.h"

#include "topology/format/file_faults.h"
#include "topology/format/keys.h"

namespace firebreak {

/// What the `[topology]` tables of all files say together. The first name wins, and the first value of a key of `meta`;
/// a warning tells of what another file says differently.
class Header {
 public:
  /// Judges and merges one table, which stands at `at`.
  void take(const TopologyDecl& decl, Span at, FileFaults& faults);
  /// Tells the builder.
  void finish(TopologyBuilder& builder) const;

  /// The name; empty when there is none.
  [[nodiscard]] std::string_view name() const { return name_ ? std::string_view(name_->value) : std::string_view(); }
  /// The free-form data; none when no table gives any.
  [[nodiscard]] const MetaValue* meta() const { return meta_.type == MetaValue::Type::table ? &meta_ : nullptr; }

 private:
  void take_meta(const MetaValue& meta, Span at, FileFaults& faults);

  std::optional<Located<std::string>> name_;
  MetaValue meta_;
  Span meta_at_;
};

}  // namespace firebreak
