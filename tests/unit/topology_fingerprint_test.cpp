#include <gtest/gtest.h>
#include <set>
#include <string>

#include "topology/fingerprint.h"

namespace firebreak {
namespace {

TEST(Fingerprint, IsAnotherOneWhenAnyByteIsAnother) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += static_cast<char>('a' + i % 26);
  std::set<std::uint64_t> seen{fingerprint(text)};
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = '#';
    EXPECT_TRUE(seen.insert(fingerprint(other)).second) << i;
  }
}

TEST(Fingerprint, TellsTextsApartThatBeginAlike) {
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size <= 200; ++size) {
    EXPECT_TRUE(seen.insert(fingerprint(std::string(size, '\0'))).second) << size;
  }
}

TEST(Fingerprint, OfTextsOneBehindTheOtherKnowsTheirOrderAndEnds) {
  const auto of = [](std::initializer_list<std::string_view> texts) {
    std::uint64_t sum = 0;
    for (const std::string_view text : texts) sum = fingerprint_behind(sum, text);
    return sum;
  };
  const std::set<std::uint64_t> all{of({}),         of({"a"}),      of({"a", "b"}), of({"b", "a"}),
                                    of({"ab", ""}), of({"", "ab"}), of({"ab"}),     of({"a", "b", ""})};
  EXPECT_EQ(all.size(), 8U);
}

TEST(Fingerprint, IsTheSameOnEveryMachine) {
  EXPECT_EQ(fingerprint("The first word of eight bytes goes to the first sum, the next to the next."),
            0xE834F3699A56ED5FU);
}

}  // namespace
}  // namespace firebreak
