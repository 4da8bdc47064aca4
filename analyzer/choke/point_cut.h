#pragma once

#include <functional>
#include <span>
#include <vector>

#include "analyzer/choke/ways.h"
#include "analyzer/solver/cheapest.h"
#include "analyzer/solver/scale.h"

namespace firebreak {

/// The points of ways that may be taken away, and what they cost.
class PointCosts {
 public:
  using Cost = solver::Cheapest::Cost;

  /// All must outlive it.
  PointCosts(const Graph& graph, const ChokeOptions& options);

  /// Of a node: whether it may be taken away. Rules and pivots always may.
  [[nodiscard]] bool can_go(NodeId n) const { return can_go_[n] != 0; }
  /// For sums, in which of two cuts that cost the same the one of fewer points is less.
  [[nodiscard]] Cost scaled(const WayPoint& point) const;
  /// What a sum of no more than so many points costs.
  [[nodiscard]] double unscaled(Cost sum, std::size_t points) const { return scale_.least(sum, points).cost; }

 private:
  const Graph& graph_;
  const ChokeOptions& options_;
  IdVector<NodeId, std::uint8_t> can_go_;
  solver::CountedScale scale_;
};

/// Cheapest sets of points without which nothing protected is reached. Steps become clauses when the law takes them
/// though a set was thought to be enough.
class PointCut {
 public:
  /// All must outlive it. `rows` are the steps known; those it learns are added to them.
  PointCut(Ways& ways, const PointCosts& costs, std::vector<WayRow>& rows);

  /// Attackers begin here, too: where it can be taken away, only if it is not; when `held`, in any case.
  void begin_at(NodeId n, bool held);
  /// It must not be reached, nor be taken away.
  void protect(NodeId n);

  /// Satisfiable: there is a cut, and none is cheaper. Undecided: patience has run out.
  [[nodiscard]] solver::Verdict find(const Patience& patience);
  /// What no cut costs less than.
  [[nodiscard]] double bound() const { return costs_.unscaled(cheapest_.bound(), away_.size()); }

  [[nodiscard]] const std::vector<NodeId>& starts() const { return starts_; }
  /// The one found last.
  [[nodiscard]] const std::vector<WayPoint>& cut() const { return cut_; }

  /// Once one was found: from now on those alone that cost the same.
  void settle();

  enum class Side : std::uint8_t { starts, protected_nodes };

  /// Whether there is one without a point of the last that `is_nearer`, given that a node then lies on the other side
  /// of it. What is refused is not found again; and where there is none, no other is without the point from then on.
  [[nodiscard]] solver::Verdict move(const WayPoint& point, Side side, const std::function<bool()>& is_nearer,
                                     const Patience& patience);

 private:
  [[nodiscard]] solver::Literal away(const WayPoint& point);
  [[nodiscard]] solver::Literal reached(StationId s);
  void add(const WayRow& row);
  [[nodiscard]] bool stops(std::span<const NodeId> starts, std::span<const NodeId> targets);

  Ways& ways_;
  const PointCosts& costs_;
  std::vector<WayRow>& rows_;
  solver::SatSolver sat_;
  solver::Cheapest cheapest_;
  std::vector<NodeId> starts_;
  std::vector<NodeId> protected_;
  IdVector<StationId, std::uint8_t> role_;
  IdVector<StationId, solver::Literal> reached_;
  std::map<WayPoint, solver::Literal> away_;
  bool settled_ = false;
  std::vector<WayPoint> cut_;
};

}  // namespace firebreak
