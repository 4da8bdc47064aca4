#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/diagrams.h"

namespace firebreak::solver {

/// Families of sets, none of which holds another and none of which is larger than a bound, as zero-suppressed decision
/// diagrams: 0 is no set at all, 1 the empty set alone. Nothing recurses, however many levels there are.
class BoundedFamilies {
 public:
  /// A family, and whether it may lack sets because they are larger than the bound.
  struct Result {
    DiagramId family = 0;  ///< none when there was no more room
    bool cut = false;
  };

  BoundedFamilies(std::size_t most_size, std::size_t most_nodes, const Patience& patience);

  [[nodiscard]] const DiagramTable& table() const { return table_; }

  /// The set of the variable of a level.
  [[nodiscard]] Result variable(std::uint32_t level) { return {node(level, 0, 1), false}; }
  /// The sets of both that hold no other.
  [[nodiscard]] Result either(Result a, Result b);
  /// A set of each put together: of all that come of it, those that hold no other.
  [[nodiscard]] Result both(Result a, Result b);
  /// A set of each of so many members put together, likewise. Cost: members times threshold of the above.
  [[nodiscard]] Result at_least(std::size_t threshold, std::vector<Result> members);

 private:
  enum class Step : std::uint8_t { either, both, without, bound };
  /// Something to work out: `without` leaves the sets of `a` that hold none of `b`, `bound` those of `a` that are not
  /// too large. `most` is how large sets may be.
  struct Call {
    Step step;
    DiagramId a;
    DiagramId b;
    std::uint8_t most;
  };
  struct Frame {
    Call call;
    std::uint8_t stage = 0;
    bool cut = false;
    DiagramId first = 0;
    DiagramId second = 0;
  };
  /// Where the sets of a call part.
  struct Parting {
    std::uint32_t level;
    DiagramId a0, a1, b0, b1;
    bool in_a, in_b;
  };

  [[nodiscard]] DiagramId node(std::uint32_t level, DiagramId without, DiagramId with);
  [[nodiscard]] Result run(const Call& call);
  /// Whether the result is known at once; else a frame is put up for it.
  [[nodiscard]] bool begin(Call call);
  [[nodiscard]] bool known(const Call& call);
  [[nodiscard]] bool answer(DiagramId family, bool cut);
  [[nodiscard]] Parting part(const Call& call) const;
  /// One step of the frame on top: the next call, or the result.
  [[nodiscard]] bool advance();
  [[nodiscard]] bool go_either(Frame& frame, const Parting& at);
  [[nodiscard]] bool go_both(Frame& frame, const Parting& at);
  [[nodiscard]] bool go_without(Frame& frame, const Parting& at);
  [[nodiscard]] bool go_bound(Frame& frame, const Parting& at);
  [[nodiscard]] bool finish(DiagramId family);
  [[nodiscard]] DiagramCache& cache(const Call& call) { return caches_[static_cast<std::size_t>(call.step)]; }
  [[nodiscard]] static DiagramId key(const Call& call);

  std::uint8_t most_;
  DiagramTable table_;
  std::vector<std::uint8_t> smallest_;  ///< set of each family
  std::vector<std::uint8_t> largest_;
  std::array<DiagramCache, 4> caches_;  ///< by step
  std::vector<Frame> frames_;
  Result result_;
};

}  // namespace firebreak::solver
