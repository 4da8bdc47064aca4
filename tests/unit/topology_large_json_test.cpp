#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "firebreak/load.h"

// A file too large for its text to be kept: what was read is released on the way, and what is told of the rest is as
// for any other file.

namespace firebreak {
namespace {

constexpr std::size_t kLarge = std::size_t{40} << 20U;

/// Many systems with these names on one line, then one in a zone that is not there.
std::string estate(std::string_view name) {
  std::string text = R"({"zone":{"z":{}},"system":{)";
  for (std::size_t i = 0; text.size() < kLarge; ++i) {
    text += fmt::format(R"("s{}":{{"zone":"z","name":"{}"}},)", i, name);
  }
  return text + R"("last":{"zone":"gone"}}})";
}

void told_as_usual(std::string_view name, std::size_t bytes_of_a_letter) {
  std::string text = estate(name);
  std::size_t more = 0;
  for (const char c : text) more += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 1U : 0U;
  EXPECT_EQ(more > 0, bytes_of_a_letter > 1);
  const std::size_t column = text.rfind("\"gone\"") - more + 1;
  const Loaded loaded = load_texts({{"estate.json", std::move(text), 0}});
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  const Diagnostic& fault = loaded.diagnostics.front();
  EXPECT_EQ(fault.code, Code::unknown_id);
  EXPECT_EQ(fault.at.line, 1U);
  EXPECT_EQ(fault.at.column, column);
  EXPECT_TRUE(loaded.sources[FileId(0)].text.empty());
}

TEST(LargeJson, IsReadAndReleased) {
  told_as_usual("a system of many, with a name that takes room", 1);
}

TEST(LargeJson, CountsColumnsInCharactersAfterWhatIsReleased) {
  told_as_usual("ein System von vielen, für Prüfungen größer gemacht", 2);
}

}  // namespace
}  // namespace firebreak
