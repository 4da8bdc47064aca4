#include <algorithm>
#include <gtest/gtest.h>

#include "cli/line_blocks.h"

namespace firebreak::cli {
namespace {

TEST(LineBlocks, GiveWholeLinesAndSayWhichIsTheFirst) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "line " + std::to_string(i) + "\n";
  text += "the last one has no end";
  LineBlocks blocks{std::string_view(text)};
  std::string together;
  std::uint32_t line = 1;
  std::size_t count = 0;
  while (const std::optional<LineBlock> block = blocks.next()) {
    EXPECT_EQ(block->first_line, line);
    line += static_cast<std::uint32_t>(std::ranges::count(block->text, '\n'));
    EXPECT_TRUE(block->text.ends_with('\n') || block->text.ends_with("end"));
    together += block->text;
    ++count;
  }
  EXPECT_TRUE(together == text);
  EXPECT_GT(count, 3U) << "not all at once";
  EXPECT_EQ(blocks.fault(), "");
}

TEST(LineBlocks, AFileThatIsNotThereIsAFault) {
  LineBlocks blocks(std::string("/nowhere/at/all"));
  EXPECT_FALSE(blocks.next());
  EXPECT_EQ(blocks.fault(), "No such file or directory");
}

TEST(LineShare, KeepsEverySoManythLineWhereItStands) {
  LineShare share(1, 3);
  std::string text = "a\n\nb\n \t\r\nc\nd\ne";
  share.keep_own(text);
  EXPECT_EQ(text, "\n\nb\n\n\n\ne");
  std::string more = "f\ng\nh\n";
  share.keep_own(more);
  EXPECT_EQ(more, "\n\nh\n") << "it goes on counting";
  EXPECT_EQ(share.lines(), 8U);
  LineShare all(0, 1);
  std::string whole = "a\r\nb";
  all.keep_own(whole);
  EXPECT_EQ(whole, "a\r\nb");
}

}  // namespace
}  // namespace firebreak::cli
