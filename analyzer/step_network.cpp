#include "analyzer/step_network.h"

#include <algorithm>
#include <utility>

namespace firebreak {

namespace {

std::vector<std::pair<Vertex, std::uint32_t>> watched(const std::vector<Conjunction>& conjunctions) {
  std::vector<std::pair<Vertex, std::uint32_t>> pairs;
  for (std::uint32_t c = 0; c < conjunctions.size(); ++c) {
    pairs.emplace_back(conjunctions[c].user, c);
    for (const NodeId n : conjunctions[c].requires_all) pairs.emplace_back(n.index(), c);
  }
  return pairs;
}

/// Leaves out what an arc only passes through on the way to a node: what has one arc into it, or one that leads on,
/// such as a pivot of one system. Each arc is then still part of as many steps as before.
class Shortening {
 public:
  explicit Shortening(const Graph& graph, const StepGraph& steps)
      : arcs_(steps.arcs), passed_(steps.vertices, kOther), stays_(steps.vertices, 0) {
    std::fill_n(stays_.begin(), graph.node_count, 1);
    for (const Conjunction& c : steps.conjunctions) stays_[c.user] = stays_[c.taking] = 1;
  }

  Arcs run() {
    leave_out(
        [](auto& arc) -> auto& { return arc.first; }, [](auto& arc) -> auto& { return arc.second; });
    leave_out(
        [](auto& arc) -> auto& { return arc.second; }, [](auto& arc) -> auto& { return arc.first; });
    leave_out_ends();
    return std::move(arcs_);
  }

 private:
  /// Arcs to what is no node and leads nowhere.
  void leave_out_ends() {
    std::vector<std::uint8_t> leads = stays_;
    for (const auto& arc : arcs_) leads[arc.first] = 1;
    std::erase_if(arcs_, [&](const auto& arc) { return leads[arc.second] == 0; });
  }

  /// What has one arc at one end, `near`: those at the other end take its place.
  template <class Near, class Far>
  void leave_out(Near near, Far far) {
    std::ranges::fill(passed_, kOther);
    for (auto& arc : arcs_) {
      Vertex& known = passed_[far(arc)];
      known = known == kOther && stays_[far(arc)] == 0 ? near(arc) : far(arc);
    }
    const auto is_left_out = [&](Vertex v) { return passed_[v] != kOther && passed_[v] != v; };
    std::erase_if(arcs_, [&](auto& arc) { return is_left_out(far(arc)); });
    for (auto& arc : arcs_) {
      while (is_left_out(near(arc))) near(arc) = passed_[near(arc)];
    }
  }

  static constexpr Vertex kOther = ~Vertex{0};

  Arcs arcs_;
  std::vector<Vertex> passed_;  ///< the only one at the near end; itself where there are several or it stays
  std::vector<std::uint8_t> stays_;
};

}  // namespace

StepNetwork::StepNetwork(const Graph& graph, const StepGraph& steps)
    : conjunctions(steps.conjunctions),
      next_of(packed_pairs(steps.vertices, Shortening(graph, steps).run())),
      watching(packed_pairs(steps.vertices, watched(steps.conjunctions))) {}

}  // namespace firebreak
