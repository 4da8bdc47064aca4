#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/document.h"
#include "report/escape.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

void list(std::string& out, const Section& section) {
  for (const Entry& entry : section.entries) {
    out += fmt::format("- {}{}", section.ticks ? "[ ] " : "", markdown_text(entry.lead));
    if (!entry.facts.empty()) out += " " + markdown_text(entry.facts);
    if (!entry.detail.empty()) out += fmt::format("  \n  {}", markdown_text(entry.detail));
    out += '\n';
  }
}

void table(std::string& out, const Section& section) {
  const auto any = [&](std::string Entry::*field) {
    return std::any_of(section.entries.begin(), section.entries.end(),
                       [&](const Entry& entry) { return !(entry.*field).empty(); });
  };
  const bool facts = any(&Entry::facts);
  const bool detail = any(&Entry::detail);
  out += fmt::format("| | What |{}{}\n|---|---|{}{}\n", facts ? " Details |" : "", detail ? " Why |" : "",
                     facts ? "---|" : "", detail ? "---|" : "");
  for (const Entry& entry : section.entries) {
    out += fmt::format("| {} {} | {} |", entry.mark.glyph, entry.mark.word, markdown_text(entry.lead));
    if (facts) out += fmt::format(" {} |", markdown_text(entry.facts));
    if (detail) out += fmt::format(" {} |", markdown_text(entry.detail));
    out += '\n';
  }
}

/// A block of code that nothing in the text can end.
std::string fenced(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}\n{}{}{}\n", fence, text, text.ends_with('\n') ? "" : "\n", fence);
}

}  // namespace

std::string to_markdown(const Document& document) {
  std::string out = fmt::format("# {}\n\n**{}**\n", markdown_text(document.title), markdown_text(document.summary));
  if (!document.context.empty()) out += fmt::format("\n{}\n", markdown_text(document.context));
  for (const Section& section : document.sections) {
    out += fmt::format("\n## {}\n\n", markdown_text(section.title));
    const bool marked = std::any_of(section.entries.begin(), section.entries.end(),
                                    [](const Entry& entry) { return !entry.mark.glyph.empty(); });
    marked ? table(out, section) : list(out, section);
    if (!section.verbatim.empty()) out += fenced(section.verbatim);
    if (section.left_out > 0) {
      out += fmt::format("\n{} more, shown with `--all`\n", grouped(static_cast<double>(section.left_out)));
    }
  }
  if (!document.next.empty()) out += "\n## Next\n\n" + fenced(printable(document.next));
  return out;
}

}  // namespace firebreak::report
