#pragma once

#include <span>
#include <vector>

#include "firebreak/tighten.h"

namespace firebreak {

/// One change that could be suggested.
struct Candidate {
  Tightening change;       ///< without what it brings
  RuleIndex at;            ///< remove_rule, narrow_rule
  std::size_t policy = 0;  ///< deny_by_default: index in FlowRelation::policies
  double pairs = 0;        ///< of places it speaks of, about
};

/// Rules and defaults that decide nothing that requires demand, nor what a need uses that does not state where its
/// traffic starts; zones inside which nothing is demanded: the simplest
/// kind of change first, then in source order. Cost: per need the rules that match its two places; where traffic starts
/// in a zone, the same for each place in it; per demand, its classes of places times each other.
[[nodiscard]] std::vector<Candidate> tightening_candidates(const Graph& graph, std::span<const FlowDemand> demands);

}  // namespace firebreak
