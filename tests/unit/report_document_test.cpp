#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "report/document.h"
#include "report/palette.h"
#include "report/wording.h"
#include "topology/unicode.h"

namespace firebreak::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Document sample() {
  Document document;
  document.title = "Impact";
  document.summary = "One of two services fails.";
  Section services{"Services"};
  services.entries.push_back(
      {mark(State::fails), "mail (E-Mail)", "at once",
       "needs exchange (t.toml:4), which runs on esx-1 (t.toml:9), which is at munich (t.toml:2), which is off"});
  services.left_out = 12345;
  add_section(document, services);
  add_section(document, {"Empty"});
  document.next = "firebreak explain t.toml mail --off munich --block 'a -> b' --off one,two,three,four,five,six,seven";
  return document;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::size_t width_of(std::string_view line) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = read_code_point(line, at);
    width += cells(c.value);
    at += c.size;
  }
  return width;
}

TEST(Text, BeginsWithTheAnswerAndKeepsToTheColumns) {
  const Document document = sample();
  for (const std::size_t columns : {40U, 60U, 100U}) {
    const std::string text = to_text(document, {.columns = columns});
    EXPECT_THAT(text, StartsWith("One of two services fails.\n"));
    for (const std::string& line : lines_of(text)) {
      if (line.find("firebreak explain") != std::string::npos) continue;
      EXPECT_LE(width_of(line), columns) << line;
    }
  }
}

TEST(Text, NeverBreaksACommand) {
  EXPECT_THAT(to_text(sample(), {.columns = 40}), HasSubstr("\n  " + sample().next + "\n"));
}

TEST(Text, SaysHowManyMoreThereAreAndHowToSeeThem) {
  EXPECT_THAT(to_text(sample(), {}), HasSubstr("12,345 more, shown with --all"));
  EXPECT_THAT(to_markdown(sample()), HasSubstr("12,345 more, shown with `--all`"));
}

TEST(Text, LeavesEmptySectionsOut) {
  EXPECT_THAT(to_text(sample(), {}), Not(HasSubstr("Empty")));
  EXPECT_THAT(to_markdown(sample()), Not(HasSubstr("Empty")));
}

TEST(Text, AsciiHasNoGlyphs) {
  const std::string text = to_text(sample(), {.ascii = true});
  for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80U);
  EXPECT_THAT(text, HasSubstr("x mail (E-Mail) fails at once"));
}

TEST(Text, HasColourOnlyWhenAsked) {
  EXPECT_THAT(to_text(sample(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(to_text(sample(), {.colour = true}), HasSubstr("\x1b[1;31m✕ mail (E-Mail) fails\x1b[0m at once"));
}

TEST(Text, PassesNoEscapeOfANameOn) {
  Document document = sample();
  document.summary = "\x1b[2J gone";
  document.sections[0].entries[0].lead = "a\x1b]0;x\x07\n- b";
  document.next = "firebreak \x1b[2J";
  const std::string text = to_text(document, {});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  EXPECT_THAT(text, Not(HasSubstr("\n- b")));
}

TEST(Markdown, EndsNoBlockOfCodeEarly) {
  Document document = sample();
  document.next = "firebreak ```` x";
  EXPECT_THAT(to_markdown(document), HasSubstr("`````\nfirebreak ```` x\n`````\n"));
}

TEST(Palette, SaysEveryStateInGlyphAndWord) {
  for (const State state : {State::off, State::fails, State::degraded, State::at_risk, State::works}) {
    EXPECT_EQ(look(state).state, state);
    EXPECT_EQ(look(state).ascii.size(), 1U);
    EXPECT_FALSE(look(state).word.empty());
  }
}

TEST(Wording, SaysTimesAndNumbers) {
  EXPECT_EQ(when(0), "at once");
  EXPECT_EQ(when(4 * 3600), "after 4h");
  EXPECT_EQ(when(kNever), "never");
  EXPECT_EQ(grouped(1100000), "1,100,000");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000.5), "1,000.5");
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(counted(1, "service"), "1 service");
  EXPECT_EQ(counted(2, "policy", "policies"), "2 policies");
  EXPECT_EQ(share(2, 1000, "service"), "2 of 1,000 services");
  EXPECT_EQ(share(2, 2, "service"), "both services");
  EXPECT_EQ(share(1, 1, "service"), "the only service");
}

TEST(Wording, ListsWithoutLosingCount) {
  const std::vector<std::string> words = {"a", "b", "c", "d"};
  EXPECT_EQ(listing(std::span(words).first(1)), "a");
  EXPECT_EQ(listing(std::span(words).first(2)), "a and b");
  EXPECT_EQ(listing(words), "a, b, c and d");
  EXPECT_EQ(listing(words, 2), "a, b and 2 more");
  EXPECT_EQ(listing(std::span(words).first(2), 5, "or"), "a or b");
}

}  // namespace
}  // namespace firebreak::report
