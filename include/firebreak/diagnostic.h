#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/source.h"

namespace firebreak {

enum class Severity : std::uint8_t { error, warning, note };

/// What a diagnostic is about. Every code has a stable name ("duplicate-id"), a default severity, a line in
/// docs/format.md and a test case that provokes it; a test fails when one of them is missing.
enum class Code : std::uint16_t {
#define FIREBREAK_CODE(name, slug, severity, title) name,
#include "firebreak/codes.def"
#undef FIREBREAK_CODE
};

struct CodeInfo {
  Code code;
  std::string_view slug;   ///< the stable name, as printed: "duplicate-id"
  Severity severity;       ///< what a diagnostic of this code is, unless told otherwise
  std::string_view title;  ///< one line for the documentation
};

/// All codes, in the order of declaration.
[[nodiscard]] std::span<const CodeInfo> all_codes();
[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] std::string_view to_string(Severity severity);

/// A second place a diagnostic speaks of, such as the first definition of an id defined twice.
struct Related {
  Span at;
  std::string message;
};

/// One finding. `message` says what was seen, lower case, no full stop; `hint` says what to do about it
/// ("did you mean 'servers'?"). Texts may hold bytes from input files: escape them before showing (see `printable`).
struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;
  Span at;
  std::string message;
  std::string hint;
  std::vector<Related> related;
};

/// A diagnostic with the default severity of its code.
[[nodiscard]] Diagnostic diagnose(Code code, Span at, std::string message, std::string hint = {});

[[nodiscard]] bool has_errors(std::span<const Diagnostic> diagnostics);

/// Sorted by place; equal findings once.
void sort_and_unique(std::vector<Diagnostic>& diagnostics);

/// The text with control characters and invalid UTF-8 ("\x1b") and with bidirectional controls and other invisible
/// characters ("\u{202e}") shown as escapes, so that nothing from a file can steer a terminal or reorder a line. Cost:
/// linear.
[[nodiscard]] std::string printable(std::string_view text);

/// The candidate nearest to `word` by edit distance (restricted Damerau-Levenshtein over code points, at most a third
/// of the word's length, behind a word of two letters one more; ASCII letters count the same in upper and lower case),
/// of several the one with the longest common beginning, then the first; else an empty view. Words of more than 512
/// bytes have none. Cost: the bytes of the candidates; for those of about the same length and letters, the square of
/// the word's length.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// The diagnostic as people read it:
///
///     topology.toml:12:8: error: unknown key 'zonne' [unknown-key]
///       12 | zonne = "servers"
///          | ^~~~~
///       hint: did you mean 'zone'?
///
/// Everything is passed through `printable`. Ends with a newline. Long lines are shortened around the column.
/// Cost: linear in the file.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour);

/// The same for many, one after the other. Cost: linear in the files, once, when the diagnostics are sorted by place.
[[nodiscard]] std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, bool colour);

}  // namespace firebreak
