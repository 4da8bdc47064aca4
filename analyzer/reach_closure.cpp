// In what the strongly connected parts of the graph of all steps leave, which has no circles, each part reaches itself
// and what the parts behind it reach: 256 parts at a time, a bit each. A pivot that requires several things is no arc.
// For each part it is seen which of these fire in the end, and what they take is added: the least fixed point from a
// start is the union of what it reaches by arcs and what every pivot that fires reaches by arcs.

#include "analyzer/reach_closure.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
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
  Condensed(const StepGraph& steps, Arcs arcs) : parts_(strong_components(steps.vertices, arcs)) {
    std::vector<std::uint32_t>& part = parts_.of;
    for (auto& [from, to] : arcs) {
      from = part[from];
      to = part[to];
    }
    for (Vertex v = 0; v < steps.vertices; ++v) part[v] = part[steps.standing_for(v)];
    std::erase_if(arcs, [](const auto& arc) { return arc.first == arc.second; });
    std::ranges::sort(arcs);
    const auto rest = std::ranges::unique(arcs);
    arcs.erase(rest.begin(), rest.end());
    behind_ = packed_pairs(count(), arcs);
  }

  [[nodiscard]] std::size_t count() const { return parts_.count; }
  [[nodiscard]] std::uint32_t part(Vertex v) const { return parts_.of[v]; }
  [[nodiscard]] std::span<const std::uint32_t> behind(std::size_t part) const {
    return behind_[static_cast<std::uint32_t>(part)];
  }

 private:
  StrongComponents parts_;
  Packed<std::uint32_t, std::uint32_t> behind_;
};

/// Which of up to PassBits::kCount parts each part reaches by arcs; `columns` are these parts.
std::vector<PassBits> reach(const Condensed& parts, std::span<const std::uint32_t> columns) {
  std::vector<PassBits> bits(parts.count());
  for (std::size_t i = 0; i < columns.size(); ++i) bits[columns[i]].set(i);
  for (std::size_t p = 0; p < parts.count(); ++p) {
    for (const std::uint32_t to : parts.behind(p)) bits[p].add(bits[to]);
  }
  return bits;
}

/// Which conjunctions fire from each part.
class Firing {
 public:
  Firing(const Condensed& parts, const std::vector<Conjunction>& conjunctions) : fired_(parts.count(), 0), sets_(1) {
    if (conjunctions.empty()) return;
    find_columns(parts, conjunctions);
    for (std::size_t begin = 0; begin < columns_.size(); begin += PassBits::kCount) {
      matrix_.push_back(
          reach(parts, std::span(columns_).subspan(begin, std::min(PassBits::kCount, columns_.size() - begin))));
    }
    std::map<std::vector<PassBits>, std::uint32_t> known;
    for (std::size_t p = 0; p < parts.count(); ++p) {
      std::vector<PassBits> row;
      for (const std::vector<PassBits>& block : matrix_) row.push_back(block[p]);
      const auto [at, fresh] = known.try_emplace(row, 0);
      if (fresh) at->second = fire(row);
      fired_[p] = at->second;
    }
  }

  /// The parts that what fires leads to, besides those a part reaches by arcs.
  [[nodiscard]] const std::vector<std::uint32_t>& taking(std::size_t part) const { return sets_[fired_[part]]; }

 private:
  struct Condition {
    std::vector<std::size_t> columns;  ///< all of these must be reached
    std::uint32_t taking;
  };

  void find_columns(const Condensed& parts, const std::vector<Conjunction>& conjunctions) {
    std::map<std::uint32_t, std::size_t> column;
    const auto of = [&](Vertex v) {
      const auto [at, fresh] = column.try_emplace(parts.part(v), columns_.size());
      if (fresh) columns_.push_back(parts.part(v));
      return at->second;
    };
    for (const Conjunction& c : conjunctions) {
      Condition condition{{of(c.user)}, parts.part(c.taking)};
      for (const NodeId n : c.requires_all) condition.columns.push_back(of(n.index()));
      conditions_.push_back(std::move(condition));
    }
  }

  /// The number of the set of what fires from a row of reached columns.
  std::uint32_t fire(std::vector<PassBits> row) {
    std::vector<std::uint32_t> taking;
    std::vector<std::uint8_t> done(conditions_.size(), 0);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t c = 0; c < conditions_.size(); ++c) {
        const Condition& condition = conditions_[c];
        const auto reached = [&](std::size_t column) {
          return row[column / PassBits::kCount].has(column % PassBits::kCount);
        };
        if (done[c] != 0 || !std::ranges::all_of(condition.columns, reached)) continue;
        done[c] = 1;
        again = true;
        taking.push_back(condition.taking);
        for (std::size_t b = 0; b < matrix_.size(); ++b) row[b].add(matrix_[b][condition.taking]);
      }
    }
    if (taking.empty()) return 0;
    sets_.push_back(std::move(taking));
    return static_cast<std::uint32_t>(sets_.size() - 1);
  }

  std::vector<std::uint32_t> columns_;
  std::vector<Condition> conditions_;
  std::vector<std::vector<PassBits>> matrix_;
  std::vector<std::uint32_t> fired_;  ///< by part: index in sets_
  std::vector<std::vector<std::uint32_t>> sets_;
};

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
  Arcs arcs = std::move(steps.arcs);
  const Condensed parts(steps, std::move(arcs));
  const Firing firing(parts, steps.conjunctions);
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
  const std::size_t blocks = (columns.size() + PassBits::kCount - 1) / PassBits::kCount;
  options.division.each(blocks, [&](std::size_t part, std::size_t i) {
    std::vector<std::uint32_t>& size = sizes[part];
    size.resize(parts.count(), 0);
    options.division.tell(1, blocks / options.division.shards);
    const std::size_t begin = i * PassBits::kCount;
    const std::span<const std::uint32_t> block =
        std::span(columns).subspan(begin, std::min(PassBits::kCount, columns.size() - begin));
    std::vector<std::uint32_t> weights;
    for (const std::uint32_t p : block) weights.push_back(weight[p]);
    const WeightedCount count(weights);
    const std::vector<PassBits> bits = reach(parts, block);
    for (std::size_t p = 0; p < parts.count(); ++p) {
      PassBits all = bits[p];
      for (const std::uint32_t taking : firing.taking(p)) all.add(bits[taking]);
      size[p] += count.of(all);
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto at = std::ranges::lower_bound(block, parts.part(targets[t].index()));
        if (at == block.end() || *at != parts.part(targets[t].index())) continue;
        if (all.has(static_cast<std::size_t>(at - block.begin()))) reaches[t][p] = true;
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
