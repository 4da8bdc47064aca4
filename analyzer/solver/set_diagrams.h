#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/diagrams.h"

namespace firebreak::solver {

/// Families of minimal sets as zero-suppressed diagrams (Minato, "Zero-suppressed BDDs for set manipulation in
/// combinatorial problems", 1993): no set of a family holds another one of it. 0 is the family without a set, 1 that of
/// the empty set alone. What is put together is made minimal at once. Nothing recurses, however many levels there are.
class SetDiagrams {
 public:
  /// At most so many nodes, a number of steps in proportion, and as long as there is patience.
  explicit SetDiagrams(std::size_t most_nodes, const Patience& patience = {});

  [[nodiscard]] const DiagramTable& table() const { return table_; }

  /// The variable of a level alone.
  [[nodiscard]] DiagramId variable(std::uint32_t level) { return table_.node(level, 0, 1); }
  /// The minimal ones among the sets of the two. None when there is no more room.
  [[nodiscard]] DiagramId either(DiagramId a, DiagramId b) { return work_out(Task::either, a, b); }
  /// The minimal ones among the unions of a set of one and a set of the other. None when there is no more room.
  [[nodiscard]] DiagramId both(DiagramId a, DiagramId b) { return work_out(Task::both, a, b); }
  /// Those minimal ones that hold a set each of so many. None when there is no more room.
  [[nodiscard]] DiagramId at_least(std::size_t threshold, std::vector<DiagramId> members);

 private:
  enum class Task : std::uint8_t {
    either,
    both,
    excluded,  ///< the sets of the first that hold none of the second
  };
  struct Frame {
    Task task;
    std::uint8_t stage;
    std::uint32_t level;
    DiagramId a;
    DiagramId b;
    DiagramId without = 0;  ///< of the result
    DiagramId part = 0;     ///< of what the result leads to with the variable
  };
  /// What a diagram leads to at a level.
  struct Ways {
    DiagramId without;
    DiagramId with;
  };

  [[nodiscard]] DiagramId work_out(Task task, DiagramId a, DiagramId b);
  /// Whether the result is known at once; else a frame is put up for it.
  bool begin(Task task, DiagramId a, DiagramId b);
  /// Likewise, without looking at what is remembered.
  [[nodiscard]] bool known(Task task, DiagramId& a, DiagramId& b);
  /// Begins the next part of the upmost frame.
  void go_on();
  [[nodiscard]] bool may_go_on();
  [[nodiscard]] DiagramId set_node(std::uint32_t level, DiagramId without, DiagramId with);
  [[nodiscard]] Ways ways(DiagramId d, std::uint32_t level) const;
  [[nodiscard]] DiagramCache& cache(Task task) { return caches_[static_cast<std::size_t>(task)]; }

  DiagramTable table_;
  Patience patience_;
  std::size_t steps_left_;
  std::array<DiagramCache, 3> caches_;  ///< by task
  std::vector<Frame> frames_;
  DiagramId result_ = 0;
};

}  // namespace firebreak::solver
