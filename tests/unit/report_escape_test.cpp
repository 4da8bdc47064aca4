#include <array>
#include <cstdio>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "report/escape.h"

namespace firebreak::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(JsonString, IsReadBackAsWhatItWas) {
  for (const std::string text :
       {"", "plain", "quote \" and \\ slash", "line\nbreak\ttab\r", "\x1b[31mred\x01\x7f",
        "ümläut 漢字 \xF0\x9F\x98\x80", "bidi \xE2\x80\xAE override", "C1 \xC2\x9B control", "tag \xF3\xA0\x81\x81"}) {
    EXPECT_EQ(nlohmann::json::parse(json_string(text)).get<std::string>(), text);
  }
}

TEST(JsonString, HoldsNothingATerminalObeys) {
  const std::string shown = json_string(
      "\x1b[2J\xC2\x9B"
      "1m\xE2\x80\xAE\xE2\x80\xA8\r");
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
  EXPECT_THAT(shown, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(shown, Not(HasSubstr("\xE2\x80")));
  EXPECT_THAT(shown, Not(HasSubstr("\r")));
}

TEST(JsonString, IsValidWhateverTheBytes) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same bytes each time
  for (int trial = 0; trial < 2000; ++trial) {
    std::string bytes;
    for (std::size_t i = random() % 12; i > 0; --i) bytes += static_cast<char>(random());
    EXPECT_TRUE(nlohmann::json::accept(json_string(bytes))) << json_string(bytes);
  }
  EXPECT_EQ(json_string("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

TEST(CsvCell, GuardsAgainstFormulas) {
  EXPECT_EQ(csv_cell("=cmd()"), "'=cmd()");
  EXPECT_EQ(csv_cell("+1"), "'+1");
  EXPECT_EQ(csv_cell("-1"), "'-1");
  EXPECT_EQ(csv_cell("@x"), "'@x");
  EXPECT_EQ(csv_cell("\tx").substr(0, 1), "'");
  EXPECT_EQ(csv_cell("\rx").substr(0, 1), "'");
  EXPECT_EQ(csv_cell("a=b"), "a=b");
}

TEST(CsvCell, QuotesAsRfc4180Says) {
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_cell("=\"a\",b"), "\"'=\"\"a\"\",b\"");
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(MarkdownText, LeavesNoMarkup) {
  EXPECT_EQ(markdown_text("a|b"), "a\\|b");
  EXPECT_EQ(markdown_text("`x`"), "\\`x\\`");
  EXPECT_EQ(markdown_text("<script>&"), "&lt;script&gt;&amp;");
  EXPECT_EQ(markdown_text("[a](b)"), "\\[a\\](b)");
  EXPECT_EQ(markdown_text("*b* _i_ ~s~ $m$"), "\\*b\\* \\_i\\_ \\~s\\~ \\$m\\$");
  EXPECT_EQ(markdown_text("http://x www.y"), "http\\://x www\\.y");
  EXPECT_EQ(markdown_text("topology.toml:12"), "topology.toml:12");
  EXPECT_THAT(markdown_text("two\nlines"), Not(HasSubstr("\n")));
}

TEST(XmlText, EscapesAndReplaces) {
  EXPECT_EQ(xml_text("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;");
  EXPECT_EQ(xml_text("\x01\x1b"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(xml_text("\xEF\xBF\xBE"), "\xEF\xBF\xBD");
  EXPECT_EQ(xml_text("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(xml_text("a\nb\tc"), "a&#10;b&#9;c");
}

TEST(Github, MessagesAndPropertiesCannotEndEarly) {
  EXPECT_EQ(github_message("50%\n::error::x"), "50%25%0A::error::x");
  EXPECT_EQ(github_property("C:\\a,b\r"), "C%3A\\a%2Cb%0D");
  EXPECT_THAT(github_message("\x1b[31m"), Not(HasSubstr("\x1b")));
}

TEST(ShellWord, QuotesOnlyWhatMustBe) {
  EXPECT_EQ(shell_word("topology.toml"), "topology.toml");
  EXPECT_EQ(shell_word("dc-1,dc-2"), "dc-1,dc-2");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("office -> servers"), "'office -> servers'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("tag:*"), "'tag:*'");
  EXPECT_EQ(shell_word("$(reboot)"), "'$(reboot)'");
}

TEST(ShellWord, MeansTheSameToAShell) {
  for (const std::string word : {"a b", "it's", "$HOME", "`id`", "a;b", "*", "\\", "\"", "~", "#x", "a\nb"}) {
    const std::string command = "printf %s " + shell_word(word);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    ASSERT_TRUE(pipe);
    std::array<char, 64> buffer{};
    const std::size_t length = fread(buffer.data(), 1, buffer.size(), pipe.get());
    EXPECT_EQ(std::string(buffer.data(), length), word);
  }
}

}  // namespace
}  // namespace firebreak::report
