#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "analyzer/solver/diagrams.h"

namespace firebreak::solver {

/// The diagram of "at least so many of these hold", by diagrams that can be put together with `both` and `either`. None
/// when there is no more room. The members are sorted. Cost: members times threshold of these.
template <class Diagrams>
[[nodiscard]] DiagramId at_least_of(Diagrams& diagrams, std::size_t threshold, std::span<DiagramId> members) {
  // What lies deepest comes first, so that what is put together last is near the top.
  std::ranges::sort(members, std::greater<>(), [&](DiagramId m) { return std::pair(diagrams.table()[m].level, m); });
  std::vector<DiagramId> held(threshold + 1, 0);  // by count: at least so many of those seen
  held[0] = 1;
  std::size_t left = members.size();
  for (const DiagramId member : members) {
    --left;
    for (std::size_t count = threshold; count > 0; --count) {
      if (count + left < threshold) break;  // too few are still to come
      const DiagramId one_more = diagrams.both(member, held[count - 1]);
      if (one_more == kNoDiagram) return kNoDiagram;
      held[count] = diagrams.either(held[count], one_more);
      if (held[count] == kNoDiagram) return kNoDiagram;
    }
  }
  return held[threshold];
}

}  // namespace firebreak::solver
