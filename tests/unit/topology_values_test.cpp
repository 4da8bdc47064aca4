#include <gtest/gtest.h>
#include <string>

#include "firebreak/duration.h"
#include "firebreak/topology.h"

#include "topology/cidr_words.h"

namespace firebreak {
namespace {

TEST(Duration, IsReadFromUnitsInOrder) {
  EXPECT_EQ(parse_duration("90s"), 90);
  EXPECT_EQ(parse_duration("15m"), 900);
  EXPECT_EQ(parse_duration("1h30m"), 5400);
  EXPECT_EQ(parse_duration("48h"), 172800);
  EXPECT_EQ(parse_duration("3d"), 259200);
  EXPECT_EQ(parse_duration("1d2h3m4s"), 93784);
  EXPECT_EQ(parse_duration("0s"), 0);
  EXPECT_EQ(parse_duration("36500d"), kLongestDuration);
  EXPECT_EQ(parse_duration("36499d24h"), kLongestDuration);
}

TEST(Duration, IsNothingElse) {
  for (const std::string_view text : {"", "5", "s", "1x", "1h1h", "30m1h", "1.5h", "-1h", "+1h", " 1h", "1h ", "1 h",
                                      "never", "36500d1s", "36501d", "99999999999999999999s", "1H", "1h30"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

TEST(Duration, ThatIsStatedReadsAsSeconds) {
  EXPECT_EQ(StatedTime(), 0);
  for (const Seconds seconds :
       {Seconds{0}, Seconds{1}, Seconds{86'400}, kLongestDuration - 1, kLongestDuration, kNever}) {
    EXPECT_EQ(StatedTime(seconds), seconds);
  }
}

TEST(Duration, IsWrittenInItsLargestUnits) {
  EXPECT_EQ(to_string_duration(5400), "1h30m");
  EXPECT_EQ(to_string_duration(172800), "2d");
  EXPECT_EQ(to_string_duration(0), "0s");
  EXPECT_EQ(to_string_duration(kNever), "never");
  for (Seconds seconds = 0; seconds < kLongestDuration; seconds += 999'983) {
    ASSERT_EQ(parse_duration(to_string_duration(seconds)), seconds);
  }
}

TEST(Cidr, ReadsAddressesAndPrefixes) {
  const auto prefix = parse_cidr("10.2.0.0/16");
  ASSERT_TRUE(prefix.has_value());
  EXPECT_EQ(prefix->length, 16);
  EXPECT_FALSE(prefix->v6);
  EXPECT_EQ(prefix->bytes[1], 2);
  EXPECT_EQ(parse_cidr("10.2.0.10"), parse_cidr("10.2.0.10/32"));
  EXPECT_EQ(parse_address("10.2.0.10"), parse_cidr("10.2.0.10"));
  EXPECT_FALSE(parse_address("10.2.0.0/16").has_value());
  EXPECT_TRUE(parse_cidr("0.0.0.0/0").has_value());
  EXPECT_TRUE(parse_cidr("::/0").has_value());
  EXPECT_EQ(parse_cidr("fd00::/8")->length, 8);
}

TEST(Cidr, RefusesWhatIsNot) {
  for (const std::string_view text : {"",
                                      "10",
                                      "10.0.0",
                                      "10.0.0.0.0",
                                      "10.0.0.256",
                                      "10.0.0.01",
                                      "10.0.0.1/8",
                                      "10.0.0.0/33",
                                      "10.0.0.0/",
                                      "10.0.0.0/08",
                                      "10.0.0.0/-1",
                                      "10.0.0.0/8/8",
                                      " 10.0.0.0",
                                      "0x10.0.0.0",
                                      "10.0.0.0 ",
                                      "a.b.c.d",
                                      "1:2:3:4:5:6:7",
                                      ":",
                                      ":::",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "1:",
                                      ":1",
                                      "12345::",
                                      "g::",
                                      "fe80::1%eth0",
                                      "fd00::/129",
                                      "fd00::1/8",
                                      "::1.2.3",
                                      "1.2.3.4::",
                                      "::1.2.3.4:5"}) {
    EXPECT_FALSE(parse_cidr(text).has_value()) << text;
  }
}

TEST(Cidr, IsWrittenInItsOneSpelling) {
  const auto spelled = [](std::string_view text) {
    const auto cidr = parse_cidr(text);
    return cidr ? to_string(*cidr) : "?";
  };
  EXPECT_EQ(spelled("10.2.0.0/16"), "10.2.0.0/16");
  EXPECT_EQ(spelled("10.2.0.1/32"), "10.2.0.1");
  EXPECT_EQ(spelled("::"), "::");
  EXPECT_EQ(spelled("::1"), "::1");
  EXPECT_EQ(spelled("1::"), "1::");
  EXPECT_EQ(spelled("2001:DB8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(spelled("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(spelled("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
  EXPECT_EQ(spelled("0:0:1:2:3:4:5:6"), "::1:2:3:4:5:6");
  EXPECT_EQ(spelled("1:2:3:4:5:6:0:0"), "1:2:3:4:5:6::");
  EXPECT_EQ(spelled("::ffff:1.2.3.4"), "::ffff:102:304");
  EXPECT_EQ(spelled("fd00::/8"), "fd00::/8");
  EXPECT_EQ(spelled("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
}

TEST(Cidr, Covers) {
  const auto cidr = [](std::string_view text) { return parse_cidr(text).value(); };
  EXPECT_TRUE(covers(cidr("10.0.0.0/8"), cidr("10.2.0.0/16")));
  EXPECT_TRUE(covers(cidr("10.0.0.0/8"), cidr("10.0.0.0/8")));
  EXPECT_TRUE(covers(cidr("0.0.0.0/0"), cidr("255.255.255.255")));
  EXPECT_TRUE(covers(cidr("10.0.0.128/25"), cidr("10.0.0.200")));
  EXPECT_FALSE(covers(cidr("10.0.0.128/25"), cidr("10.0.0.127")));
  EXPECT_FALSE(covers(cidr("10.2.0.0/16"), cidr("10.0.0.0/8")));
  EXPECT_FALSE(covers(cidr("0.0.0.0/0"), cidr("::1")));
  EXPECT_FALSE(covers(cidr("::/0"), cidr("1.2.3.4")));
}

TEST(Cidr, HasAPrefixCommonToSeveral) {
  const auto cidr = [](std::string_view text) { return parse_cidr(text).value(); };
  EXPECT_EQ(common_prefix({cidr("10.0.0.0/24"), cidr("10.0.1.0/24")}), cidr("10.0.0.0/23"));
  EXPECT_EQ(common_prefix({cidr("10.0.0.0/8"), cidr("10.0.1.0/24")}), cidr("10.0.0.0/8"));
  EXPECT_EQ(common_prefix({cidr("10.0.0.0/8"), cidr("192.168.0.0/16")}), cidr("0.0.0.0/0"));
  EXPECT_FALSE(common_prefix({cidr("10.0.0.0/8"), cidr("fd00::/8")}).has_value());
  EXPECT_FALSE(common_prefix({}).has_value());
}

}  // namespace
}  // namespace firebreak
