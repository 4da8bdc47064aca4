#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firebreak/ids.h"

namespace firebreak {

/// A place in an input file. Lines and columns count from 1; columns count characters (code points), not bytes.
/// Line 0 means the file as a whole; an invalid file means no file at all (the command line, a program).
struct Span {
  FileId file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// A value and where it was written.
template <class T>
struct Located {
  T value{};
  Span at;

  Located() = default;
  Located(T v, Span s = {}) : value(std::move(v)), at(s) {}  // NOLINT(google-explicit-constructor): reads as the value
  friend bool operator==(const Located& a, const Located& b) { return a.value == b.value; }
};

/// One input file as it was read. `text` may be empty for very large files; then diagnostics show no source line.
struct SourceFile {
  std::string name;
  std::string text;
  std::uint64_t fingerprint = 0;  ///< of the text as it was read: another one when the text is another one
};

/// All input files of one run, in the order they were named.
using Sources = IdVector<FileId, SourceFile>;

/// The text of the line a span lies on, without its line end; empty when there is none.
/// Cost: linear in the file up to that line.
[[nodiscard]] std::string_view line_text(const Sources& sources, Span at);

/// "file:line:column", "file:line", "file", or "" as far as the span is known.
[[nodiscard]] std::string to_string(const Sources& sources, Span at);

}  // namespace firebreak
