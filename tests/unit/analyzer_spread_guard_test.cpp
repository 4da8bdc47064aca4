#include <gtest/gtest.h>

#include "analyzer/spread_guard.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

/// A client that is not clean, a server beside it that is off, and a vault behind a pivot of the server.
constexpr const char* kOffice =
    "[zone.a]\n[zone.b]\n[system.pc]\nzone = 'a'\n[system.server]\nzone = 'a'\n[system.vault]\nzone = 'b'\n"
    "[policy.p]\n[[pivot]]\nfrom = ['server']\nto = ['vault']\n";

struct Guarded {
  explicit Guarded(const ScenarioWords& words)
      : topology(support::from_toml(kOffice)),
        graph(compile(topology)),
        scenario(support::scenario(topology, words)),
        guard(graph, scenario) {}

  [[nodiscard]] NodeId id(std::string_view name) const { return topology.find(name); }

  Topology topology;
  Graph graph;
  Scenario scenario;
  SpreadGuard guard;
};

TEST(SpreadGuard, NothingIsStartedWhereItIsReached) {
  Guarded it({.compromised = {"pc"}, .off = {"server"}});
  EXPECT_TRUE(it.guard.matters());
  EXPECT_FALSE(it.guard.reached_before()[it.id("vault")]);
  EXPECT_TRUE(it.guard.safe({}, {it.id("pc")}));
  EXPECT_FALSE(it.guard.safe({it.id("server")}, {it.id("pc")}));
  EXPECT_TRUE(it.guard.safe({it.id("server")}, {})) << "the client is clean";
}

TEST(SpreadGuard, DoesNotMatterWhereAllThatIsCompromisedIsOff) {
  Guarded it({.compromised = {"pc"}, .off = {"pc", "server"}});
  EXPECT_FALSE(it.guard.matters());
}

}  // namespace
}  // namespace firebreak
