#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "firebreak/graph.h"

#include "analyzer/pass_bits.h"
#include "analyzer/step_network.h"

/// From where something is reached, found from there: by plain arcs, so only for starts from which no pivot fires that
/// requires several things (`firing_starts`).
namespace firebreak {

/// Up to PassBits::kCount targets at once, a bit each.
class StepsBack {
 public:
  StepsBack(const Graph& graph, const StepNetwork& network)
      : nodes_(graph.node_count), before_(inverted<Vertex>(network.next_of, network.next_of.size())) {}

  /// Calls `arrive(node, step, bits)` for each step in which a node reaches some of the targets, of which bit i stands
  /// for the i-th, and in fewer steps does not. Steps ascend. Cost: linear in what reaches them, for each step it
  /// takes.
  template <class Arrive>
  void run(std::span<const NodeId> targets, Arrive arrive) {
    known_.assign(before_.size(), PassBits());
    fresh_.assign(before_.size(), PassBits());
    coming_.clear();
    for (std::size_t i = 0; i < targets.size(); ++i) put(targets[i].index(), bit(i));
    for (std::uint32_t step = 1; !coming_.empty(); ++step) {
      // All of them are taken first: one may lead to another, which is then come to in the next step once more.
      std::vector<std::pair<Vertex, PassBits>> now;
      for (const Vertex v : std::exchange(coming_, {})) now.emplace_back(v, std::exchange(fresh_[v], PassBits()));
      for (const auto& [v, bits] : now) leave(v, bits);
      while (!passing_.empty()) {
        const Vertex v = passing_.back();
        passing_.pop_back();
        leave(v, std::exchange(fresh_[v], PassBits()));
      }
      for (const Vertex v : coming_) arrive(NodeId(v), step, fresh_[v]);
    }
  }

 private:
  [[nodiscard]] static PassBits bit(std::size_t i) {
    PassBits bits;
    bits.set(i);
    return bits;
  }

  void put(Vertex v, const PassBits& more) {
    known_[v].add(more);
    if (!fresh_[v].any()) (v < nodes_ ? coming_ : passing_).push_back(v);
    fresh_[v].add(more);
  }

  void leave(Vertex v, const PassBits& bits) {
    for (const Vertex from : before_[v]) {
      const PassBits more = bits.without(known_[from]);
      if (more.any()) put(from, more);
    }
  }

  std::size_t nodes_;
  Packed<Vertex, Vertex> before_;
  std::vector<PassBits> known_;
  std::vector<PassBits> fresh_;  ///< of known_: not handed on yet
  std::vector<Vertex> coming_;   ///< nodes of the next step
  std::vector<Vertex> passing_;  ///< what is no node, of this step
};

/// How long it takes at least to get to a target, by the efforts of all steps.
class TimesBack {
 public:
  /// Of a graph of steps that was made with efforts.
  explicit TimesBack(const StepGraph& steps);

  /// By vertex, kNever where none gets there; valid until the next call. Cost: n log n in the arcs that lead there.
  [[nodiscard]] const std::vector<Seconds>& to(NodeId target);

 private:
  struct Before {
    Vertex from;
    StatedTime effort;
  };
  Packed<Vertex, Before> before_;
  std::vector<Seconds> times_;
};

}  // namespace firebreak
