/// A diagnostic as people read it: a headline with the place, the line it speaks of with the word underlined, then hint
/// and second places in the same form. A line is cut to a window around the column; every byte of it passes the same
/// escapes as `printable`, so the underline is placed by counting terminal cells of what is really shown.
#include <algorithm>
#include <array>

#include "firebreak/diagnostic.h"

#include "topology/lines.h"
#include "topology/unicode.h"

namespace firebreak {
namespace {

constexpr std::size_t kCellsBefore = 50;  ///< of a long line, how much is shown before the column
constexpr std::size_t kCellsBehind = 70;  ///< and behind it
constexpr std::string_view kCut = "...";

struct Shown {
  std::string text;
  std::size_t cells = 0;
};

/// One code point of a source line as it is shown: white space as a blank, what could steer a terminal as an escape.
Shown show(std::string_view line, std::size_t at, const CodePoint& c) {
  const std::string_view bytes = line.substr(at, c.size);
  if (c.valid && c.value == U'\t') return {" ", 1};
  std::string text = printable(bytes);
  const std::size_t width = text == bytes ? cells(c.value) : text.size();
  return {std::move(text), width};
}

/// The last position at most `count` code points before `offset`.
std::size_t step_back(std::string_view line, std::size_t offset, std::size_t count) {
  std::size_t at = offset;
  for (std::size_t steps = 0; steps < count && at > 0; ++steps) {
    std::size_t begin = at - 1;
    for (std::size_t size = 2; size <= 4 && size <= at; ++size) {
      const CodePoint c = read_code_point(line, at - size);
      if (c.valid && c.size == size) begin = at - size;
    }
    at = begin;
  }
  return at;
}

bool is_word_letter(char32_t c) {
  if (c >= 0x80) return !is_white_space(c);
  constexpr std::string_view kOther = "_-./:*@+%";
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         kOther.find(static_cast<char>(c)) != std::string_view::npos;
}

/// The end of the word or quoted text that starts at `offset`.
std::size_t word_end(std::string_view line, std::size_t offset) {
  if (offset >= line.size()) return offset;
  const char first = line[offset];
  if (first == '"' || first == '\'') {
    for (std::size_t at = offset + 1; at < line.size() && at < offset + 4 * kCellsBehind; ++at) {
      if (line[at] == first) return at + 1;
      if (line[at] == '\\' && first == '"') ++at;
    }
  }
  std::size_t at = offset;
  while (at < line.size() && at < offset + 4 * kCellsBehind) {
    const CodePoint c = read_code_point(line, at);
    if (!c.valid || !is_word_letter(c.value)) break;
    at += c.size;
  }
  return std::max(at, offset + 1);
}

/// The line cut to a window around the column, and the cells under which the word lies.
struct Excerpt {
  std::string text;
  std::size_t before = 0;
  std::size_t under = 0;
};

Excerpt excerpt(const LinePlace& place) {
  const std::string_view line = place.line;
  const std::size_t end = word_end(line, place.offset);
  std::size_t at = step_back(line, place.offset, kCellsBefore);
  Excerpt cut;
  if (at > 0) {
    cut.text = kCut;
    cut.before = kCut.size();
  }
  std::size_t behind = 0;
  while (at < line.size() && behind < kCellsBehind) {
    const CodePoint c = read_code_point(line, at);
    const Shown shown = show(line, at, c);
    if (at < place.offset) cut.before += shown.cells;
    if (at >= place.offset) behind += shown.cells;
    if (at >= place.offset && at < end) cut.under += shown.cells;
    cut.text += shown.text;
    at += c.size;
  }
  if (at < line.size()) cut.text += kCut;
  cut.under = std::max<std::size_t>(cut.under, 1);
  return cut;
}

std::string_view colour_of(std::string_view severity) {
  if (severity == "error") return "\x1b[1;31m";
  if (severity == "warning") return "\x1b[1;35m";
  return "\x1b[1;36m";
}

/// Writes headlines and excerpts, each ending with a newline.
class Writer {
 public:
  Writer(const Sources& sources, Lines& lines, bool colour) : sources_(&sources), lines_(&lines), colour_(colour) {}

  void write(const Diagnostic& diagnostic) {
    const std::string_view severity = to_string(diagnostic.severity);
    headline(diagnostic.at, severity, diagnostic.message, info(diagnostic.code).slug);
    source_line(diagnostic.at, severity);
    if (!diagnostic.hint.empty()) out_ += "  hint: " + printable(diagnostic.hint) + "\n";
    for (const Related& related : diagnostic.related) {
      out_ += "  ";
      headline(related.at, "note", related.message, {});
      source_line(related.at, "note");
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void painted(std::string_view colour, std::string_view text) {
    if (colour_) out_ += colour;
    out_ += text;
    if (colour_) out_ += "\x1b[0m";
  }

  void headline(Span at, std::string_view severity, std::string_view message, std::string_view slug) {
    const std::string place = printable(to_string(*sources_, at));
    if (!place.empty()) painted("\x1b[1m", place + ":");
    if (!place.empty()) out_ += ' ';
    painted(colour_of(severity), std::string(severity) + ":");
    out_ += ' ';
    out_ += printable(message);
    if (!slug.empty()) painted("\x1b[2m", " [" + std::string(slug) + "]");
    out_ += '\n';
  }

  void source_line(Span at, std::string_view severity) {
    if (at.line == 0) return;
    const LinePlace place = lines_->find(at);
    if (place.line.empty()) return;
    const Excerpt cut = excerpt(place);
    const std::string number = std::to_string(at.line);
    out_ += "  " + number + " | " + cut.text + "\n";
    if (at.column == 0) return;
    out_ += "  " + std::string(number.size(), ' ') + " | " + std::string(cut.before, ' ');
    painted(colour_of(severity), "^" + std::string(cut.under - 1, '~'));
    out_ += '\n';
  }

  const Sources* sources_;
  Lines* lines_;
  bool colour_;
  std::string out_;
};

}  // namespace

std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour) {
  return render(std::span(&diagnostic, 1), sources, colour);
}

std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, bool colour) {
  Lines lines(sources);
  Writer writer(sources, lines, colour);
  for (const Diagnostic& diagnostic : diagnostics) writer.write(diagnostic);
  return writer.take();
}

}  // namespace firebreak
