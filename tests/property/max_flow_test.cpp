#include "analyzer/solver/max_flow.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/random.h"

// The most that flows against the least of all cuts, and the two minimum cuts on its ends against all minimum cuts.

namespace firebreak::property {
namespace {

using solver::FlowNetwork;
using Amount = FlowNetwork::Amount;

struct Sample {
  struct Arc {
    std::uint32_t from;
    std::uint32_t to;
    Amount capacity;
  };
  std::size_t vertices = 0;
  std::vector<Arc> arcs;
};

Sample random_sample(support::Random& random) {
  Sample sample;
  sample.vertices = 2 + random.below(7);
  for (std::size_t i = random.below(4 * sample.vertices); i > 0; --i) {
    const Amount capacity = random.percent(10) ? FlowNetwork::kUnlimited : random.below(random.percent(50) ? 3 : 20);
    sample.arcs.push_back({static_cast<std::uint32_t>(random.below(sample.vertices)),
                           static_cast<std::uint32_t>(random.below(sample.vertices)), capacity});
  }
  return sample;
}

/// What a side that holds the source, vertex 0, and not the sink, vertex 1, cuts.
Amount cut(const Sample& sample, std::size_t side) {
  Amount sum = 0;
  for (const Sample::Arc& arc : sample.arcs) {
    if ((side >> arc.from & 1U) == 0 || (side >> arc.to & 1U) != 0) continue;
    if (arc.capacity == FlowNetwork::kUnlimited) return FlowNetwork::kUnlimited;
    sum += arc.capacity;
  }
  return sum;
}

std::size_t bits(const std::vector<std::uint8_t>& side) {
  std::size_t result = 0;
  for (std::size_t v = 0; v < side.size(); ++v) result |= std::size_t{side[v] != 0} << v;
  return result;
}

std::string difference(const Sample& sample, std::size_t few_ways) {
  FlowNetwork network(sample.vertices, few_ways);
  for (const Sample::Arc& arc : sample.arcs) network.add_arc(arc.from, arc.to, arc.capacity);
  const Amount found = network.maximise(0, 1);
  Amount least = FlowNetwork::kUnlimited;
  std::size_t smallest = ~std::size_t{0};
  std::size_t greatest = 0;
  for (std::size_t side = 0; side < std::size_t{1} << sample.vertices; ++side) {
    if ((side & 1U) == 0 || (side & 2U) != 0 || cut(sample, side) > least) continue;
    if (cut(sample, side) < least) {
      smallest = side;
      greatest = side;
      least = cut(sample, side);
    }
    smallest &= side;  // minimum cuts are closed under both
    greatest |= side;
  }
  if (found != least) return fmt::format("{} flow, {} are cut", found, least);
  if (least == FlowNetwork::kUnlimited) return {};
  if (!network.complete()) return "it is not complete";
  if (bits(network.side_near_source()) != smallest) return "another cut is nearer to the source";
  if (bits(network.side_near_sink()) != greatest) return "another cut is nearer to the sink";
  return {};
}

TEST(MaxFlow, IsWhatTheLeastCutCosts) {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    support::Random random(seed);
    const Sample sample = random_sample(random);
    for (const std::size_t few_ways : {std::size_t{0}, std::size_t{2}, FlowNetwork::kFewWays}) {
      EXPECT_EQ(difference(sample, few_ways), "") << "seed " << seed << ", " << few_ways << " ways one by one";
    }
  }
}

TEST(MaxFlow, EndsWhenPatienceRunsOut) {
  for (const std::size_t few_ways : {0U, 5U}) {
    FlowNetwork network(4, few_ways);
    for (const std::uint32_t middle : {2U, 3U}) {
      network.add_arc(0, middle, 5);
      network.add_arc(middle, 1, 3);
    }
    EXPECT_EQ(network.maximise(0, 1, [] { return false; }), 3U);
    EXPECT_FALSE(network.complete());
  }
}

}  // namespace
}  // namespace firebreak::property
