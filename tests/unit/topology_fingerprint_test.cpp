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

TEST(Fingerprint, IsTheSameOnEveryMachine) {
  EXPECT_EQ(fingerprint("The first word of eight bytes goes to the first sum, the next to the next."),
            0xE834F3699A56ED5FU);
}

}  // namespace
}  // namespace firebreak
