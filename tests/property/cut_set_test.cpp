#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "firebreak/weak.h"

#include "tests/oracle/need_law.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

// The minimal cut sets against the definition: every set of losses is tried, from small to large.

namespace firebreak::property {
namespace {

using Set = std::uint32_t;  ///< of losses, by bit

/// For each node the sets that make it fail and hold no such set; all of them as sets of losses.
IdVector<NodeId, std::vector<Set>> minimal_by_trial(const Topology& topology, const Scenario& scenario,
                                                    const std::vector<NodeId>& losses) {
  std::vector<Set> order(std::size_t{1} << losses.size());
  for (Set set = 0; set < order.size(); ++set) order[set] = set;
  std::ranges::stable_sort(order, {}, [](Set set) { return std::popcount(set); });
  IdVector<NodeId, std::vector<Set>> minimal(topology.nodes.size());
  for (const Set set : order) {
    Scenario lost = scenario;
    for (std::size_t i = 0; i < losses.size(); ++i) {
      if ((set >> i & 1U) != 0) lost.off.push_back(losses[i]);
    }
    std::ranges::sort(lost.off);
    const auto rest = std::ranges::unique(lost.off);
    lost.off.erase(rest.begin(), rest.end());
    const oracle::NeedLaw law = oracle::need_law(topology, lost);
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      if (law.fails.node[n] == kNever) continue;
      const bool minimum = std::ranges::none_of(minimal[n], [&](Set known) { return (known & set) == known; });
      if (minimum) minimal[n].push_back(set);
    }
  }
  return minimal;
}

std::string names(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::vector<std::string_view> words;
  for (const NodeId n : nodes) words.push_back(topology.nodes[n].id);
  return fmt::format("{{{}}}", fmt::join(words, ", "));
}

std::string sets_difference(const Topology& topology, const CutSets& said, const std::vector<Set>& minimal,
                            const std::vector<NodeId>& losses, const Graph& graph) {
  std::set<std::vector<NodeId>> expected;
  std::map<std::size_t, std::uint64_t> by_size;
  double least = -1;
  for (const Set set : minimal) {
    std::vector<NodeId> nodes;
    double cost = 0;
    for (std::size_t i = 0; i < losses.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      nodes.push_back(losses[i]);
      cost += graph.cost[losses[i]];
    }
    ++by_size[nodes.size()];
    if (least < 0 || cost < least) least = cost;
    expected.insert(std::move(nodes));
  }
  std::set<std::vector<NodeId>> found;
  std::size_t last = 0;
  for (const CutSet& set : said.smallest) {
    if (set.nodes.size() < last) return "the sets are not listed by size";
    last = set.nodes.size();
    if (!expected.contains(set.nodes)) return names(topology, set.nodes) + " is no minimal cut set";
    if (!found.insert(set.nodes).second) return names(topology, set.nodes) + " is listed twice";
  }
  for (const auto& set : expected) {
    if (!found.contains(set)) return names(topology, set) + " is missing";
  }
  if (said.count != Natural(expected.size())) return "the count is " + to_string(said.count);
  for (std::size_t size = 0; size < said.by_size.size(); ++size) {
    if (said.by_size[size] != Natural(by_size[size])) return fmt::format("the count of size {} is wrong", size);
  }
  if (said.cheapest.empty() != expected.empty()) return "there is no cheapest";
  if (!expected.empty() && said.cheapest.front().cost != least) return "the cheapest is not";
  return {};
}

std::string cut_set_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  CutSetOptions options;
  options.losses = usual_losses(graph);
  constexpr std::size_t kMostLosses = 10;
  if (options.losses.size() > kMostLosses) options.losses.resize(kMostLosses);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::zone) options.nodes.push_back(n);
  }
  options.list = 10'000;
  const CutSetAnswer answer = cut_sets(graph, scenario, options);
  if (!answer.complete) return "there was no room";
  const auto minimal = minimal_by_trial(topology, scenario, options.losses);
  for (const CutSets& said : answer.nodes) {
    const std::string fault = sets_difference(topology, said, minimal[said.node], options.losses, graph);
    if (!fault.empty()) return fmt::format("{}: {}", topology.nodes[said.node].id, fault);
  }
  return {};
}

TEST(CutSets, AreAllMinimalOnesOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_scenario(cut_set_difference));
}

TEST(CutSets, AreAllMinimalOnesOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_scenario(cut_set_difference));
}

TEST(CutSets, AreAllMinimalOnesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 600, .first_seed = 61'000'000}, for_each_scenario(cut_set_difference));
}

}  // namespace
}  // namespace firebreak::property
