// How far a break-in spreads, against searches written for graphs: from one start, from every start, and over rules
// instead of links. Usage: bench_reach [SYSTEMS [RANKED [RULED [PAIRS]]]], how many systems each of the three has.

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/builder.h"
#include "firebreak/graph.h"

#include "bench/links.h"
#include "bench/measure.h"
#include "bench/peers.h"
#include "bench/rows.h"
#include "tests/support/random.h"

namespace firebreak::bench {
namespace {

/// networkx needs a kilobyte for each arc.
constexpr std::size_t kMostForNetworkx = 3'000'000;

std::vector<std::uint32_t> some_starts(const Links& links, std::size_t count) {
  support::Random random(7);
  std::vector<std::uint32_t> starts;
  for (std::size_t i = 0; i < count; ++i) starts.push_back(static_cast<std::uint32_t>(random.below(links.systems)));
  return starts;
}

struct Found {
  std::size_t reached = 0;
  std::size_t steps = 0;
};

Found found(std::span<const NodeId> reached, const StepReach& reach) {
  return {reached.size(), reach.steps().size() - 2};
}

std::vector<PeerRun> all_peers(const Links& links, std::span<const std::uint32_t> starts) {
  std::vector<PeerRun> peers = {search_with_boost(links, starts), search_with_python("igraph", links, starts),
                                search_with_python("graph-tool", links, starts)};
  if (links.arcs.size() <= kMostForNetworkx) {
    peers.push_back(search_with_python("networkx", links, starts));
  } else {
    peers.push_back({"networkx", fmt::format("left out: over {} arcs", kMostForNetworkx), {}});
  }
  return peers;
}

void from_one_start(std::uint32_t systems, std::size_t pairs) {
  const Links links = make_links(systems, 1);
  const Topology topology = as_topology(links);
  const Graph graph = compile(topology);
  print_work(fmt::format("one start, with steps: {} systems, {} ways", systems, links.arcs.size()));
  StepReach reach(graph, {});
  FlatSearch flat(links.first, links.to);
  const std::vector<std::uint32_t> starts = some_starts(links, pairs);
  Pairs against_flat;
  std::vector<double> ours;
  std::vector<Found> answers;
  bool same = true;
  for (const std::uint32_t start : starts) {
    const std::vector<NodeId> from = {NodeId(start)};
    std::pair<std::size_t, std::size_t> theirs;
    const double flat_seconds = seconds_of([&] { theirs = flat.from(start); });
    std::span<const NodeId> reached;
    ours.push_back(seconds_of([&] { reached = reach.from(from); }));
    answers.push_back(found(reached, reach));
    against_flat.add(ours.back(), flat_seconds);
    same = same && answers.back().reached == theirs.first && answers.back().steps == theirs.second;
  }
  print_row("a search for nothing else, flat rows", against_flat, agreement(same));
  for (const PeerRun& peer : all_peers(links, starts)) {
    if (!peer.missing.empty()) {
      print_missing(peer.name, peer.missing);
      continue;
    }
    Pairs against;
    same = peer.searches.size() == starts.size();
    for (std::size_t i = 0; i < peer.searches.size() && same; ++i) {
      against.add(ours[i], peer.searches[i].seconds);
      same = peer.searches[i].reached == answers[i].reached && peer.searches[i].steps == answers[i].steps;
    }
    print_row(peer.name, against, agreement(same));
  }
  Pairs whole;
  for (std::size_t i = 0; i < std::min<std::size_t>(starts.size(), 5); ++i) {
    Scenario scenario;
    scenario.compromised = {NodeId(starts[i])};
    whole.add(ours[i], seconds_of([&] { (void)blast(graph, scenario); }));
  }
  print_row("our blast(): any scenario, how and when", whole);
}

void from_every_start(std::uint32_t systems, std::size_t pairs) {
  const Links links = make_links(systems, 2);
  const Topology topology = as_topology(links);
  const Graph graph = compile(topology);
  print_work(fmt::format("the size from every start: {} systems, {} ways", systems, links.arcs.size()));
  std::vector<double> ours;
  IdVector<NodeId, std::uint32_t> sizes;
  for (std::size_t i = 0; i < std::min<std::size_t>(pairs, 3); ++i) {
    ours.push_back(seconds_of([&] { sizes = blast_sizes(graph, {}); }));
  }
  const std::vector<std::uint32_t> starts = some_starts(links, 5);
  for (const PeerRun& peer : all_peers(links, starts)) {
    if (!peer.missing.empty()) {
      print_missing(peer.name, peer.missing);
      continue;
    }
    std::vector<double> each;
    bool same = peer.searches.size() == starts.size();
    for (std::size_t i = 0; i < peer.searches.size() && same; ++i) {
      each.push_back(peer.searches[i].seconds);
      same = peer.searches[i].reached == sizes[NodeId(starts[i])];
    }
    Pairs against;
    for (const double seconds : ours) against.add(seconds, median(each) * systems);
    print_row(peer.name + ", start by start", against,
              same ? fmt::format("worked out from {} starts", starts.size()) : std::string(agreement(false)));
  }
}

/// Zones of equal systems, and rules that each permit one zone to another.
struct Ruled {
  Topology topology;
  Links pairs;  ///< what the rules permit, system by system
};

Ruled make_ruled(std::uint32_t systems) {
  constexpr std::uint32_t kZones = 800;
  constexpr std::size_t kRules = 6'100;
  const std::uint32_t in_zone = std::max<std::uint32_t>(systems / kZones, 1);
  support::Random random(3);
  TopologyBuilder builder;
  std::vector<std::string> zones;
  for (std::uint32_t z = 0; z < kZones; ++z) zones.push_back(fmt::format("z{}", z));
  for (std::uint32_t i = 0; i < kZones * in_zone; ++i) {
    const std::string name = fmt::format("s{}", i);
    builder.add(SystemDecl{.id = {name}, .zone = {zones[i / in_zone]}});
  }
  for (const std::string& zone : zones) builder.add(ZoneDecl{.id = {zone}});
  PolicyDecl policy{.id = {"fw"}, .scope = {"all"}};
  std::vector<std::vector<std::uint32_t>> permitted(kZones);
  for (std::size_t r = 0; r < kRules; ++r) {
    const auto from = static_cast<std::uint32_t>(random.below(kZones));
    const auto to = static_cast<std::uint32_t>(random.below(kZones));
    RuleDecl rule;
    rule.allow = Words{{"tcp/443"}};
    rule.from = Words{std::string_view(zones[from])};
    rule.to = Words{std::string_view(zones[to])};
    policy.rules.push_back(std::move(rule));
    permitted[from].push_back(to);
  }
  builder.add(policy);
  Links pairs;
  pairs.systems = kZones * in_zone;
  pairs.first.push_back(0);
  for (std::vector<std::uint32_t>& row : permitted) {
    std::ranges::sort(row);
    row.erase(std::ranges::unique(row).begin(), row.end());
    for (std::uint32_t i = 0; i < in_zone; ++i) {
      for (const std::uint32_t zone : row) {
        for (std::uint32_t k = 0; k < in_zone; ++k) pairs.to.push_back(zone * in_zone + k);
      }
      pairs.first.push_back(static_cast<std::uint32_t>(pairs.to.size()));
    }
  }
  return {std::move(*builder.finish().topology), std::move(pairs)};
}

void over_rules(std::uint32_t systems, std::size_t pairs) {
  const Ruled ruled = make_ruled(systems);
  const Graph graph = compile(ruled.topology);
  print_work(fmt::format("one start over 6100 rules: {} systems, {} pairs permitted", ruled.pairs.systems,
                         ruled.pairs.to.size()));
  StepReach reach(graph, {});
  FlatSearch flat(ruled.pairs.first, ruled.pairs.to);
  Pairs against;
  bool same = true;
  for (const std::uint32_t start : some_starts(ruled.pairs, pairs)) {
    const std::vector<NodeId> from = {ruled.topology.find(fmt::format("s{}", start))};
    std::pair<std::size_t, std::size_t> theirs;
    const double flat_seconds = seconds_of([&] { theirs = flat.from(start); });
    std::span<const NodeId> reached;
    const double our_seconds = seconds_of([&] { reached = reach.from(from); });
    against.add(our_seconds, flat_seconds);
    same = same && reached.size() == theirs.first && found(reached, reach).steps == theirs.second;
  }
  print_row("every pair as an arc, flat rows", against, agreement(same));
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  std::uint32_t systems = 1'000'000;
  std::uint32_t ranked = 100'000;
  std::uint32_t ruled = 320'000;
  std::size_t pairs = 15;
  using firebreak::bench::take;
  const bool good = count <= 5 && (count < 2 || take(words[1], systems)) && (count < 3 || take(words[2], ranked)) &&
                    (count < 4 || take(words[3], ruled)) && (count < 5 || take(words[4], pairs)) && systems > 0 &&
                    ranked > 0 && ruled > 0 && pairs > 0;
  if (!good) {
    fmt::print(stderr, "usage: bench_reach [SYSTEMS [RANKED [RULED [PAIRS]]]]\n");
    return 2;
  }
  firebreak::bench::print_heads();
  firebreak::bench::from_one_start(systems, pairs);
  firebreak::bench::from_every_start(ranked, pairs);
  firebreak::bench::over_rules(ruled, pairs);
  return 0;
}
