// What rules permit between all kinds of places: row by row, as firebreak does, against the loop over pairs of classes,
// which judges each pair by the rules that hold both. The loop is run on a sample of pairs and its time for all of them
// calculated from that. Usage: bench_flows [SYSTEMS ZONES RULES DENIES]

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/policy.h"

#include "analyzer/flow_rows.h"
#include "bench/measure.h"
#include "bench/network.h"

namespace firebreak::bench {
namespace {

/// The median of three runs, in seconds.
template <class Run>
double timed(Run run) {
  return median({seconds_of(run), seconds_of(run), seconds_of(run)});
}

long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

/// All rows; a sum over them, so that nothing is left out.
std::uint64_t lay_rows(const Graph& graph) {
  const Scenario nothing;
  const FlowGroups groups = group_places(graph, nothing);
  FlowRows rows(graph, nothing, groups);
  std::uint64_t sum = 0;
  for (const SenderId sender : ids<SenderId>(rows.sides().senders.size())) {
    rows.load(sender);
    sum += rows.across().base() + rows.across().singled_out().size();
  }
  return sum;
}

/// Pairs of every so-many-th class with every so-many-th.
std::uint64_t judge_pairs(const Graph& graph, std::size_t sample) {
  const std::size_t step = graph.flow.classes.size() / sample;
  std::uint64_t sum = 0;
  for (std::size_t a = 0; a < sample; ++a) {
    for (std::size_t b = 0; b < sample; ++b) {
      sum += permitted_ports(graph, FlowClassId(a * step), FlowClassId(b * step)).ranges().size();
    }
  }
  return sum;
}

void measure(const NetworkSize& size) {
  fmt::print("{} systems in {} zones, {} first-match rules, {:.0f} % of them deny\n", size.systems, size.zones,
             size.rules, size.denies * 100);
  const Topology topology = make_network(size);
  Graph graph;
  const double compiling = timed([&] { graph = compile(topology); });
  const std::size_t classes = graph.flow.classes.size();
  fmt::print("  {:<44}{:>12} classes\n", "places that nothing tells apart", classes);
  fmt::print("  {:<44}{:>12.2f} s\n", "compiling", compiling);
  std::uint64_t sum = 0;
  const double rows = timed([&] { sum += lay_rows(graph); });
  fmt::print("  {:<44}{:>12.2f} s\n", "rows: every kind of source to every target", rows);
  fmt::print("  {:<44}{:>12} MB\n", "most memory up to here", peak_megabytes());
  const std::size_t sample = std::min<std::size_t>(classes, 1000);
  const double some = timed([&] { sum += judge_pairs(graph, sample); });
  const double share = static_cast<double>(classes) / static_cast<double>(sample);
  const double pairs = some * share * share;
  fmt::print("  {:<44}{:>12.2f} s\n", fmt::format("pairs: {0} x {0} of them", sample), some);
  fmt::print("  {:<44}{:>12.0f} s\n", "pairs: all of them, calculated", pairs);
  fmt::print("  {:<44}{:>12.0f} : 1\n", "pairs to compiling and rows", pairs / (compiling + rows));
  fmt::print("  (checksum {})\n", sum);
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  firebreak::bench::NetworkSize size;
  const bool understood =
      count == 1 ||
      (count == 5 && firebreak::bench::take(words[1], size.systems) && firebreak::bench::take(words[2], size.zones) &&
       firebreak::bench::take(words[3], size.rules) && firebreak::bench::take(words[4], size.denies) &&
       size.systems > 0 && size.zones > 0 && size.denies >= 0 && size.denies <= 1);
  if (!understood) {
    fmt::print(stderr, "usage: bench_flows [SYSTEMS ZONES RULES DENIES]\n");
    return 2;
  }
  firebreak::bench::measure(size);
  return 0;
}
