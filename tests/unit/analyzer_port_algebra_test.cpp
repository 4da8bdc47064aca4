#include <gtest/gtest.h>

#include "firebreak/ports.h"

#include "analyzer/port_algebra.h"

// analyzer/port_algebra.cpp: sets by number say what the sets themselves say.

namespace firebreak {
namespace {

TEST(PortAlgebra, GivesEqualSetsOneNumberAndKeepsThoseThatAreKnown) {
  IdVector<PortSetId, PortSet> known;
  known.push_back(PortSet::any());
  known.push_back(*parse_ports("tcp/443"));
  PortAlgebra ports(known);
  EXPECT_EQ(ports.any(), PortSetId(0));
  EXPECT_EQ(ports.intern(PortSet({{443, 443}})), PortSetId(1));
  EXPECT_TRUE(ports[ports.none()].empty());
  const PortSetId web = ports.intern(*parse_ports("tcp/80"));
  EXPECT_EQ(ports.intern(*parse_ports("tcp/80")), web);
}

TEST(PortAlgebra, IsTheAlgebraOfTheSets) {
  PortAlgebra ports((IdVector<PortSetId, PortSet>()));
  std::vector<PortSetId> all;
  for (const char* words : {"none", "any", "tcp/1-100", "tcp/50-200", "udp", "icmp"}) {
    all.push_back(ports.intern(*parse_ports(words)));
  }
  for (int again = 0; again < 2; ++again) {  // the second time each result is remembered
    for (const PortSetId a : all) {
      for (const PortSetId b : all) {
        const PortSet x = ports[a];
        const PortSet y = ports[b];
        EXPECT_EQ(ports[ports.unite(a, b)], unite(x, y));
        EXPECT_EQ(ports[ports.intersect(a, b)], intersect(x, y));
        EXPECT_EQ(ports[ports.subtract(a, b)], subtract(x, y));
      }
    }
  }
}

}  // namespace
}  // namespace firebreak
