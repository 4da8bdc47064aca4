#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/document.h"
#include "report/wording.h"
#include "topology/unicode.h"

// Lines are broken at blanks, greedily. All text passes through `printable` before colours are added, so that the only
// escape sequences of the output are those made here.

namespace firebreak::report {
namespace {

constexpr std::size_t kLeastColumns = 40;

/// The lines of a text, none wider than `columns` unless one word is.
std::vector<std::string> broken_at_blanks(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t wide = width_of(word);
    if (width > 0 && width + 1 + wide > columns) {
      lines.emplace_back();
      width = 0;
    }
    if (width > 0) lines.back() += ' ';
    lines.back() += word;
    width += wide + (width > 0 ? 1 : 0);
  }
  return lines;
}

class Page {
 public:
  explicit Page(const TextStyle& style) : style_(style), columns_(std::max(style.columns, kLeastColumns)) {}

  /// A paragraph; its first `coloured` bytes get a colour when they fit on the first line.
  void paragraph(std::string_view text, std::size_t indent, std::size_t hang, std::string_view sgr = {},
                 std::string_view coloured = {}) {
    const std::string safe = printable(text);
    const std::string start = printable(coloured);
    const std::vector<std::string> lines = broken_at_blanks(safe, columns_ - indent - hang);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_.append(indent + (i > 0 ? hang : 0), ' ');
      const bool prefix = i == 0 && !start.empty() && lines[i].starts_with(start);
      out_ += prefix ? colour(start, sgr) + lines[i].substr(start.size()) : lines[i];
      out_ += '\n';
    }
  }

  void command(std::string_view text) { out_ += "  " + printable(text) + "\n"; }
  void heading(std::string_view text) { out_ += "\n" + colour(printable(text), "1") + "\n"; }
  void summary(std::string_view text) {
    for (const std::string& line : broken_at_blanks(printable(text), columns_)) out_ += colour(line, "1") + "\n";
  }

  void entry(const Entry& entry) {
    const std::string_view glyph = entry.mark.glyph.empty() ? "-" : style_.ascii ? entry.mark.ascii : entry.mark.glyph;
    std::string start = fmt::format("{} {}", glyph, entry.lead);
    if (!entry.mark.word.empty()) start += fmt::format(" {}", entry.mark.word);
    std::string text = start;
    if (!entry.facts.empty()) text += " " + entry.facts;
    paragraph(text, 2, 4, entry.mark.sgr, start);
    if (!entry.detail.empty()) paragraph(entry.detail, 6, 0);
  }

  void verbatim(std::string_view lines) { out_ += lines; }

  void more(std::size_t count) {
    paragraph(
        fmt::format("{} {} more, shown with --all", style_.ascii ? "..." : "…", grouped(static_cast<double>(count))), 2,
        4);
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string colour(std::string_view text, std::string_view sgr) const {
    if (!style_.colour || sgr.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", sgr, text);
  }

  const TextStyle& style_;
  std::size_t columns_;
  std::string out_;
};

}  // namespace

std::string to_text(const Document& document, const TextStyle& style) {
  Page page(style);
  page.summary(document.summary);
  if (!document.context.empty()) page.paragraph(document.context, 0, 2);
  for (const Section& section : document.sections) {
    page.heading(section.title);
    for (const Entry& entry : section.entries) page.entry(entry);
    page.verbatim(section.verbatim);
    if (section.left_out > 0) page.more(section.left_out);
  }
  if (!document.next.empty()) {
    page.heading("Next");
    page.command(document.next);
  }
  return page.take();
}

}  // namespace firebreak::report
