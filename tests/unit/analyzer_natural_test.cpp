#include <gtest/gtest.h>

#include "firebreak/natural.h"

namespace firebreak {
namespace {

Natural power_of_two(int exponent) {
  Natural number(1);
  for (int i = 0; i < exponent; ++i) number += number;
  return number;
}

TEST(Natural, SaysSmallNumbers) {
  EXPECT_EQ(to_string(Natural()), "0");
  EXPECT_EQ(to_string(Natural(7)), "7");
  EXPECT_EQ(to_string(Natural(1'000'000'000)), "1000000000");
  EXPECT_EQ(to_string(Natural(~std::uint64_t{0})), "18446744073709551615");
}

TEST(Natural, CarriesPast64Bits) {
  Natural sum(~std::uint64_t{0});
  sum += Natural(1);
  EXPECT_EQ(to_string(sum), "18446744073709551616");
  EXPECT_EQ(sum, power_of_two(64));
}

TEST(Natural, MultipliesPast64Bits) {
  EXPECT_EQ(power_of_two(64) * power_of_two(136), power_of_two(200));
  EXPECT_EQ(to_string(power_of_two(100) * Natural(10)), "12676506002282294014967032053760");
  EXPECT_EQ(Natural() * power_of_two(90), Natural());
  const Natural most(~std::uint64_t{0});
  EXPECT_EQ(to_string(most * most), "340282366920938463426481119284349108225");
}

TEST(Natural, IsOrdered) {
  EXPECT_LT(Natural(), Natural(1));
  EXPECT_LT(Natural(~std::uint64_t{0}), power_of_two(64));
  EXPECT_GT(power_of_two(65), power_of_two(64));
  Natural more = power_of_two(64);
  more += Natural(1);
  EXPECT_GT(more, power_of_two(64));
}

TEST(Natural, IsNearADouble) {
  EXPECT_EQ(Natural(12).approximate(), 12.0);
  EXPECT_EQ(power_of_two(70).approximate(), 1180591620717411303424.0);
}

}  // namespace
}  // namespace firebreak
