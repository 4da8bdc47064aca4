#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/diagnostic.h"

namespace firebreak {

/// The most errors of one file that are reported, and the most warnings.
inline constexpr std::size_t kMaxFaults = 1000;

/// What was lost of all files to faults in their shape. Findings that only follow from that are not worth telling.
class LostInput {
 public:
  /// Notes text that was not read, so that nobody knows what it defines.
  void add_text(std::string_view text);
  void add_everything() { everything_ = true; }
  /// Notes that what stands from one place to another was read only in part.
  void add_places(Span first, Span last) { places_.emplace_back(first, last); }

  [[nodiscard]] bool empty() const { return !everything_ && text_.empty() && places_.empty(); }
  /// Whether a finding of the builder may be nothing but a consequence of what was lost: an unknown name that stands in
  /// lost text, a missing key that lost text may have given. Cost: linear in the lost text, which is bounded.
  [[nodiscard]] bool explains(const Diagnostic& diagnostic) const;

 private:
  [[nodiscard]] bool may_define(std::string_view name) const;

  std::string text_;
  bool everything_ = false;  ///< more than is worth searching
  std::vector<std::pair<Span, Span>> places_;
};

/// Leaves the first kMaxFaults errors of each file, and as many warnings and notes, followed by one that says how many
/// more there were. The diagnostics are sorted.
void limit_per_file(std::vector<Diagnostic>& diagnostics);

/// Collects the faults of one file, up to one more than the limit.
class FileFaults {
 public:
  FileFaults(std::vector<Diagnostic>& list, LostInput& lost, FileId file) : list_(&list), lost_(&lost), file_(file) {}

  /// Reports a fault unless the limit is passed.
  void report(Code code, Span at, std::string message, std::string hint = {});
  void report(Diagnostic diagnostic);

  /// Whether the limit is passed: reading on is of no use.
  [[nodiscard]] bool full() const { return count_ > kMaxFaults; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] FileId file() const { return file_; }
  [[nodiscard]] LostInput& lost() { return *lost_; }

 private:
  std::vector<Diagnostic>* list_;
  LostInput* lost_;
  FileId file_;
  std::size_t count_ = 0;
};

}  // namespace firebreak
