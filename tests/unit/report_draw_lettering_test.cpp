#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/picture/lettering.h"
#include "topology/unicode.h"

namespace firebreak::report {
namespace {

using testing::ElementsAre;

TEST(Wrap, BreaksBehindBlanksAndPunctuation) {
  EXPECT_THAT(wrap("Domain controller Maidenhead", 22, 3), ElementsAre("Domain controller", "Maidenhead"));
  EXPECT_THAT(wrap("srv-application-frankfurt-01", 22, 3), ElementsAre("srv-application-", "frankfurt-01"));
  EXPECT_THAT(wrap("short", 22, 3), ElementsAre("short"));
  EXPECT_THAT(wrap("", 22, 3), ElementsAre());
  EXPECT_THAT(wrap("   ", 22, 3), ElementsAre());
}

TEST(Wrap, KeepsPortsAndAddressesWhole) {
  EXPECT_THAT(wrap("tcp/443, tcp/8443", 12, 3), ElementsAre("tcp/443,", "tcp/8443"));
  EXPECT_THAT(wrap("via 10.20.30.40", 12, 3), ElementsAre("via", "10.20.30.40"));
}

TEST(Wrap, BreaksAWordThatIsTooLongBetweenTwoCharacters) {
  EXPECT_THAT(wrap("abcdefghij", 4, 3), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(wrap("äöüßäöüß", 4, 3), ElementsAre("äöüß", "äöüß"));
  EXPECT_THAT(wrap("日本語日本語", 4, 3), ElementsAre("日本", "語日", "本語"));
}

TEST(Wrap, EndsWithAnEllipsisWhatDoesNotFit) {
  EXPECT_THAT(wrap("one two three four five six", 5, 2), ElementsAre("one", "two…"));
  const std::vector<std::string> lines = wrap(std::string(10'000, 'x'), 22, 3);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(lines[2].ends_with("…"));
  for (const std::string& line : lines) EXPECT_LE(line.size(), 25U);
}

TEST(Wrap, EndsOnPilesOfCombiningMarks) {
  std::string marks = "e";
  for (int i = 0; i < 5000; ++i) marks += "\xCC\x81";
  std::size_t bytes = 0;
  for (const std::string& line : wrap(marks, 22, 3)) {
    EXPECT_TRUE(is_utf8(line));
    bytes += line.size();
  }
  EXPECT_LT(bytes, 1000U);
}

TEST(TextWidth, GrowsWithTextSizeAndWeight) {
  EXPECT_GT(text_width("WWW", 10, false), text_width("iii", 10, false));
  EXPECT_GT(text_width("name", 10, true), text_width("name", 10, false));
  EXPECT_DOUBLE_EQ(text_width("name", 20, false), 2 * text_width("name", 10, false));
  EXPECT_GT(text_width("日本", 10, false), 20.0);
  EXPECT_EQ(text_width("", 10, false), 0.0);
}

TEST(Shortened, CountsCharacters) {
  EXPECT_EQ(shortened("grün", 4), "grün");
  EXPECT_EQ(shortened("grün", 3), "grü…");
}

}  // namespace
}  // namespace firebreak::report
