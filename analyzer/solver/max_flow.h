#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "firebreak/patience.h"

namespace firebreak::solver {

/// A network of arcs with capacities, and the most that flows through it: Dinic, "Algorithm for solution of a problem
/// of maximum flow in networks with power estimation" (1970).
class FlowNetwork {
 public:
  using Vertex = std::uint32_t;
  using Amount = std::uint64_t;
  static constexpr Amount kUnlimited = std::numeric_limits<Amount>::max() / 2;

  static constexpr std::size_t kFewWays = 1000;

  /// After so many ways that were looked for one by one, there are many.
  explicit FlowNetwork(std::size_t vertices, std::size_t few_ways = kFewWays)
      : vertices_(vertices), few_ways_(few_ways) {}

  Vertex add_vertex() { return static_cast<Vertex>(vertices_++); }
  [[nodiscard]] std::size_t vertices() const { return vertices_; }

  /// All capacities that are not unlimited together must stay below kUnlimited.
  void add_arc(Vertex from, Vertex to, Amount capacity) { given_.push_back({from, to, capacity}); }

  /// The most that flows from the source to another vertex, the sink; kUnlimited where an unlimited way joins them. To
  /// be called once, when all arcs are there. False in `complete`: patience has run out, and this much flows at the
  /// least. Cost: in the worst case vertices times vertices times arcs; in practice a few looks at those arcs that lie
  /// on some way from the source to the sink.
  [[nodiscard]] Amount maximise(Vertex source, Vertex sink, const Patience& patience = {});
  [[nodiscard]] bool complete() const { return complete_; }

  /// After that, unless it is unlimited: the source's side of the minimum cut that lies nearest to it, or nearest to
  /// the sink. By vertex.
  [[nodiscard]] std::vector<std::uint8_t> side_near_source() const;
  [[nodiscard]] std::vector<std::uint8_t> side_near_sink() const;

 private:
  struct Given {
    Vertex from;
    Vertex to;
    Amount capacity;
  };
  using ArcIndex = std::uint32_t;
  struct Arc {
    Vertex to;
    ArcIndex back;  ///< the same in the other direction
    Amount left;    ///< so much more can flow
  };

  /// One end of a search for a way.
  struct End {
    std::vector<Vertex> open;         ///< in the order they were found
    std::size_t at = 0;               ///< the next to be looked at
    std::vector<ArcIndex> by;         ///< by vertex: the arc by which it was found
    std::vector<std::uint32_t> seen;  ///< by vertex: the last search that found it
  };

  void make_arcs();
  template <bool from_source>
  [[nodiscard]] bool is_open(ArcIndex a) const {
    return (from_source ? arcs_[a].left : arcs_[arcs_[a].back].left) != 0;
  }
  /// What can still be come to from the source, or can still come to the sink. By vertex.
  template <bool from_source>
  [[nodiscard]] std::vector<std::uint8_t> found_from(Vertex end) const;
  void begin(End& end, Vertex v) const;
  [[nodiscard]] Vertex meet();
  [[nodiscard]] Amount fill(std::span<const ArcIndex> way);
  [[nodiscard]] Amount push_between();
  template <bool from_source>
  [[nodiscard]] Vertex step(End& end, const End& other) const;
  [[nodiscard]] bool level_vertices();
  [[nodiscard]] Amount push_one();

  std::size_t vertices_;
  std::size_t few_ways_;
  std::vector<Given> given_;
  std::vector<ArcIndex> first_;  ///< arcs of v: arcs_[first_[v]] .. arcs_[first_[v + 1]]
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> level_;  ///< arcs still to go to the sink
  std::vector<ArcIndex> next_;        ///< by vertex: arcs before this one lead nowhere
  std::vector<ArcIndex> way_;
  End source_end_;
  End sink_end_;
  std::uint32_t search_ = 0;
  std::vector<Vertex> open_;
  Vertex source_ = 0;
  Vertex sink_ = 0;
  bool complete_ = true;
};

}  // namespace firebreak::solver
