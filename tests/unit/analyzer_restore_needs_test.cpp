#include <gtest/gtest.h>

#include "analyzer/restore_needs.h"
#include "analyzer/restore_setup.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using support::from_toml;

/// How much work each service cannot do without, in minutes, with everything off; and how long a plan in source order
/// takes until each is back.
struct Work {
  explicit Work(std::string_view toml, std::uint32_t crews = 1) {
    const Topology topology = from_toml(toml);
    const Graph graph = compile(topology);
    const RestoreSetup setup = set_up(graph, support::scenario(topology, {.off = {"*"}}), {.crews = crews});
    const RestoreNeeds needs = find_needs(setup.problem, {});
    for (const auto& pieces : needs.of_service) {
      double sum = 0;
      for (const std::uint32_t piece : pieces) sum += needs.pieces[piece];
      indispensable.push_back(sum / 60);
    }
    Rollout plan(setup.problem, nullptr);
    run_by_priority(plan, all_jobs(setup.problem));
    for (const GoalId g : ids<GoalId>(setup.problem.goals.size())) back.push_back(plan.back(g) / 60);
  }

  std::vector<double> indispensable;
  std::vector<Seconds> back;
};

constexpr const char* kHub =
    "[system.hub]\nstart = '10m'\n[system.a]\nstart = '20m'\nneeds = ['hub']\n[system.b]\nstart = '30m'\n"
    "needs = ['hub']\n[service.s]\nneeds = ['a']\n[service.t]\nneeds = ['b']\n";

TEST(RestoreNeeds, AreWhatAllWaysToAServiceHaveInCommon) {
  EXPECT_EQ(Work(kHub).indispensable, (std::vector<double>{30, 40}));
}

TEST(RestoreNeeds, OfAlternativesAreTheCheapest) {
  // Two of three; what the service needs anyway is not counted once more.
  EXPECT_EQ(Work("[system.a]\nstart = '10m'\n[system.b]\nstart = '20m'\n[system.c]\nstart = '40m'\n"
                 "[service.s]\nneeds = [{ at_least = 2, of = ['a', 'b', 'c'] }]\n")
                .indispensable,
            (std::vector<double>{30}));
  EXPECT_EQ(Work("[system.a]\nstart = '10m'\n[system.b]\nstart = '20m'\n"
                 "[service.s]\nneeds = ['a', { any = ['a', 'b'] }]\n")
                .indispensable,
            (std::vector<double>{10}));
}

TEST(Rollout, OneCrewDoesOneJobAfterTheOther) {
  EXPECT_EQ(Work(kHub, 1).back, (std::vector<Seconds>{30, 60}));
}

TEST(Rollout, TwoCrewsWorkSideBySideOnceTheHubIsUp) {
  EXPECT_EQ(Work(kHub, 2).back, (std::vector<Seconds>{30, 40}));
}

}  // namespace
}  // namespace firebreak
