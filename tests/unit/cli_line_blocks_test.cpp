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

TEST(LineBlocks, AreDividedAtTheEndsOfLines) {
  const std::string text = "1\n22\n\n333\n4444444444\n55\nno end";
  for (std::size_t into = 1; into < 40; ++into) {
    const std::vector<LineBlock> pieces = divided({text, 7}, into);
    EXPECT_LE(pieces.size(), std::min<std::size_t>(into, 7)) << into;
    std::string together;
    std::uint32_t line = 7;
    for (const LineBlock& piece : pieces) {
      EXPECT_FALSE(piece.text.empty());
      EXPECT_EQ(piece.first_line, line);
      line += static_cast<std::uint32_t>(std::ranges::count(piece.text, '\n'));
      together += piece.text;
      EXPECT_TRUE(together == text || piece.text.ends_with('\n')) << into;
    }
    EXPECT_EQ(together, text) << into;
  }
  EXPECT_EQ(divided({"1\n2\n3\n4\n", 1}, 4).size(), 4U);
}

TEST(LineBlocks, AFileThatIsNotThereIsAFault) {
  LineBlocks blocks(std::string("/nowhere/at/all"));
  EXPECT_FALSE(blocks.next());
  EXPECT_EQ(blocks.fault(), "No such file or directory");
}

/// What blocks give, "|" behind each, and the fault.
std::string all_of(LineBlocks& blocks) {
  std::string text;
  while (const std::optional<LineBlock> block = blocks.next()) text += block->text + "|";
  return text + blocks.fault();
}

TEST(LineBlocks, UnpackWhatIsPacked) {
  using namespace std::string_view_literals;
  constexpr auto kGzip =
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xc9\xcc\x4b\x55\x30\xe4\xca\x01\x51\x46\x5c\x00\x01\xb4\x3d\x85"
      "\x0e\x00\x00\x00"sv;
  LineBlocks whole(kGzip);
  EXPECT_EQ(all_of(whole), "line 1\nline 2\n|");
  LineBlocks cut(kGzip.substr(0, 20));
  EXPECT_EQ(all_of(cut), "the gzip data end too early");
  std::string broken(kGzip);
  broken[14] ^= 0x55;
  LineBlocks damaged{std::string_view(broken)};
  EXPECT_EQ(all_of(damaged), "the gzip data are damaged");
  std::string twice(kGzip);
  twice += kGzip;
  LineBlocks both{std::string_view(twice)};
  EXPECT_EQ(all_of(both), "line 1\nline 2\nline 1\nline 2\n|");
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
