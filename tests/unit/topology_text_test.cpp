#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "firebreak/diagnostic.h"

#include "topology/builder/name_table.h"
#include "topology/builder/text_pool.h"
#include "topology/nearest.h"
#include "topology/unicode.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

using std::string_literals::operator""s;

TEST(Unicode, ReadsCodePointsOfEveryLength) {
  const std::string text = "a\u00e9\u20ac\U0001F525";
  std::vector<char32_t> read;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    ASSERT_TRUE(c.valid);
    read.push_back(c.value);
    at += c.size;
  }
  EXPECT_EQ(read, (std::vector<char32_t>{U'a', 0xE9, 0x20AC, 0x1F525}));
}

TEST(Unicode, RefusesWhatIsNotShortestFormOrNoCodePoint) {
  for (const std::string& text :
       {"\xC0\xAF"s, "\xE0\x80\xAF"s, "\xF0\x80\x80\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s,
        "\x80"s, "\xC3"s, "\xE2\x82"s, "\xC3\x28"s, "\xFF"s}) {
    EXPECT_FALSE(is_utf8(text)) << printable(text);
    const CodePoint c = read_code_point(text, 0);
    EXPECT_FALSE(c.valid);
    EXPECT_EQ(c.size, 1U);
  }
  EXPECT_TRUE(is_utf8("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"));
  EXPECT_TRUE(is_utf8(""));
}

TEST(Unicode, KnowsWhiteSpaceAndControls) {
  for (const char32_t c : {U' ', U'\t', U'\n', char32_t{0x85}, char32_t{0xA0}, char32_t{0x2003}, char32_t{0x3000}}) {
    EXPECT_TRUE(is_white_space(c)) << static_cast<std::uint32_t>(c);
  }
  for (const char32_t c : {U'a', char32_t{0x08}, char32_t{0x200B}, char32_t{0x2011}}) EXPECT_FALSE(is_white_space(c));
  EXPECT_TRUE(is_control(0x00) && is_control(0x1F) && is_control(0x7F) && is_control(0x9F));
  EXPECT_FALSE(is_control(0x20) || is_control(0xA0));
}

TEST(Unicode, CountsCells) {
  EXPECT_EQ(cells(U'a'), 1U);
  EXPECT_EQ(cells(0x301), 0U);
  EXPECT_EQ(cells(0x6F22), 2U);
  EXPECT_EQ(cells(0x1F525), 2U);
  EXPECT_EQ(cells(0xE9), 1U);
}

TEST(Printable, EscapesWhatCouldSteerATerminal) {
  EXPECT_EQ(printable("plain text, \u00e9\u6f22"), "plain text, \u00e9\u6f22");
  EXPECT_EQ(printable("\x1b[31m\x07\x7f\n\t"), "\\x1b[31m\\x07\\x7f\\x0a\\x09");
  EXPECT_EQ(printable("\u009b"), "\\x9b");
  EXPECT_EQ(printable("a\0b"s), "a\\x00b");
}

TEST(Printable, EscapesWhatCouldReorderOrHide) {
  EXPECT_EQ(printable("\u202eabc\u2066\u200f\u061c"), "\\u{202e}abc\\u{2066}\\u{200f}\\u{61c}");
  EXPECT_EQ(printable("\u200b\u200d\ufeff\u2028"), "\\u{200b}\\u{200d}\\u{feff}\\u{2028}");
}

TEST(Printable, EscapesInvalidBytesOneByOne) {
  EXPECT_EQ(printable("\xff"
                      "a\xe2\x82"),
            "\\xffa\\xe2\\x82");
  EXPECT_TRUE(is_utf8(printable("\xc3\xc3\xa9\x80")));
}

TEST(Nearest, FindsTheFewestEdits) {
  const std::array<std::string_view, 4> ids{"storage", "servers", "server", "office"};
  EXPECT_EQ(nearest("srevers", ids), "servers");
  EXPECT_EQ(nearest("servesr", ids), "servers");
  EXPECT_EQ(nearest("offfice", ids), "office");
  EXPECT_EQ(nearest("Storage", ids), "storage");
  EXPECT_EQ(nearest("server", ids), "server");
  EXPECT_EQ(nearest("elephant", ids), "");
}

TEST(Nearest, AllowsAThirdOfTheLengthAndNoMore) {
  const std::array<std::string_view, 1> ids{"abcdef"};
  EXPECT_EQ(nearest("abcdxx", ids), "abcdef");
  EXPECT_EQ(nearest("abcxxx", ids), "");
  EXPECT_EQ(nearest("ab", std::array<std::string_view, 1>{"ac"}), "");
  EXPECT_EQ(nearest("", ids), "");
  EXPECT_EQ(nearest("abc", {}), "");
}

TEST(Nearest, CountsCodePointsAndTakesTheFirstOfSeveral) {
  EXPECT_EQ(nearest("buro", std::array<std::string_view, 1>{"b\u00fcro"}), "b\u00fcro");
  const std::array<std::string_view, 3> ids{"esx-1", "esx-2", "esx-3"};
  EXPECT_EQ(nearest("esx-9", ids), "esx-1");
  EXPECT_EQ(nearest("esx-33", ids), "esx-3");
  EXPECT_EQ(nearest("htps", std::array<std::string_view, 2>{"ftps", "https"}), "https");
}

TEST(Nearest, AgreesWithThePlainDefinition) {
  // Every pair of words over a small alphabet against the textbook table.
  std::vector<std::string> words{""};
  for (std::size_t i = 0; i < words.size() && words.size() < 364; ++i) {
    for (const char c : {'a', 'b', 'c'}) words.push_back(words[i] + c);
  }
  const auto distance = [](const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
      for (std::size_t j = 0; j <= b.size(); ++j) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.size()][b.size()];
  };
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const std::array<std::string_view, 1> one{b};
      const bool one_more = a.size() == 2 && b.size() == 3 && b.starts_with(a);
      const bool near = !b.empty() && (distance(a, b) <= a.size() / 3 || one_more);
      ASSERT_EQ(nearest(a, one) == b, near || b.empty()) << a << " " << b;
    }
  }
}

TEST(Nearest, GivesUpWhenItsStepsAreUsedUp) {
  const std::vector<std::string_view> ids(1000, "some-other-name");
  std::uint64_t steps = 500'000;
  EXPECT_EQ(nearest("some-other-nane", ids, steps), "some-other-name");
  EXPECT_LT(steps, 500'000U - 16U * 1000U);
  steps = 10'000;
  EXPECT_EQ(nearest("some-other-nane", ids, steps), "");
  EXPECT_EQ(steps, 0U);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), ids), "");
}

TEST(TextPool, KeepsTextsWhereTheyAre) {
  TextPool pool;
  std::vector<std::string_view> kept;
  std::vector<std::string> wanted;
  for (std::size_t i = 0; i < 20'000; ++i) {
    wanted.push_back(std::string(i % 40, 'x') + std::to_string(i));
    kept.push_back(pool.add(wanted.back()));
  }
  wanted.push_back(std::string(300'000, 'y'));
  kept.push_back(pool.add(wanted.back()));
  const TextPool moved = std::move(pool);
  EXPECT_TRUE(std::equal(kept.begin(), kept.end(), wanted.begin(), wanted.end()));
}

TEST(NameTable, NumbersNamesInTheOrderTheyAreSeen) {
  TextPool pool;
  NameTable table;
  EXPECT_FALSE(table.find("a").has_value());
  for (std::uint32_t round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 5000; ++i) ASSERT_EQ(table.intern("name-" + std::to_string(i), pool), i);
  }
  EXPECT_EQ(table.size(), 5000U);
  EXPECT_EQ(table.find("name-4999"), 4999U);
  EXPECT_EQ(table.text(17), "name-17");
  EXPECT_FALSE(table.find("name-5000").has_value());
}

TEST(Wording, QuotesAndCuts) {
  EXPECT_EQ(quoted("dc1"), "'dc1'");
  EXPECT_EQ(quoted(""), "''");
  const std::string cut = firebreak::quoted(std::string(79, 'a') + "\u20ac\u20ac");
  EXPECT_EQ(cut, "'" + std::string(79, 'a') + "\u20ac...'");
}

TEST(Wording, SaysWhyAWordIsNone) {
  EXPECT_EQ(why_no_word("dc-1.example_\u00fc"), "");
  EXPECT_EQ(why_no_word(""), "is empty");
  EXPECT_EQ(why_no_word(std::string(255, 'a')), "");
  EXPECT_EQ(why_no_word(std::string(256, 'a')), "is longer than 255 bytes");
  EXPECT_EQ(why_no_word("a b"), "holds white space");
  EXPECT_EQ(why_no_word("a\u00a0b"), "holds white space");
  EXPECT_EQ(why_no_word("a\u2029b"), "holds white space");
  EXPECT_EQ(why_no_word("a,b"), "holds a comma");
  EXPECT_EQ(why_no_word("a\x1b"), "holds a control character");
  EXPECT_EQ(why_no_word("a\u009b"), "holds a control character");
  EXPECT_EQ(why_no_word("\xff"), "is not valid UTF-8");
}

TEST(Wording, SaysWhyAnIdWouldBeReadAsSomethingElse) {
  EXPECT_EQ(why_no_id("a->b"), "");
  EXPECT_EQ(why_no_id("00:1a:2b:3c:4d:5e"), "") << "a hardware address is no IPv6 address";
  EXPECT_EQ(why_no_id("1.2.3"), "");
  EXPECT_EQ(why_no_id("*"), "would be read as every system");
  EXPECT_EQ(why_no_id("->"), "would be read as the arrow of a flow");
  EXPECT_EQ(why_no_id("tag:x"), "would be read as a tag");
  EXPECT_EQ(why_no_id("kind:"), "would be read as a kind");
  EXPECT_EQ(why_no_id("10.0.0.1"), "would be read as an address");
  EXPECT_EQ(why_no_id("10.0.0.1/8"), "would be read as an address");
  EXPECT_EQ(why_no_id("::1"), "would be read as an address");
}

}  // namespace
}  // namespace firebreak
