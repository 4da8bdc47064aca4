#include <bitset>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "firebreak/ports.h"

#include "topology/port_words.h"

namespace firebreak {
namespace {

PortSet ports(std::string_view word) {
  const auto set = parse_ports(word);
  EXPECT_TRUE(set.has_value()) << word;
  return set.value_or(PortSet());
}

TEST(PortWords, AreReadAsPointsOfOneLine) {
  EXPECT_EQ(ports("tcp/443"), PortSet({{443, 443}}));
  EXPECT_EQ(ports("tcp/1000-2000"), PortSet({{1000, 2000}}));
  EXPECT_EQ(ports("udp/53"), PortSet({{kUdp + 53, kUdp + 53}}));
  EXPECT_EQ(ports("sctp/2905"), PortSet({{kSctp + 2905, kSctp + 2905}}));
  EXPECT_EQ(ports("tcp"), PortSet({{0, 65535}}));
  EXPECT_EQ(ports("icmp"), PortSet({{kIcmp, kIcmp}}));
  EXPECT_EQ(ports("any"), PortSet::any());
  EXPECT_TRUE(ports("none").empty());
  EXPECT_EQ(ports("https"), ports("tcp/443"));
  EXPECT_EQ(ports("smb"), ports("tcp/445"));
  EXPECT_EQ(ports("rdp"), ports("tcp/3389"));
  EXPECT_EQ(ports("dns"), unite(ports("tcp/53"), ports("udp/53")));
  EXPECT_EQ(ports("tcp/0-65535"), ports("tcp"));
}

TEST(PortWords, RefuseEverythingElse) {
  for (const std::string_view word :
       {"", "tcp/", "tcp/65536", "tcp/99999999999", "tcp/10-5", "tcp/-5", "tcp/5-", "tcp/1-2-3", "tcp/ 1", "tcp/0443",
        "TCP/443", "443", "icmp/8", "any/1", "https/1", "htps", "tcp/443,tcp/444", "tcp/+1", " any"}) {
    EXPECT_FALSE(parse_ports(word).has_value()) << word;
  }
}

TEST(PortWords, HintAtWhatWasMeant) {
  EXPECT_EQ(port_hint("TCP/443"), "did you mean 'tcp/443'?");
  EXPECT_EQ(port_hint("443"), "name the protocol: did you mean 'tcp/443'?");
  EXPECT_EQ(port_hint("htps"), "did you mean 'https'?");
  EXPECT_EQ(port_hint("htpps"), "did you mean 'https'?");
  EXPECT_NE(port_hint("tcp/70000").find("'tcp/443'"), std::string::npos);
}

TEST(PortWords, NamesAreSortedAndEachIsRead) {
  EXPECT_TRUE(std::is_sorted(port_names().begin(), port_names().end()));
  for (const std::string_view name : port_names()) EXPECT_FALSE(ports(name).empty()) << name;
}

TEST(PortSets, AreWrittenAsWordsThatReadBack) {
  EXPECT_EQ(to_string(PortSet::any()), "any");
  EXPECT_EQ(to_string(PortSet()), "none");
  EXPECT_EQ(to_string(unite(ports("udp/53"), ports("tcp/443"))), "tcp/443, udp/53");
  EXPECT_EQ(to_string(PortSet({{65535, kUdp + 1}})), "tcp/65535, udp/0-1");
  EXPECT_EQ(to_string(PortSet({{0, kIcmp - 1}})), "tcp, udp, sctp");
  EXPECT_EQ(to_string(PortSet({{kUdp, kIcmp}})), "udp, sctp, icmp");
  EXPECT_EQ(to_string(PortSet({{kIcmp, kIcmp}})), "icmp");
}

TEST(PortSets, AreNormalized) {
  const PortSet set({{30, 40}, {1, 5}, {6, 9}, {8, 12}, {50, 45}, {kIcmp, kIcmp + 7}, {kIcmp + 5, kIcmp + 6}});
  const std::vector<PortRange> wanted{{1, 12}, {30, 40}, {kIcmp, kIcmp}};
  EXPECT_EQ(std::vector<PortRange>(set.ranges().begin(), set.ranges().end()), wanted);
  EXPECT_TRUE(set.contains(1) && set.contains(12) && set.contains(35) && set.contains(kIcmp));
  EXPECT_FALSE(set.contains(0) || set.contains(13) || set.contains(41));
  EXPECT_TRUE(PortSet::any().is_any());
  EXPECT_FALSE(PortSet({{0, kLastPort - 1}}).is_any());
}

/// Sets over a short line against plain bits.
class PortAlgebra : public testing::TestWithParam<std::uint32_t> {};

TEST_P(PortAlgebra, AgreesWithBits) {
  constexpr std::uint32_t kPoints = 24;
  using Bits = std::bitset<kPoints>;
  std::mt19937 random(GetParam());
  const auto draw = [&] {
    Bits bits(random());
    if (random() % 3 == 0) bits &= Bits(random());
    if (random() % 3 == 0) bits |= Bits(random());
    return bits;
  };
  const auto to_set = [](const Bits& bits) {
    std::vector<PortRange> ranges;
    for (std::uint32_t i = 0; i < kPoints; ++i) {
      if (bits[i]) ranges.push_back({i, i});
    }
    return PortSet(std::move(ranges));
  };
  for (int round = 0; round < 500; ++round) {
    const Bits a = draw();
    const Bits b = draw();
    const PortSet left = to_set(a);
    const PortSet right = to_set(b);
    ASSERT_EQ(unite(left, right), to_set(a | b));
    ASSERT_EQ(intersect(left, right), to_set(a & b));
    ASSERT_EQ(subtract(left, right), to_set(a & ~b));
    ASSERT_EQ(intersects(left, right), (a & b).any());
    ASSERT_EQ(includes(left, right), (b & ~a).none());
    for (std::uint32_t i = 0; i < kPoints; ++i) ASSERT_EQ(left.contains(i), a[i]);
    PortSet read_back;
    const std::string text = to_string(left);
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(", ", begin), text.size());
      read_back = unite(read_back, ports(std::string_view(text).substr(begin, end - begin)));
      begin = end + 2;
    }
    ASSERT_EQ(read_back, left) << text;
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, PortAlgebra, testing::Range(1U, 5U));

}  // namespace
}  // namespace firebreak
