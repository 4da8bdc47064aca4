#include <gtest/gtest.h>
#include <map>

#include "firebreak/load.h"

#include "tests/oracle/values.h"
#include "tests/property/trial.h"

// The worlds that everything else is tried on: they have no faults, are the same everywhere, and leave nothing out.

namespace firebreak::property {
namespace {

using support::Random;
using support::random_world;

TEST(RandomWorld, HasNoFaults) {
  hold_on_random_worlds({.worlds = 3000}, [](const support::World& world) {
    (void)support::build(world);
    return std::string();
  });
}

TEST(RandomWorld, IsTheSameForASeed) {
  EXPECT_EQ(write_toml(support::build(random_world(7))), write_toml(support::build(random_world(7))));
  EXPECT_NE(write_toml(support::build(random_world(7))), write_toml(support::build(random_world(8))));
}

TEST(Random, GivesThePublishedNumbers) {  // splitmix64 from the seed 1234567, as in its reference implementation
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
  EXPECT_EQ(random.next(), 9817491932198370423ULL);
}

using Counts = std::map<std::string, int>;

void count_needs(const Topology& topology, Counts& counts) {
  for (const Need& need : topology.needs) {
    counts["need type " + std::to_string(static_cast<int>(need.type))] += 1;
    counts["soft"] += need.soft ? 1 : 0;
    counts["fallback"] += need.fallback ? 1 : 0;
    counts["not to start"] += need.start ? 0 : 1;
    counts["assumed"] += need.assumed ? 1 : 0;
    counts["grace"] += need.grace > 0 ? 1 : 0;
    counts["port"] += need.port.valid() ? 1 : 0;
    counts["from"] += need.from.valid() ? 1 : 0;
    if (need.on.valid()) counts["need on " + std::string(to_string(topology.nodes[need.on].kind))] += 1;
  }
}

template <class List>
void count_selectors(const std::string& where, const Topology& topology, const List& selectors, Counts& counts) {
  for (const Selector& s : selectors) {
    counts[where + " selector type " + std::to_string(static_cast<int>(s.type))] += 1;
    if (s.node.valid()) counts[where + " of a " + std::string(to_string(topology.nodes[s.node].kind))] += 1;
  }
}

void count_reach(const Topology& topology, Counts& counts) {
  for (const Rule& rule : topology.rules) {
    counts["rule that is " + std::string(to_string(rule.action))] += 1;
    counts["tier " + std::to_string(rule.tier)] += 1;
    count_selectors("rule", topology, rule.from, counts);
    count_selectors("rule", topology, rule.to, counts);
  }
  for (const Policy& policy : topology.policies) {
    counts[policy.within_zones ? "scope all" : "scope between-zones"] += 1;
    counts["default " + std::string(to_string(policy.otherwise))] += 1;
  }
  for (const PivotId id : ids<PivotId>(topology.pivots.size())) {
    const Pivot pivot = topology.pivot(id);
    counts[pivot.port.valid() ? "pivot with a port" : "pivot without a port"] += 1;
    counts["pivot with requires"] += pivot.requires_all.empty() ? 0 : 1;
    count_selectors("pivot", topology, pivot.from, counts);
  }
}

void count_scenarios(const Topology& topology, Counts& counts) {
  for (const NamedScenario& s : topology.scenarios) {
    count_selectors("compromised", topology, s.compromised, counts);
    count_selectors("off", topology, s.off, counts);
    count_selectors("isolate", topology, s.isolate, counts);
    for (const FlowSelector& f : s.block) {
      counts[oracle::holds(topology.ports[f.ports], kIcmp) ? "block wholly" : "block ports"] += 1;
    }
    counts["allow"] += s.allow.empty() ? 0 : 1;
  }
}

void count_systems(const Topology& topology, Counts& counts) {
  for (const System& s : topology.systems) {
    counts[s.zone.valid() ? "system in a zone" : "system outside"] += 1;
    counts["at a site"] += s.site.valid() ? 1 : 0;
    counts["on a host"] += s.runs_on.valid() ? 1 : 0;
    counts["managed"] += s.has_managed_by ? 1 : 0;
    counts["critical"] += s.critical ? 1 : 0;
    counts[s.effort == kNever ? "hardened" : s.effort > 0 ? "effort" : "no effort"] += 1;
    counts[!s.exposes.valid()                  ? "exposes not known"
           : topology.ports[s.exposes].empty() ? "exposes none"
                                               : "exposes"] += 1;
  }
  for (const Zone& z : topology.zones) counts["nested zone"] += z.parent.valid() ? 1 : 0;
  for (const Site& s : topology.sites) counts["nested site"] += s.parent.valid() ? 1 : 0;
  for (const Site& s : topology.sites) counts["site with needs"] += s.needs.empty() ? 0 : 1;
  for (const Link& l : topology.links) counts[l.needs.empty() ? "free link" : "link with needs"] += 1;
  counts[topology.links.empty() ? "no links" : "links"] += 1;
  counts[topology.policies.empty() ? "no policies" : "policies"] += 1;
}

TEST(RandomWorld, LeavesNothingOut) {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Topology topology = support::build(random_world(seed));
    count_needs(topology, counts);
    count_reach(topology, counts);
    count_scenarios(topology, counts);
    count_systems(topology, counts);
    for (const Node& node : topology.nodes) counts["node " + std::string(to_string(node.kind))] += 1;
  }
  for (const auto& [what, count] : counts) EXPECT_GE(count, 10) << what;
  EXPECT_GE(counts.size(), 106U) << "ways in which a world can differ";
}

}  // namespace
}  // namespace firebreak::property
