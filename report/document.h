#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/report.h"

/// An answer for people, before it is set as text or Markdown: one sentence, then sections of entries, worst first.
namespace firebreak::report {

/// A verdict on one thing: always a glyph and a word, with a colour where there are colours.
struct Mark {
  std::string_view glyph;
  std::string_view ascii;
  std::string_view sgr;
  std::string_view word;  ///< stands behind the lead: "fails"
};
[[nodiscard]] Mark mark(State state);

struct Entry {
  Mark mark = {};
  std::string lead = {};    ///< what it is about
  std::string facts = {};   ///< what else there is to say in a word or two
  std::string detail = {};  ///< why, as a paragraph of its own
};

struct Section {
  std::string title;
  std::vector<Entry> entries = {};
  std::size_t left_out = 0;   ///< entries not in the list
  bool ticks = false;         ///< on paper, each entry has a box to tick
  std::string verbatim = {};  ///< lines that are set already, shown as they are behind the entries
};

struct Document {
  std::string title;
  std::string summary;
  std::string context;  ///< under what the answer holds
  std::vector<Section> sections;
  std::string next;  ///< a command to run next
};

/// How many of `total` entries a list shows under a style.
[[nodiscard]] std::size_t shown_of(std::size_t total, const TextStyle& style);

/// An entry for each of the items, as many of them as a list shows.
template <class Items, class ToEntry>
[[nodiscard]] Section list_section(std::string title, const Items& items, const TextStyle& style, ToEntry to_entry) {
  Section section{std::move(title)};
  const std::size_t shown = shown_of(items.size(), style);
  for (std::size_t i = 0; i < shown; ++i) section.entries.push_back(to_entry(items[i]));
  section.left_out = items.size() - shown;
  return section;
}

/// Appends a section unless it is empty.
void add_section(Document& document, Section section);

/// For a terminal: wrapped to the style's columns; commands are never wrapped. Ends with a newline.
[[nodiscard]] std::string to_text(const Document& document, const TextStyle& style);

/// For paper: a heading, tables, and a box to tick for each call.
[[nodiscard]] std::string to_markdown(const Document& document);

}  // namespace firebreak::report
