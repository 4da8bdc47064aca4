#include <gtest/gtest.h>

#include "firebreak/restore.h"

#include "tests/support/toml.h"

// Plans of the library on topologies small enough to see what must come out. All of them against the definition:
// tests/property.

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

struct Asked {
  Topology topology;
  Graph graph;
  Scenario actions;

  Asked(std::string_view toml, const ScenarioWords& words)
      : topology(from_toml(toml)), graph(compile(topology)), actions(scenario(topology, words)) {}

  [[nodiscard]] Restoration plan(const RestoreOptions& options = {}) const { return restore(graph, actions, options); }

  /// "start db 0-3600", one for each step.
  [[nodiscard]] std::vector<std::string> steps(const Restoration& plan) const {
    std::vector<std::string> texts;
    for (const RestoreStep& step : plan.steps) {
      texts.push_back(std::string(to_string(step.job)) + " " + std::string(topology.nodes[step.node].id) + " " +
                      std::to_string(step.start) + "-" + std::to_string(step.finish));
    }
    return texts;
  }
};

using Texts = std::vector<std::string>;

TEST(Restore, NothingOffIsNothingToDo) {
  const Asked asked("[system.db]\n[service.shop]\nneeds = ['db']\n", {});
  const Restoration plan = asked.plan();
  EXPECT_TRUE(plan.steps.empty());
  EXPECT_TRUE(plan.services.empty());
  EXPECT_TRUE(plan.proven);
  EXPECT_EQ(plan.bound, 0);
}

TEST(Restore, OneCrewTakesTheMostWeightPerWorkFirst) {
  const Asked asked(
      "[system.slow]\nstart = '3h'\n[system.fast]\nstart = '1h'\n"
      "[service.a]\nneeds = ['slow']\nweight = 2\n[service.b]\nneeds = ['fast']\nweight = 1\n",
      {.off = {"*"}});
  const Restoration plan = asked.plan({.crews = 1});
  EXPECT_EQ(asked.steps(plan), (Texts{"start fast 0-3600", "start slow 3600-14400"}));
  EXPECT_EQ(plan.weighted_delay, 3600 + 2 * 14400);
  EXPECT_TRUE(plan.proven);
}

TEST(Restore, OnlyWhatIsNeededOfAlternativesComesFirst) {
  const Asked asked(
      "[system.a]\nstart = '1h'\n[system.b]\nstart = '10m'\n[system.c]\nstart = '20m'\n"
      "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n",
      {.off = {"*"}});
  const Restoration plan = asked.plan({.crews = 1});
  EXPECT_EQ(plan.services[0].back, 1800);
  EXPECT_EQ(asked.steps(plan).back(), "start a 1800-5400");
}

TEST(Restore, WhatFailsComesBackByItself) {
  const Asked asked(
      "[system.feed]\nstart = '1h'\n[system.db]\nneeds = ['feed']\nstart = '5h'\n[service.s]\nneeds = ['db']\n",
      {.off = {"feed"}});
  const Restoration plan = asked.plan();
  EXPECT_EQ(asked.steps(plan), Texts{"start feed 0-3600"});
  EXPECT_EQ(plan.services[0].back, 3600);
}

TEST(Restore, AServiceWaitsForWhatItRunsOnAndNotOnlyForWhatItStartsWith) {
  const Asked asked(
      "[system.db]\nneeds = [{ on = 'dns', start = false }]\n[system.dns]\nstart = '1h'\n[service.s]\nneeds = ['db']\n",
      {.off = {"*"}});
  EXPECT_EQ(asked.plan().services[0].back, 3600);
}

TEST(Restore, NothingStartsWhereSomethingUncleanReachesIt) {
  const Asked asked(
      "[zone.z]\n[system.pc]\nzone = 'z'\nexposes = []\nrebuild = '2h'\n[system.db]\nzone = 'z'\nstart = '1h'\n"
      "[service.s]\nneeds = ['db']\n",
      {.compromised = {"pc"}, .off = {"db"}});
  const Restoration plan = asked.plan();
  EXPECT_EQ(asked.steps(plan), (Texts{"rebuild pc 0-7200", "start db 7200-10800"}));
  EXPECT_EQ(plan.steps[1].after, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(plan.proven);
}

TEST(Restore, ACompromisedGuestIsKeptOffWhenItsHostStarts) {
  const Asked asked(
      "[system.host]\nstart = '10m'\n[system.guest]\nruns_on = 'host'\nstart = '5m'\nrebuild = '1h'\n"
      "[service.s]\nneeds = ['guest']\n",
      {.compromised = {"guest"}, .off = {"host"}});
  const Restoration plan = asked.plan();
  EXPECT_EQ(asked.steps(plan), (Texts{"start host 0-600", "rebuild guest 0-3600", "start guest 3600-3900"}));
  EXPECT_TRUE(plan.steps[2].kept_off);
}

TEST(Restore, WithoutPatienceThereIsAPlanAndABound) {
  std::string toml;
  for (int i = 0; i < 30; ++i) {
    toml += "[system.s" + std::to_string(i) + "]\nstart = '" + std::to_string(5 + i * 7 % 50) + "m'\n";
    toml += "[service.v" + std::to_string(i) + "]\nneeds = ['s" + std::to_string(i) + "', 's" +
            std::to_string(i * 11 % 30) + "']\nweight = " + std::to_string(1 + i * 13 % 17) + "\n";
  }
  const Asked asked(toml, {.off = {"*"}});
  const Restoration plan = asked.plan({.crews = 3, .patience = [] { return false; }});
  EXPECT_EQ(plan.steps.size(), 30U);
  EXPECT_TRUE(plan.ran_out);
  EXPECT_FALSE(plan.proven);
  EXPECT_GT(plan.bound, 0);
  EXPECT_LT(plan.bound, plan.weighted_delay);
}

}  // namespace
}  // namespace firebreak
