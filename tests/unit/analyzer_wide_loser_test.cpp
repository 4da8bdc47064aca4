#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/need_law.h"
#include "analyzer/sweep/loser.h"
#include "analyzer/sweep/wide_loser.h"
#include "tests/support/random.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

/// Systems of which two thirds need some of those before them, at least so many of up to fourteen, and services.
std::string layered(std::size_t systems, std::uint64_t seed) {
  support::Random random(seed);
  std::string toml;
  for (std::size_t i = 0; i < systems; ++i) {
    toml += fmt::format("[system.m{}]\n", i);
    if (i < systems / 3) continue;
    std::vector<std::string> members;
    for (std::size_t k = 1 + random.below(14); k > 0; --k) {
      const std::string member = fmt::format("'m{}'", random.below(i));
      if (std::ranges::find(members, member) == members.end()) members.push_back(member);
    }
    toml += fmt::format("needs = [{{ at_least = {}, of = [{}] }}]\n", 1 + random.below(members.size()),
                        fmt::join(members, ", "));
    if (i % 5 == 0) toml += fmt::format("[service.s{0}]\nneeds = ['m{0}']\nweight = {1}\n", i, 1 + random.below(9));
  }
  return toml;
}

struct Estate {
  explicit Estate(std::uint64_t seed)
      : topology(support::from_toml(layered(700, seed))), graph(compile(topology)), base(graph, scenario) {
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      if (graph.kind[n] == NodeKind::system) systems.push_back(n);
    }
  }

  /// What the need law says of a loss; `off` is ascending.
  [[nodiscard]] Loser::Result by_law(const std::vector<NodeId>& off) const {
    Scenario more;
    more.off = off;
    const NeedRun run = run_need(graph, more);
    Loser::Result result;
    for (const NodeId n : ids<NodeId>(graph.node_count)) {
      const VertexId v(n.index());
      if (run.fails[v] == kNever || base.run.fails[v] != kNever) continue;
      result.weight += base.weight[n];
      if (!std::ranges::binary_search(off, n)) ++result.fails;
    }
    return result;
  }

  Topology topology;
  Graph graph;
  Scenario scenario;
  LossBase base;
  std::vector<NodeId> systems;
};

void expect_same(const Loser::Result& found, const Loser::Result& expected, const std::string& what) {
  EXPECT_EQ(found.weight, expected.weight) << what;
  EXPECT_EQ(found.fails, expected.fails) << what;
}

/// Each system alone, and some that are many systems.
std::vector<std::vector<NodeId>> losses_of(const Estate& estate, std::uint64_t seed) {
  support::Random random(seed);
  std::vector<std::vector<NodeId>> losses;
  for (const NodeId n : estate.systems) losses.push_back({n});
  for (std::size_t i = 0; i < 100; ++i) {
    std::vector<NodeId>& some = losses.emplace_back();
    for (const NodeId n : estate.systems) {
      if (random.below(20) == 0) some.push_back(n);
    }
  }
  return losses;
}

TEST(WideLoser, LosesWhatTheLawSaysInEveryBitAndPassAsLosingOneByOneDoes) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Estate estate(seed);
    Loser loser(estate.base);
    WideLoser wide(estate.base);
    const std::vector<std::vector<NodeId>> losses = losses_of(estate, seed);
    std::size_t failing = 0;
    for (std::size_t first = 0; first < losses.size(); first += WideLoser::kMost) {
      const std::size_t count = std::min(WideLoser::kMost, losses.size() - first);
      const std::vector<std::span<const NodeId>> many(losses.begin() + static_cast<std::ptrdiff_t>(first),
                                                      losses.begin() + static_cast<std::ptrdiff_t>(first + count));
      const std::span<const WideLoser::Answer> answers = wide.lose(many);
      ASSERT_EQ(answers.size(), count);
      for (std::size_t i = 0; i < count; ++i) {
        const Loser::Result expected = estate.by_law(losses[first + i]);
        const std::string what = fmt::format("seed {}, loss {}", seed, first + i);
        expect_same(answers[i].result, expected, what);
        expect_same(loser.lose(losses[first + i]), expected, what);
        EXPECT_FALSE(answers[i].separated);
        failing += expected.fails;
      }
    }
    EXPECT_GT(failing, losses.size()) << "an estate in which something fails";
  }
}

TEST(Loser, LosesBesidesWhatWasLostLastAndTakesItBack) {
  const Estate estate(4);
  Loser loser(estate.base);
  support::Random random(7);
  const auto pick = [&] { return estate.systems[random.below(estate.systems.size())]; };
  for (std::size_t i = 0; i < 40; ++i) {
    const NodeId first = pick();
    (void)loser.lose(std::array{first});
    for (std::size_t k = 0; k < 10; ++k) {
      const NodeId second = pick();
      if (second == first) continue;
      const std::array both{std::min(first, second), std::max(first, second)};
      expect_same(loser.lose_besides(std::array{second}, both), estate.by_law({both.begin(), both.end()}),
                  fmt::format("{} and {}", first.index(), second.index()));
    }
  }
}

}  // namespace
}  // namespace firebreak
