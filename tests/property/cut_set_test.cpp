#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <span>

#include "firebreak/weak.h"

#include "analyzer/cheapest_losses.h"
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

/// What is in a set, and what it costs.
std::pair<std::vector<NodeId>, double> priced(const Graph& graph, const std::vector<NodeId>& losses, Set set) {
  std::pair<std::vector<NodeId>, double> result{{}, 0};
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if ((set >> i & 1U) == 0) continue;
    result.first.push_back(losses[i]);
    result.second += graph.cost[losses[i]];
  }
  return result;
}

using Sizes = std::map<std::size_t, std::uint64_t>;  ///< how many sets of each size

std::string sizes_difference(const std::vector<Natural>& said, Sizes sizes) {
  for (std::size_t size = 0; size < said.size(); ++size) {
    if (said[size] != Natural(sizes[size])) return fmt::format("the count of size {} is wrong", size);
    sizes.erase(size);
  }
  return sizes.empty() ? std::string() : "there are larger ones";
}

/// What is said of in how many sets each loss is.
std::string shares_difference(const CutSets& said, const std::set<std::vector<NodeId>>& expected) {
  std::map<NodeId, Sizes> shares;
  for (const std::vector<NodeId>& set : expected) {
    for (const NodeId n : set) shares[n];
    if (set.size() > said.shares_up_to) continue;
    for (const NodeId n : set) ++shares[n][set.size()];
  }
  std::erase_if(shares, [](const auto& share) { return share.second.empty(); });
  for (std::size_t i = 0; i < said.shares.size(); ++i) {
    const LossShare& share = said.shares[i];
    const std::string fault = sizes_difference(share.by_size, shares[share.loss]);
    if (!fault.empty()) return "of those with a loss, " + fault;
    if (i > 0 && said.shares[i - 1].by_size < share.by_size) return "the shares are out of order";
  }
  return said.shares.size() == shares.size() ? std::string() : "the shares are not of all losses";
}

/// What is wrong with what is said of a node, as far as it says anything.
std::string sets_difference(const Topology& topology, const CutSets& said, const std::vector<Set>& minimal,
                            const std::vector<NodeId>& losses, const Graph& graph) {
  std::set<std::vector<NodeId>> expected;
  Sizes by_size;
  double least = -1;
  double least_of_all = -1;
  for (const Set set : minimal) {
    auto [nodes, cost] = priced(graph, losses, set);
    if (least_of_all < 0 || cost < least_of_all) least_of_all = cost;
    if (nodes.size() > said.exact_up_to) continue;
    ++by_size[nodes.size()];
    if (least < 0 || cost < least) least = cost;
    expected.insert(std::move(nodes));
  }
  if (said.cheapest_proven && (said.cheapest.empty() ? -1 : said.cheapest.front().cost) != least_of_all) {
    return "the cheapest is said to be proven and is not";
  }
  if (said.exact_up_to == 0 && expected.contains({}) && said.smallest.empty()) return {};  // nothing is said yet
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
  if (std::string fault = sizes_difference(said.by_size, by_size); !fault.empty()) return fault;
  if (said.cheapest.empty() != expected.empty()) return "there is no cheapest";
  if (!expected.empty() && said.cheapest.front().cost != least) return "the cheapest is not";
  return shares_difference(said, expected);
}

/// A way to ask, and whether it must answer all that was asked.
struct Way {
  std::string_view name;
  CutSetEngine engine = CutSetEngine::automatic;
  std::size_t order = CutSets::kAnySize;
  bool must_answer = true;
  int looks = -1;  ///< how often patience is looked at until it has run out; -1 = it never does
};

constexpr std::array kWays{
    Way{.name = "automatic"},
    Way{.name = "exhaustive up to two", .engine = CutSetEngine::exhaustive, .order = 2},
    Way{.name = "bounded up to three", .engine = CutSetEngine::bounded, .order = 3},
    Way{.name = "bounded", .engine = CutSetEngine::bounded},
    Way{.name = "automatic up to two", .order = 2},
    Way{.name = "diagrams up to two", .engine = CutSetEngine::diagrams, .order = 2},
    Way{.name = "diagrams up to one", .engine = CutSetEngine::diagrams, .order = 1},
    Way{.name = "exhaustive up to one", .engine = CutSetEngine::exhaustive, .order = 1},
    Way{.name = "exhaustive", .engine = CutSetEngine::exhaustive, .must_answer = false},
    Way{.name = "no patience", .must_answer = false, .looks = 0},
    Way{.name = "little patience", .must_answer = false, .looks = 2},
};

std::string difference_of(std::span<const Way> ways, const Topology& topology, const Graph& graph,
                          const Scenario& scenario) {
  CutSetOptions options;
  options.losses = usual_losses(graph);
  constexpr std::size_t kMostLosses = 10;
  if (options.losses.size() > kMostLosses) options.losses.resize(kMostLosses);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::zone) options.nodes.push_back(n);
  }
  options.list = 10'000;
  options.shares = true;
  const auto minimal = minimal_by_trial(topology, scenario, options.losses);
  for (const Way& way : ways) {
    options.engine = way.engine;
    options.order = way.order;
    options.patience = {};
    if (way.looks >= 0) options.patience = [left = way.looks]() mutable { return left-- > 0; };
    const CutSetAnswer answer = cut_sets(graph, scenario, options);
    if (way.must_answer && !answer.complete) return fmt::format("{}: not all is answered", way.name);
    for (const CutSets& said : answer.nodes) {
      if (way.must_answer && said.exact_up_to < way.order) return fmt::format("{}: too little is answered", way.name);
      const std::string fault = sets_difference(topology, said, minimal[said.node], options.losses, graph);
      if (!fault.empty()) return fmt::format("{}: {}: {}", way.name, topology.nodes[said.node].id, fault);
    }
  }
  return {};
}

std::string cut_set_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return difference_of(kWays, topology, graph, scenario);
}

/// By one way of each engine.
std::string engine_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return difference_of(std::span(kWays).first(3), topology, graph, scenario);
}

/// The cheapest ones found one by one, without the others: all of them, and only the first.
std::string cheapest_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  std::vector<NodeId> losses = usual_losses(graph);
  constexpr std::size_t kMostLosses = 10;
  if (losses.size() > kMostLosses) losses.resize(kMostLosses);
  const auto minimal = minimal_by_trial(topology, scenario, losses);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::zone) continue;
    std::map<std::vector<NodeId>, std::pair<double, std::size_t>> ranks;
    for (const Set set : minimal[n]) {
      auto [nodes, cost] = priced(graph, losses, set);
      const std::size_t size = nodes.size();
      ranks.emplace(std::move(nodes), std::pair(cost, size));
    }
    const CheapestLosses all = cheapest_losses(graph, scenario, losses, n, ranks.size() + 1);
    const CheapestLosses first = cheapest_losses(graph, scenario, losses, n, 1);
    const std::string_view id = topology.nodes[n].id;
    if (!all.complete || all.sets.size() != ranks.size())
      return fmt::format("{} of {} sets of {}", all.sets.size(), ranks.size(), id);
    std::pair<double, std::size_t> last{0, 0};
    for (const std::vector<NodeId>& set : all.sets) {
      const auto found = ranks.find(set);
      if (found == ranks.end()) return fmt::format("{} is no minimal cut set of {}", names(topology, set), id);
      if (found->second < last) return fmt::format("{} of {} comes too late", names(topology, set), id);
      last = found->second;
      ranks.erase(found);
    }
    if (first.sets.size() != std::min<std::size_t>(all.sets.size(), 1)) return fmt::format("no first one of {}", id);
  }
  return {};
}

std::string single_loss_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  std::vector<NodeId> all;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::zone) all.push_back(n);
  }
  const oracle::NeedLaw before = oracle::need_law(topology, scenario);
  std::map<NodeId, LossEffect> effects;
  for (const LossEffect& effect : single_losses(graph, scenario, all, all).effects) effects[effect.loss] = effect;
  for (const NodeId loss : all) {
    Scenario off;
    off.off = {loss};
    const oracle::NeedLaw law = oracle::need_law(topology, join(scenario, off));
    LossEffect expected{loss, {}, {}, 0};
    for (const NodeId n : all) {
      if (law.fails.node[n] != kNever) {
        if (before.fails.node[n] != kNever) continue;
        expected.fails.push_back(n);
        expected.weight_lost += graph.weight[n];
      } else if (law.degrades.node[n] != kNever && before.degrades.node[n] == kNever) {
        expected.degrades.push_back(n);
      }
    }
    const LossEffect& said = effects[loss];
    const std::string_view id = topology.nodes[loss].id;
    if (said.fails != expected.fails) return fmt::format("the loss of {} takes down others", id);
    if (said.degrades != expected.degrades) return fmt::format("the loss of {} degrades others", id);
    if (said.weight_lost != expected.weight_lost) return fmt::format("the loss of {} weighs otherwise", id);
  }
  return {};
}

TEST(CutSets, AreAllMinimalOnesOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_scenario(cut_set_difference));
}

TEST(CutSets, AreAllMinimalOnesOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_scenario(engine_difference));
}

TEST(CutSets, AreAllMinimalOnesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 600, .first_seed = 61'000'000}, for_each_scenario(cut_set_difference));
}

TEST(CheapestLosses, AreTheCheapestCutSetsOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_scenario(cheapest_difference));
}

TEST(CheapestLosses, AreTheCheapestCutSetsOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_scenario(cheapest_difference));
}

TEST(CheapestLosses, AreTheCheapestCutSetsOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 600, .first_seed = 63'000'000}, for_each_scenario(cheapest_difference));
}

TEST(SingleLosses, AreTheOraclesOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_scenario(single_loss_difference));
}

TEST(SingleLosses, AreTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 62'000'000}, for_each_scenario(single_loss_difference));
}

}  // namespace
}  // namespace firebreak::property
