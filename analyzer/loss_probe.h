#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/impact.h"

namespace firebreak {

/// What else fails, in the end, when something more is lost than in a run that is known: asked again and again, each
/// time at the cost of what fails. Or what else works no longer.
class LossProbe {
 public:
  enum class Effect : std::uint8_t { fails, works_no_longer };

  /// Cost: linear in the need relation. The graph must outlive it.
  LossProbe(const Graph& graph, const NeedRun& base, Effect effect = Effect::fails);

  /// The vertices that fail when these nodes are off and these needs are severed besides, and do not in the run, in the
  /// order they fail; those off among them. Valid until the next call. Cost: linear in what fails and what that is
  /// needed by.
  [[nodiscard]] std::span<const VertexId> lose(std::span<const NodeId> off, std::span<const LeafId> severed);

  /// A link was among what failed last: then zones may have lost connection, which this does not see, and more may
  /// fail.
  [[nodiscard]] bool lost_links() const { return lost_links_; }

  /// The vertices that lost something in the last question, and stood it; and how many inputs each lost.
  [[nodiscard]] std::span<const VertexId> touched() const { return touched_; }
  [[nodiscard]] bool stood(VertexId v) const { return fell_[v] != question_; }
  [[nodiscard]] std::uint32_t inputs_lost(VertexId v) const { return open_[v] - left_[v]; }
  /// How many inputs a vertex has to lose until it fails; 0 = it never does by them, or has in the run.
  [[nodiscard]] std::uint32_t inputs_to_lose(VertexId v) const { return failed_[v] != 0 ? 0 : open_[v]; }

 private:
  [[nodiscard]] bool counts(const Arc& arc) const { return effect_ == Effect::fails ? !arc.soft : !arc.fallback; }
  [[nodiscard]] bool counts(const Output& arc) const { return effect_ == Effect::fails ? !arc.soft : !arc.fallback; }
  [[nodiscard]] bool is_lost(const NeedRun& base, const Arc& arc) const;
  void fail(VertexId v);
  /// Loses the input that is severed.
  void sever(LeafId leaf);
  /// Whether an input was lost before its provider fails: in the run, or because it is one of those severed.
  [[nodiscard]] bool is_spent(ArcId a, std::span<const LeafId> severed) const;
  /// One input is lost.
  void count(VertexId to);

  const Graph& graph_;
  Effect effect_;
  IdVector<VertexId, std::uint32_t> open_;     ///< inputs whose loss a vertex still stands; 0 = it never fails by them
  IdVector<VertexId, std::uint8_t> failed_;    ///< in the run
  IdVector<ArcId, bool> spent_;                ///< in the run; of those that can be severed
  IdVector<VertexId, std::uint32_t> left_;     ///< the same as open_, in the question at hand
  IdVector<VertexId, std::uint32_t> counted_;  ///< the question that left_ is of
  IdVector<VertexId, std::uint32_t> fell_;     ///< the last question it failed in
  IdVector<LeafId, std::uint32_t> severed_;    ///< the last question it was severed in; empty as long as none was
  std::uint32_t question_ = 0;
  std::vector<VertexId> order_;
  std::vector<VertexId> touched_;
  bool lost_links_ = false;
};

}  // namespace firebreak
