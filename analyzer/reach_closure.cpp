// In what the strongly connected parts of the graph of all steps leave, which has no circles, each part reaches itself
// and what the parts behind it reach: 256 parts at a time, a bit each. A pivot that requires several things is no arc;
// but where all of them are reached from a part, it is as good as an arc from there to what it takes. Such arcs are
// added until no more are found.

#include "analyzer/reach_closure.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "analyzer/pass_bits.h"
#include "analyzer/step_graph.h"
#include "analyzer/strong_components.h"

namespace firebreak {

namespace {

/// The strongly connected parts, numbered so that arcs lead from higher numbers to lower ones.
class Condensed {
 public:
  Condensed(const StepGraph& steps, Arcs arcs) {
    condense(steps.vertices, std::move(arcs));
    for (Vertex v = 0; v < steps.vertices; ++v) part_[v] = part_[steps.standing_for(v)];
  }

  /// Adds arcs between parts. Those that now reach each other become one, so that the numbers change.
  void add(Arcs arcs) {
    for (std::uint32_t p = 0; p < count_; ++p) {
      for (const std::uint32_t to : behind(p)) arcs.emplace_back(p, to);
    }
    const std::vector<std::uint32_t> before = std::exchange(part_, {});
    condense(count_, std::move(arcs));
    std::vector<std::uint32_t> now(before.size());
    for (std::size_t v = 0; v < before.size(); ++v) now[v] = part_[before[v]];
    part_ = std::move(now);
  }

  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::uint32_t part(Vertex v) const { return part_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> behind(std::uint32_t part) const { return behind_[part]; }

 private:
  /// Makes the parts of a graph, by vertex.
  void condense(std::size_t vertices, Arcs arcs) {
    StrongComponents components = strong_components(vertices, arcs);
    part_ = std::move(components.of);
    count_ = components.count;
    for (auto& [from, to] : arcs) {
      from = part_[from];
      to = part_[to];
    }
    std::erase_if(arcs, [](const auto& arc) { return arc.first == arc.second; });
    std::ranges::sort(arcs);
    const auto rest = std::ranges::unique(arcs);
    arcs.erase(rest.begin(), rest.end());
    behind_ = packed_pairs(count_, arcs);
  }

  std::vector<std::uint32_t> part_;
  std::uint32_t count_ = 0;
  Packed<std::uint32_t, std::uint32_t> behind_;
};

/// Which of up to PassBits::kCount parts each part reaches by arcs; `columns` are these parts.
std::vector<PassBits> reach(const Condensed& parts, std::span<const std::uint32_t> columns) {
  std::vector<PassBits> bits(parts.count());
  for (std::size_t i = 0; i < columns.size(); ++i) bits[columns[i]].set(i);
  for (std::uint32_t p = 0; p < parts.count(); ++p) {
    for (const std::uint32_t to : parts.behind(p)) bits[p].add(bits[to]);
  }
  return bits;
}

/// What some conjunctions, at most PassBits::kCount, add to what is reached: arcs from the parts they fire from to what
/// they take, where that is not reached already. What fires from a part fires from all that reach it, so an arc from
/// the first of them says it for all. Notes in `fires` which parts anything fires from.
Arcs arcs_of_fired(const Condensed& parts, std::span<const Conjunction> conjunctions,
                   std::vector<std::uint8_t>& fires) {
  const auto reaching = [&](const auto& vertex_of) {
    std::vector<std::uint32_t> columns;
    for (const Conjunction& c : conjunctions) columns.push_back(parts.part(vertex_of(c)));
    return reach(parts, columns);
  };
  std::vector<PassBits> fired = reaching([](const Conjunction& c) { return c.user; });
  const auto keep = [&](const std::vector<PassBits>& those) {
    for (std::size_t p = 0; p < fired.size(); ++p) fired[p].keep(those[p]);
  };
  std::size_t most_required = 0;
  for (const Conjunction& c : conjunctions) most_required = std::max(most_required, c.requires_all.size());
  for (std::size_t i = 0; i < most_required; ++i) {
    keep(
        reaching([&](const Conjunction& c) { return i < c.requires_all.size() ? c.requires_all[i].index() : c.user; }));
  }
  bool some = false;
  for (std::size_t p = 0; p < fired.size(); ++p) {
    if (!fired[p].any()) continue;
    some = true;
    fires[p] = 1;
  }
  if (!some) return {};
  const std::vector<PassBits> known = reaching([](const Conjunction& c) { return c.taking; });
  Arcs arcs;
  for (std::uint32_t p = 0; p < parts.count(); ++p) {
    PassBits behind;  // what fires from what it leads to
    for (const std::uint32_t to : parts.behind(p)) behind.add(fired[to]);
    fired[p] = fired[p].without(known[p]);
    fired[p].without(behind).each([&](std::size_t i) { arcs.emplace_back(p, parts.part(conjunctions[i].taking)); });
  }
  return arcs;
}

/// Adds an arc for whatever fires, until nothing more does: an arc from where a conjunction fires to what it takes.
/// Tells in the end which parts anything fires from.
std::vector<std::uint8_t> add_fired(Condensed& parts, std::span<const Conjunction> conjunctions,
                                    const Division& division) {
  const std::size_t blocks = passes_for(conjunctions.size());
  for (;;) {
    std::vector<Arcs> found(blocks);
    std::vector<std::vector<std::uint8_t>> fires(division.parts, std::vector<std::uint8_t>(parts.count(), 0));
    run_parts(division.workers, division.parts, [&](std::size_t part) {
      for (std::size_t i = part; i < blocks; i += division.parts) {
        found[i] = arcs_of_fired(parts, of_pass(conjunctions, i), fires[part]);
      }
    });
    Arcs arcs;
    for (const Arcs& some : found) arcs.insert(arcs.end(), some.begin(), some.end());
    if (!arcs.empty()) {
      parts.add(std::move(arcs));
      continue;
    }
    for (const std::vector<std::uint8_t>& more : std::span(fires).subspan(1)) {
      for (std::size_t p = 0; p < more.size(); ++p) fires.front()[p] |= more[p];
    }
    return std::move(fires.front());
  }
}

/// The sum of the weights of the bits that are set, a byte at a time.
class WeightedCount {
 public:
  explicit WeightedCount(std::span<const std::uint32_t> weights) : sums_(PassBits::kCount / 8) {
    for (std::size_t byte = 0; byte < sums_.size(); ++byte) {
      for (std::size_t value = 1; value < 256; ++value) {
        const auto low = static_cast<std::size_t>(std::countr_zero(value));
        const std::size_t i = byte * 8 + low;
        sums_[byte][value] = sums_[byte][value & (value - 1)] + (i < weights.size() ? weights[i] : 0);
      }
    }
  }

  [[nodiscard]] std::uint32_t of(const PassBits& bits) const {
    std::uint32_t sum = 0;
    for (std::size_t w = 0; w < PassBits::kWords; ++w) {
      const std::uint64_t word = bits.words[w];
      if (word == 0) continue;
      for (std::size_t b = 0; b < 8; ++b) sum += sums_[w * 8 + b][word >> (b * 8) & 0xFFU];
    }
    return sum;
  }

 private:
  std::vector<std::array<std::uint32_t, 256>> sums_;
};

}  // namespace

std::optional<ReachClosure> reach_closure(const Graph& graph, const Scenario& scenario,
                                          const std::vector<NodeId>& targets, const RankOptions& options) {
  StepGraph steps(graph, scenario, options.most_arcs);
  if (!steps.make()) return std::nullopt;
  Condensed parts(steps, std::move(steps.arcs));
  (void)add_fired(parts, steps.conjunctions, options.division);
  const auto counts = [&](NodeId n) { return can_be_compromised(graph.kind[n]); };
  std::vector<std::uint32_t> weight(parts.count(), 0);
  for (const NodeId n : ids<NodeId>(graph.node_count)) weight[parts.part(n.index())] += counts(n) ? 1U : 0U;
  std::vector<std::uint32_t> columns;
  for (std::size_t p = 0; p < parts.count(); ++p) {
    if (weight[p] > 0) columns.push_back(static_cast<std::uint32_t>(p));
  }
  ReachClosure result;
  result.reaches.assign(targets.size(), IdVector<NodeId, bool>(graph.node_count, false));
  std::vector<std::vector<bool>> reaches(targets.size(), std::vector<bool>(parts.count(), false));
  std::vector<std::vector<std::uint32_t>> sizes(options.division.parts);  // by part of the work
  const std::size_t blocks = passes_for(columns.size());
  options.division.each(blocks, [&](std::size_t part, std::size_t i) {
    std::vector<std::uint32_t>& size = sizes[part];
    size.resize(parts.count(), 0);
    options.division.tell(1, blocks / options.division.shards);
    const std::span<const std::uint32_t> block = of_pass(columns, i);
    std::vector<std::uint32_t> weights;
    for (const std::uint32_t p : block) weights.push_back(weight[p]);
    const WeightedCount count(weights);
    const std::vector<PassBits> bits = reach(parts, block);
    for (std::uint32_t p = 0; p < parts.count(); ++p) {
      size[p] += count.of(bits[p]);
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto at = std::ranges::lower_bound(block, parts.part(targets[t].index()));
        if (at == block.end() || *at != parts.part(targets[t].index())) continue;
        if (bits[p].has(static_cast<std::size_t>(at - block.begin()))) reaches[t][p] = true;
      }
    }
  });
  result.size.assign(graph.node_count, 0);
  result.zone_size.assign(graph.node_count, 0);
  const auto size_of = [&](NodeId n) {
    std::uint32_t sum = 0;
    for (const std::vector<std::uint32_t>& size : sizes) sum += size.empty() ? 0 : size[parts.part(n.index())];
    return sum;
  };
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] == NodeKind::zone) result.zone_size[n] = size_of(n);
    if (!counts(n)) continue;
    result.size[n] = size_of(n);
    for (std::size_t t = 0; t < targets.size(); ++t) result.reaches[t][n] = reaches[t][parts.part(n.index())];
  }
  return result;
}

IdVector<NodeId, bool> firing_starts(const Graph& graph, const StepGraph& steps, const Division& division) {
  IdVector<NodeId, bool> result(graph.node_count, false);
  if (steps.conjunctions.empty()) return result;
  Condensed parts(steps, steps.arcs);
  const std::vector<std::uint8_t> fires = add_fired(parts, steps.conjunctions, division);
  for (const NodeId n : ids<NodeId>(graph.node_count)) result[n] = fires[parts.part(n.index())] != 0;
  return result;
}

ReachClosure reach_of_all(const Graph& graph, const Scenario& scenario, const std::vector<NodeId>& targets,
                          const RankOptions& options) {
  if (std::optional<ReachClosure> closure = reach_closure(graph, scenario, targets, options)) {
    return std::move(*closure);
  }
  ReachClosure result;
  result.size.assign(graph.node_count, 0);
  result.reaches.assign(targets.size(), IdVector<NodeId, bool>(graph.node_count, false));
  const NeedRun run = run_need(graph, scenario);
  const auto blast_from = [&](std::span<const NodeId> compromised) {
    Scenario more = scenario;
    more.compromised.assign(compromised.begin(), compromised.end());
    return blast(graph, more, run);
  };
  const std::vector<std::vector<NodeId>> starts = alike_starts(graph, scenario, targets);
  std::vector<std::vector<std::size_t>> reached(starts.size());  // the targets
  options.division.each(starts.size(), [&](std::size_t, std::size_t i) {
    const Blast from = blast_from(std::span(starts[i]).first(1));
    for (const NodeId n : starts[i]) result.size[n] = static_cast<std::uint32_t>(from.order.size());
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (from.reached[targets[t]]) reached[i].push_back(t);
    }
  });
  for (std::size_t i = 0; i < starts.size(); ++i) {
    for (const std::size_t t : reached[i]) {
      for (const NodeId n : starts[i]) result.reaches[t][n] = true;
    }
  }
  result.zone_size.assign(graph.node_count, 0);
  const Packed<NodeId, NodeId> inside = systems_inside(graph);
  options.division.each(graph.node_count, [&](std::size_t, std::size_t i) {
    const std::span<const NodeId> systems = inside[NodeId(i)];
    if (systems.empty()) return;
    result.zone_size[NodeId(i)] = static_cast<std::uint32_t>(blast_from(systems).order.size());
  });
  return result;
}

}  // namespace firebreak
