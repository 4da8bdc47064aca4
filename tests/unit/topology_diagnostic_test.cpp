#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "firebreak/diagnostic.h"

#include "topology/lines.h"

namespace firebreak {
namespace {

Sources sources_of(std::string text, std::string name = "a.toml") {
  Sources sources;
  sources.push_back({std::move(name), std::move(text)});
  return sources;
}

Span at(std::uint32_t line, std::uint32_t column, std::size_t file = 0) {
  return {FileId(file), line, column};
}

TEST(Codes, EachHasItsOwnNameAndIsFound) {
  std::set<std::string_view> slugs;
  for (const CodeInfo& code : all_codes()) {
    EXPECT_EQ(&info(code.code), &code);
    EXPECT_TRUE(slugs.insert(code.slug).second) << code.slug;
    EXPECT_FALSE(code.title.empty());
    EXPECT_EQ(code.slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string_view::npos)
        << code.slug;
  }
  EXPECT_EQ(info(Code::duplicate_id).slug, "duplicate-id");
  EXPECT_EQ(info(Code::selects_nothing).severity, Severity::warning);
  EXPECT_EQ(info(Code::start_loop).severity, Severity::note);
}

TEST(Diagnostics, HaveTheSeverityOfTheirCode) {
  const Diagnostic warning = diagnose(Code::empty_zone, at(1, 2), "m", "h");
  EXPECT_EQ(warning.severity, Severity::warning);
  EXPECT_EQ(warning.message, "m");
  EXPECT_EQ(warning.hint, "h");
  EXPECT_FALSE(has_errors(std::vector{warning}));
  EXPECT_TRUE(has_errors(std::vector{warning, diagnose(Code::bad_id, {}, "x")}));
  EXPECT_EQ(to_string(Severity::note), "note");
}

TEST(Diagnostics, AreSortedByPlaceAndEqualOnesKeptOnce) {
  std::vector<Diagnostic> list{diagnose(Code::usage, {}, "no place, second"),
                               diagnose(Code::bad_id, at(2, 1, 1), "file b"),
                               diagnose(Code::bad_id, at(9, 1), "line 9"),
                               diagnose(Code::unknown_id, at(2, 7), "z first"),
                               diagnose(Code::bad_id, at(2, 7), "a second"),
                               diagnose(Code::unknown_id, at(2, 7), "z first"),
                               diagnose(Code::cannot_read, at(0, 0), "file"),
                               diagnose(Code::usage, {}, "a later one"),
                               diagnose(Code::bad_id, at(2, 7), "a second", "but with a hint")};
  sort_and_unique(list);
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : list) messages.push_back(diagnostic.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"file", "z first", "a second", "a second", "line 9", "file b",
                                                "no place, second", "a later one"}));
}

TEST(Sources, ShowPlacesAsFarAsTheyAreKnown) {
  const Sources sources = sources_of("one\ntwo\r\nthree");
  EXPECT_EQ(to_string(sources, at(2, 3)), "a.toml:2:3");
  EXPECT_EQ(to_string(sources, at(2, 0)), "a.toml:2");
  EXPECT_EQ(to_string(sources, at(0, 0)), "a.toml");
  EXPECT_EQ(to_string(sources, {}), "");
  EXPECT_EQ(to_string(sources, at(1, 1, 7)), "");
}

TEST(Sources, GiveTheTextOfALine) {
  const Sources sources = sources_of("one\ntwo\r\n\nfour");
  EXPECT_EQ(line_text(sources, at(1, 1)), "one");
  EXPECT_EQ(line_text(sources, at(2, 1)), "two");
  EXPECT_EQ(line_text(sources, at(3, 1)), "");
  EXPECT_EQ(line_text(sources, at(4, 1)), "four");
  EXPECT_EQ(line_text(sources, at(5, 1)), "");
  EXPECT_EQ(line_text(sources, at(0, 1)), "");
  EXPECT_EQ(line_text(sources, {}), "");
}

TEST(Lines, FindColumnsInAnyOrderAlsoFarIntoALongLine) {
  std::string line;
  for (int i = 0; i < 10'000; ++i) line += "a\u20ac";
  const Sources sources = sources_of("x\n" + line + "\ny");
  Lines lines(sources);
  for (const std::uint32_t column : {19'999U, 1U, 4096U, 4097U, 8192U, 8193U, 12'345U, 2U}) {
    const LinePlace place = lines.find(at(2, column));
    EXPECT_EQ(place.line, line);
    EXPECT_EQ(place.offset, (column - 1) / 2 * 4 + (column - 1) % 2) << column;
  }
  EXPECT_EQ(lines.find(at(2, 4'000'000)).offset, line.size());
  EXPECT_EQ(lines.find(at(2, 0)).offset, 0U);
  EXPECT_EQ(lines.find(at(3, 1)).line, "y");
  EXPECT_EQ(lines.find(at(4, 1)).line, "");
  EXPECT_EQ(lines.find({}).line, "");
}

TEST(Render, ShowsPlaceLineUnderlineAndHint) {
  const Sources sources = sources_of("[system.dc1]\nzonne = \"servers\"\n", "topology.toml");
  EXPECT_EQ(
      render(diagnose(Code::unknown_key, at(2, 1), "unknown key 'zonne'", "did you mean 'zone'?"), sources, false),
      "topology.toml:2:1: error: unknown key 'zonne' [unknown-key]\n"
      "  2 | zonne = \"servers\"\n"
      "    | ^~~~~\n"
      "  hint: did you mean 'zone'?\n");
}

TEST(Render, UnderlinesQuotedTextsWhole) {
  const Sources sources = sources_of("zone = \"a \\\" b\" # c");
  EXPECT_EQ(render(diagnose(Code::unknown_id, at(1, 8), "m"), sources, false),
            "a.toml:1:8: error: m [unknown-id]\n"
            "  1 | zone = \"a \\\" b\" # c\n"
            "    |        ^~~~~~~~\n");
}

TEST(Render, ShowsSecondPlaces) {
  const Sources sources = sources_of("[zone.a]\n[site.a]\n");
  Diagnostic diagnostic = diagnose(Code::duplicate_id, at(2, 7), "'a' is already a zone");
  diagnostic.related.push_back({at(1, 7), "first defined here"});
  EXPECT_EQ(render(diagnostic, sources, false),
            "a.toml:2:7: error: 'a' is already a zone [duplicate-id]\n"
            "  2 | [site.a]\n"
            "    |       ^\n"
            "  a.toml:1:7: note: first defined here\n"
            "  1 | [zone.a]\n"
            "    |       ^\n");
}

TEST(Render, NeedsNoFileAndNoText) {
  EXPECT_EQ(render(diagnose(Code::usage, {}, "unknown id 'x'", "h"), {}, false),
            "error: unknown id 'x' [usage]\n  hint: h\n");
  EXPECT_EQ(render(diagnose(Code::cannot_read, at(0, 0), "no such file"), sources_of(""), false),
            "a.toml: error: no such file [cannot-read]\n");
  EXPECT_EQ(render(diagnose(Code::bad_id, at(3, 1), "m"), sources_of(""), false), "a.toml:3:1: error: m [bad-id]\n");
}

TEST(Render, LetsNothingThroughThatSteersATerminal) {
  const Sources sources = sources_of("x = \"\x1b[2J\u202e\"\n", "evil\x1b.toml");
  Diagnostic diagnostic = diagnose(Code::bad_id, at(1, 5), "m\x07\n", "h\x1b");
  diagnostic.related.push_back({at(1, 1), "r\x1b"});
  const std::string text = render(diagnostic, sources, false);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
  EXPECT_NE(text.find("evil\\x1b.toml:1:5: error: m\\x07\\x0a"), std::string::npos) << text;
  EXPECT_NE(text.find("  1 | x = \"\\x1b[2J\\u{202e}\"\n    |     ^~~~~~~~~~~~~~~~~\n"), std::string::npos) << text;
}

TEST(Render, PlacesTheUnderlineByCellsBehindTabsAndWideLetters) {
  const Sources sources = sources_of("\t\u6f22\u0301 bad");
  EXPECT_EQ(render(diagnose(Code::bad_id, at(1, 5), "m"), sources, false),
            "a.toml:1:5: error: m [bad-id]\n"
            "  1 |  \u6f22\u0301 bad\n"
            "    |     ^~~\n");
}

TEST(Render, CutsLongLinesAroundTheColumn) {
  const Sources sources = sources_of(std::string(5000, 'a') + " here " + std::string(5000, 'b'));
  const std::string text = render(diagnose(Code::bad_id, at(1, 5002), "m"), sources, false);
  EXPECT_EQ(text,
            "a.toml:1:5002: error: m [bad-id]\n"
            "  1 | ..." +
                std::string(49, 'a') + " here " + std::string(65, 'b') +
                "...\n"
                "    | " +
                std::string(53, ' ') + "^~~~\n");
}

TEST(Render, PaintsOnlyWhenAsked) {
  const Sources sources = sources_of("x");
  const Diagnostic diagnostic = diagnose(Code::empty_zone, at(1, 1), "m");
  EXPECT_EQ(render(diagnostic, sources, false).find('\x1b'), std::string::npos);
  EXPECT_NE(render(diagnostic, sources, true).find("\x1b[1;35mwarning:\x1b[0m"), std::string::npos);
}

TEST(Render, ShowsManyAsOneAfterTheOther) {
  const Sources sources = sources_of("a\nb\n");
  const std::vector<Diagnostic> list{diagnose(Code::bad_id, at(1, 1), "m"), diagnose(Code::bad_id, at(2, 1), "n")};
  EXPECT_EQ(render(list, sources, false), render(list[0], sources, false) + render(list[1], sources, false));
}

TEST(Render, StaysQuickOnManyFaultsInOneHugeLine) {
  const Sources sources = sources_of(std::string(4'000'000, 'x'));
  std::vector<Diagnostic> list;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Diagnostic& diagnostic = list.emplace_back(diagnose(Code::duplicate_id, at(1, 4'000'000 - i), "m"));
    diagnostic.related.push_back({at(1, 1 + 1999 * i), "first defined here"});
  }
  EXPECT_GT(render(list, sources, false).size(), 2000U * 100);
}

}  // namespace
}  // namespace firebreak
