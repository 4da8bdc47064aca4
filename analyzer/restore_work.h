#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/patience.h"

namespace firebreak {

/// Pieces of work, and what waits for them. One machine does the work, a unit of it in a unit of time.
struct WaitsForWork {
  struct Waiting {
    double weight = 0;
    std::vector<std::uint32_t> pieces;  ///< what must be done before it is over, by number, each once
  };
  std::vector<double> pieces;    ///< how much work each is
  std::vector<Waiting> waiting;  ///< in an order that is good for the weighted sum of their times
};

/// In whatever order the work is done, the sum of weight times time is at least this; how near it is to the least sum
/// depends on the order given. Cost: a maximum flow over pairs of what
/// waits and what they have not in common, and less where that is too large or patience runs out.
[[nodiscard]] double least_weighted_work(const WaitsForWork& waits, const Patience& patience);

}  // namespace firebreak
