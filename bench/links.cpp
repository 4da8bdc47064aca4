#include "bench/links.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "firebreak/builder.h"

#include "tests/support/random.h"

namespace firebreak::bench {

namespace {

constexpr std::uint32_t kPerZone = 100;

/// Ten on average: most have seven or eight, one in twenty has fifty.
std::uint32_t ways(support::Random& random) {
  return static_cast<std::uint32_t>(random.percent(5) ? 50 : 6 + random.below(5));
}

}  // namespace

Links make_links(std::uint32_t systems, std::uint64_t seed) {
  support::Random random(seed);
  Links links;
  links.systems = systems;
  links.first.push_back(0);
  std::vector<std::uint32_t> row;
  for (std::uint32_t i = 0; i < systems; ++i) {
    const std::uint32_t zone = i / kPerZone * kPerZone;
    const std::uint32_t inside = std::min(kPerZone, systems - zone);
    row.clear();
    for (std::uint32_t k = ways(random); k > 0; --k) {
      const bool near = random.percent(90);
      const auto to = static_cast<std::uint32_t>(near ? zone + random.below(inside) : random.below(systems));
      if (to != i) row.push_back(to);
    }
    std::ranges::sort(row);
    row.erase(std::ranges::unique(row).begin(), row.end());
    for (const std::uint32_t to : row) links.arcs.emplace_back(i, to);
    links.to.insert(links.to.end(), row.begin(), row.end());
    links.first.push_back(static_cast<std::uint32_t>(links.to.size()));
  }
  return links;
}

Topology as_topology(const Links& links) {
  TopologyBuilder builder;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < links.systems; ++i) names.push_back(fmt::format("s{}", i));
  for (const std::string& name : names) builder.add(SystemDecl{.id = {name}});
  builder.add(PolicyDecl{.id = {"nothing"}, .scope = {"all"}});
  PivotDecl pivot;
  for (std::uint32_t i = 0; i < links.systems; ++i) {
    if (links.first[i] == links.first[i + 1]) continue;
    pivot.from.assign(1, Word{std::string_view(names[i])});
    pivot.to.clear();
    for (std::uint32_t k = links.first[i]; k < links.first[i + 1]; ++k)
      pivot.to.emplace_back(std::string_view(names[links.to[k]]));
    builder.add(pivot);
  }
  return std::move(*builder.finish().topology);
}

FlatSearch::FlatSearch(std::span<const std::uint32_t> first, std::span<const std::uint32_t> to)
    : first_(first), to_(to), seen_(first.size(), 0), reached_(first.size(), 0) {}

std::pair<std::size_t, std::size_t> FlatSearch::from(std::uint32_t start) {
  constexpr std::size_t kArcsAhead = 8;
  constexpr std::size_t kRowsAhead = 24;
  if (++run_ == 0) {
    std::ranges::fill(seen_, std::uint8_t{0});
    run_ = 1;
  }
  seen_[start] = run_;
  reached_[0] = start;
  std::size_t count = 1;
  std::size_t steps = 0;
  for (std::size_t at = 0; at < count; ++steps) {
    for (const std::size_t end = count; at < end; ++at) {
      if (at + kRowsAhead < end) __builtin_prefetch(&first_[reached_[at + kRowsAhead]]);
      if (at + kArcsAhead < end) __builtin_prefetch(to_.data() + first_[reached_[at + kArcsAhead]]);
      const std::uint32_t v = reached_[at];
      for (std::uint32_t k = first_[v]; k < first_[v + 1]; ++k) {
        const std::uint32_t next = to_[k];
        if (seen_[next] == run_) continue;
        seen_[next] = run_;
        reached_[count++] = next;
      }
    }
  }
  return {count, steps - 1};
}

}  // namespace firebreak::bench
