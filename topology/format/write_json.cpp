#include <string>
#include <string_view>

#include "firebreak/load.h"

#include "topology/format/describe.h"
#include "topology/format/value_text.h"

namespace firebreak {
namespace {

/// The document as it grows: one object per kind, one list of pivots.
class JsonDocument {
 public:
  void add(const Thing& thing) {
    enter(thing.kind);
    text_ += "    ";
    if (!thing.id.empty()) {
      append_quoted(text_, thing.id);
      text_ += ": ";
    }
    append_thing(thing.keys);
  }

  void add_header(const Thing& header) {
    text_ += "{\n  \"topology\": ";
    append_fitting(text_, header.keys, Syntax::json, {2, 14});
  }

  [[nodiscard]] std::string finish() {
    leave();
    text_ += "\n}\n";
    return std::move(text_);
  }

 private:
  void enter(std::string_view kind) {
    if (kind_ == kind) {
      text_ += ",\n";
      return;
    }
    leave();
    kind_ = kind;
    text_ += ",\n  ";
    append_quoted(text_, kind);
    text_ += kind == "pivot" ? ": [\n" : ": {\n";
  }
  void leave() {
    if (!kind_.empty()) text_ += kind_ == "pivot" ? "\n  ]" : "\n  }";
  }
  /// A line for each key.
  void append_thing(const MetaValue& keys) {
    if (keys.members.empty()) {
      text_ += "{}";
      return;
    }
    text_ += "{\n";
    for (std::size_t i = 0; i < keys.members.size(); ++i) {
      const auto& [key, value] = keys.members[i];
      text_ += "      ";
      append_quoted(text_, key);
      text_ += ": ";
      append_fitting(text_, value, Syntax::json, {6, 10 + width(key)});
      text_ += i + 1 < keys.members.size() ? ",\n" : "\n";
    }
    text_ += "    }";
  }

  std::string text_;
  std::string kind_;
};

}  // namespace

std::string write_json(const Topology& topology) {
  JsonDocument document;
  const auto meta = topology.other_meta.find("topology");
  document.add_header(describe_header(topology.name, meta == topology.other_meta.end() ? nullptr : &meta->second));
  describe(topology, [&](const Thing& thing) { document.add(thing); });
  return document.finish();
}

}  // namespace firebreak
