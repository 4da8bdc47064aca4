#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firebreak/diagnostic.h"

namespace firebreak {

/// Collects findings. What has no place in a file (because a program built it) is found by its subject instead: the
/// thing whose words are just being judged.
class Faults {
 public:
  /// Says what is judged from here on: "system", "dc1". Both must outlive the next call; an empty kind means nothing in
  /// particular.
  void set_subject(std::string_view kind, std::string_view id) {
    kind_ = kind;
    id_ = id;
  }
  /// Adds a finding with the default severity of its code; it is valid until the next one is added.
  Diagnostic& add(Code code, Span at, std::string message, std::string hint = {});
  /// Adds one as it is.
  void add(Diagnostic diagnostic) { list_.push_back(std::move(diagnostic)); }

  [[nodiscard]] const std::vector<Diagnostic>& list() const { return list_; }
  [[nodiscard]] std::vector<Diagnostic> take() { return std::move(list_); }

 private:
  std::vector<Diagnostic> list_;
  std::string_view kind_, id_;
};

}  // namespace firebreak
