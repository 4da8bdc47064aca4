// A breadth-first search. What it reads next is fetched ahead: with a million systems it otherwise waits for memory at
// every one of them. Whether a vertex was come to is one byte, which is not cleared between runs. Where most vertices
// share what they lead on to with others, as where rules speak of zones, each such row is left once.

#include <algorithm>
#include <limits>
#include <utility>

#include "firebreak/blast.h"

#include "analyzer/shared_rows.h"
#include "analyzer/step_network.h"

namespace firebreak {

struct StepReach::Network {
  Network(const Graph& graph, const StepGraph& all) : steps(graph, all), nodes(graph.node_count) {
    if (steps.conjunctions.empty()) shared = share_rows(steps.next_of);
  }

  StepNetwork steps;
  std::size_t nodes;
  SharedRows shared;  ///< those of `steps`; none where too many differ or a pivot has conditions
};

StepReach::StepReach(const Graph& graph, const Scenario& scenario, std::size_t most_arcs) {
  StepGraph steps(graph, scenario, most_arcs);
  if (!steps.make() || steps.has_core()) return;
  network_ = std::make_unique<const Network>(graph, steps);
  seen_.assign(steps.vertices + network_->shared.rows.size(), 0);
  reached_.resize(graph.node_count + 1);
  for (const Conjunction& conjunction : network_->steps.conjunctions) {
    missing_.push_back(static_cast<std::uint32_t>(conjunction.requires_all.size() + 1));
  }
}

StepReach::~StepReach() = default;

namespace {

/// One run. It holds where everything lies: what bytes are written to could be anything, so that a compiler would read
/// members again and again.
class Search {
 public:
  Search(const StepNetwork& steps, std::size_t nodes, std::uint8_t* seen, std::uint8_t run, NodeId* reached,
         std::vector<Vertex>& passing)
      : first_(steps.next_of.first.data()),
        next_(steps.next_of.items.data()),
        nodes_(nodes),
        seen_(seen),
        run_(run),
        reached_(reached),
        passing_(passing) {}

  [[nodiscard]] std::size_t reached() const { return count_; }
  [[nodiscard]] Vertex at(std::size_t i) const { return reached_[i].index(); }

  void come(Vertex to) {
    if (seen_[to] == run_) return;
    seen_[to] = run_;
    if (to < nodes_) {
      reached_[count_++] = NodeId(to);
    } else {
      passing_.push_back(to);
    }
  }

  void leave(Vertex from) {
    const Vertex* const end = next_ + first_[from + 1];
    for (const Vertex* to = next_ + first_[from]; to != end; ++to) come(*to);
  }

  void prefetch_row(std::size_t i) const { __builtin_prefetch(&first_[at(i)]); }
  void prefetch_arcs(std::size_t i) const { __builtin_prefetch(next_ + first_[at(i)]); }

 private:
  const std::uint32_t* const first_;
  const Vertex* const next_;
  const std::size_t nodes_;
  std::uint8_t* const seen_;
  const std::uint8_t run_;
  NodeId* const reached_;
  std::vector<Vertex>& passing_;
  std::size_t count_ = 0;
};

/// The same where rows are shared. Whether a row was left stands behind the vertices in `seen`. That both are written
/// out is on purpose: of one class with a base or a parameter, compilers make a plain search a fifth slower.
class SharedSearch {
 public:
  SharedSearch(const SharedRows& shared, std::size_t nodes, std::uint8_t* seen, std::uint8_t run, NodeId* reached,
               std::vector<Vertex>& passing)
      : first_(shared.rows.first.data()),
        next_(shared.rows.items.data()),
        row_of_(shared.row_of.data()),
        nodes_(nodes),
        seen_(seen),
        left_(seen + shared.row_of.size()),
        run_(run),
        reached_(reached),
        passing_(passing) {}

  [[nodiscard]] std::size_t reached() const { return count_; }

  void come(Vertex to) {
    if (seen_[to] == run_) return;
    seen_[to] = run_;
    if (to < nodes_) {
      reached_[count_++] = NodeId(to);
    } else {
      passing_.push_back(to);
    }
  }

  /// Takes the step from those that were come to as numbers `at` to `end`.
  void step(std::size_t at, std::size_t end) {
    for (; at < end; ++at) {
      leave(reached_[at].index());
      while (!passing_.empty()) {
        const Vertex vertex = passing_.back();
        passing_.pop_back();
        leave(vertex);
      }
    }
  }

 private:
  void leave(Vertex from) {
    const std::uint32_t row = row_of_[from];
    if (left_[row] == run_) return;
    left_[row] = run_;
    const Vertex* const end = next_ + first_[row + 1];
    for (const Vertex* to = next_ + first_[row]; to != end; ++to) come(*to);
  }

  const std::uint32_t* const first_;
  const Vertex* const next_;
  const std::uint32_t* const row_of_;
  const std::size_t nodes_;
  std::uint8_t* const seen_;
  std::uint8_t* const left_;
  const std::uint8_t run_;
  NodeId* const reached_;
  std::vector<Vertex>& passing_;
  std::size_t count_ = 0;
};

}  // namespace

std::span<const NodeId> StepReach::from(std::span<const NodeId> starts) {
  constexpr std::size_t kArcsAhead = 8;
  constexpr std::size_t kRowsAhead = 24;
  if (run_ == std::numeric_limits<std::uint8_t>::max()) {
    std::ranges::fill(seen_, std::uint8_t{0});
    run_ = 0;
  }
  if (!network_->shared.row_of.empty()) {
    SharedSearch search(network_->shared, network_->nodes, seen_.data(), ++run_, reached_.data(), passing_);
    step_begins_.assign(1, 0);
    for (const NodeId n : starts) search.come(n.index());
    for (std::size_t at = 0; at < search.reached();) {
      const std::size_t end = search.reached();
      step_begins_.push_back(static_cast<std::uint32_t>(end));
      search.step(std::exchange(at, end), end);
    }
    return std::span<const NodeId>(reached_).first(search.reached());
  }
  const StepNetwork& steps = network_->steps;
  const bool conditional = !steps.conjunctions.empty();
  Search search(steps, network_->nodes, seen_.data(), ++run_, reached_.data(), passing_);
  const auto leave = [&](Vertex vertex) {
    search.leave(vertex);
    if (!conditional) return;
    count_down(vertex);
    for (const Vertex taking : taking_) search.come(taking);
  };
  step_begins_.assign(1, 0);
  for (const NodeId n : starts) search.come(n.index());
  for (std::size_t at = 0; at < search.reached();) {
    const std::size_t end = search.reached();
    step_begins_.push_back(static_cast<std::uint32_t>(end));
    for (; at < end; ++at) {
      if (at + kRowsAhead < end) search.prefetch_row(at + kRowsAhead);
      if (at + kArcsAhead < end) search.prefetch_arcs(at + kArcsAhead);
      leave(search.at(at));
      while (!passing_.empty()) {
        const Vertex vertex = passing_.back();
        passing_.pop_back();
        leave(vertex);
      }
    }
  }
  for (const std::uint32_t c : counted_) {
    missing_[c] = static_cast<std::uint32_t>(steps.conjunctions[c].requires_all.size() + 1);
  }
  counted_.clear();
  return std::span<const NodeId>(reached_).first(search.reached());
}

void StepReach::count_down(Vertex vertex) {
  taking_.clear();
  for (const std::uint32_t c : network_->steps.watching[vertex]) {
    counted_.push_back(c);
    if (--missing_[c] == 0) taking_.push_back(network_->steps.conjunctions[c].taking);
  }
}

}  // namespace firebreak
