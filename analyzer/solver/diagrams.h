#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "firebreak/patience.h"

namespace firebreak::solver {

/// A node of a decision diagram by number. Numbers 0 and 1 are the ends; what a node leads to has a smaller number.
using DiagramId = std::uint32_t;
inline constexpr DiagramId kNoDiagram = ~DiagramId{0};
inline constexpr std::uint32_t kEndLevel = ~std::uint32_t{0};

struct DiagramNode {
  std::uint32_t level = kEndLevel;  ///< smaller than those of what it leads to
  DiagramId without = 0;            ///< where the variable of the level does not hold
  DiagramId with = 0;
};

/// The nodes of diagrams, each once.
class DiagramTable {
 public:
  /// At most so many nodes, and as long as there is patience.
  explicit DiagramTable(std::size_t most, Patience patience = {});

  [[nodiscard]] const DiagramNode& operator[](DiagramId node) const { return nodes_[node]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  /// The node with these; none where that would be one too many, or patience has run out. Cost: constant on average.
  [[nodiscard]] DiagramId node(std::uint32_t level, DiagramId without, DiagramId with);

 private:
  [[nodiscard]] std::size_t slot(std::uint32_t level, DiagramId without, DiagramId with) const;
  void grow();

  std::size_t most_;
  Patience patience_;
  std::vector<DiagramNode> nodes_;
  std::vector<DiagramId> slots_;  ///< 0 = free
};

/// What was worked out of two diagrams; forgets when something else takes the place.
class DiagramCache {
 public:
  DiagramCache();

  /// None when it is not known.
  [[nodiscard]] DiagramId find(DiagramId a, DiagramId b) const {
    const Entry& entry = entries_[place(a, b)];
    return entry.a == a && entry.b == b ? entry.result : kNoDiagram;
  }
  void remember(DiagramId a, DiagramId b, DiagramId result) { entries_[place(a, b)] = {a, b, result}; }

  /// Makes room for what that many nodes need.
  void fit(std::size_t nodes);

 private:
  struct Entry {
    DiagramId a = kNoDiagram;
    DiagramId b = kNoDiagram;
    DiagramId result = 0;
  };
  [[nodiscard]] std::size_t place(DiagramId a, DiagramId b) const;

  std::vector<Entry> entries_;
};

/// Monotone Boolean functions as ordered binary decision diagrams; 0 never holds, 1 always. Bryant, "Graph-based
/// algorithms for Boolean function manipulation" (1986). Nothing recurses, however many levels there are.
class Decisions {
 public:
  explicit Decisions(std::size_t most_nodes, Patience patience = {}) : table_(most_nodes, std::move(patience)) {}

  [[nodiscard]] const DiagramTable& table() const { return table_; }

  /// The variable of a level.
  [[nodiscard]] DiagramId variable(std::uint32_t level) { return table_.node(level, 0, 1); }
  /// One of the two, or both, hold. None when there is no more room.
  [[nodiscard]] DiagramId either(DiagramId a, DiagramId b) { return combine(a, b, either_, 1, 0); }
  [[nodiscard]] DiagramId both(DiagramId a, DiagramId b) { return combine(a, b, both_, 0, 1); }
  /// At least so many hold. None when there is no more room. Cost: members times threshold of the above.
  [[nodiscard]] DiagramId at_least(std::size_t threshold, std::vector<DiagramId> members);

 private:
  struct Frame {
    DiagramId a;
    DiagramId b;
    std::uint32_t level;
    DiagramId without;
    std::uint8_t stage;
  };

  [[nodiscard]] DiagramId combine(DiagramId a, DiagramId b, DiagramCache& cache, DiagramId absorbing,
                                  DiagramId neutral);

  DiagramTable table_;
  DiagramCache either_;
  DiagramCache both_;
  std::vector<Frame> frames_;
};

}  // namespace firebreak::solver
