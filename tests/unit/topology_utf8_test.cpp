#include <gtest/gtest.h>

#include "topology/format/input_file.h"
#include "topology/utf8.h"

namespace firebreak {
namespace {

TEST(Utf8, FindsTheFirstBadByteWhereverItLies) {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string ascii(before, 'x');
    EXPECT_EQ(first_bad_byte(ascii), before);
    EXPECT_EQ(first_bad_byte(ascii + "é" + ascii), 2 * before + 2);
    EXPECT_EQ(first_bad_byte(ascii + "\xFF" + ascii), before);
    EXPECT_EQ(first_bad_byte("é" + ascii + "\xC3" + ascii), before + 2);
    EXPECT_EQ(is_ascii(ascii), true);
    EXPECT_EQ(is_ascii(ascii + "é" + ascii), false);
  }
}

TEST(Utf8, KnowsWhatIsNoUtf8) {
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                                     "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFE"}) {
    EXPECT_EQ(first_bad_byte(bad), 0U) << testing::PrintToString(bad);
  }
  for (const std::string_view good :
       {"\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(first_bad_byte(good), good.size()) << testing::PrintToString(good);
  }
}

TEST(Utf8, AppendsCodePoints) {
  std::string text;
  for (const std::uint32_t c : {0x41U, 0xE9U, 0x20ACU, 0x1F600U, 0x10FFFFU}) append_code_point(text, c);
  EXPECT_EQ(text, "Aé€\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF");
  std::string replaced;
  for (const std::uint32_t c : {0xD800U, 0xDFFFU, 0x110000U}) append_code_point(replaced, c);
  EXPECT_EQ(replaced, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(count_code_points(text), 5U);
}

TEST(InputFile, PlacesAndOffsetsAreEachOther) {
  const std::string text = "é = 1\r\n\n# ü\nlast";
  const InputFile file{FileId(std::size_t{0}), text, false};
  EXPECT_EQ(place_of(file, 0), (Span{file.id, 1, 1}));
  EXPECT_EQ(place_of(file, 3), (Span{file.id, 1, 3}));
  EXPECT_EQ(place_of(file, text.size()), (Span{file.id, 4, 5}));
  for (const std::size_t at : {0U, 2U, 3U, 8U, 9U, 11U, 14U, 17U}) {
    const Span place = place_of(file, at);
    EXPECT_EQ(offset_of(text, place.line, place.column), at);
  }
  EXPECT_EQ(offset_of(text, 2, 9), 8U) << "the end of a line that is shorter";
  EXPECT_EQ(offset_of(text, 9, 1), text.size());
}

}  // namespace
}  // namespace firebreak
