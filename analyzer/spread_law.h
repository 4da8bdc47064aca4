#pragma once

#include "firebreak/blast.h"

#include "analyzer/mask.h"
#include "analyzer/zone_components.h"

namespace firebreak {

/// A run of the spread law by steps alone, where what is down at once is known: `after` and `fastest` are left empty,
/// and what is not reached is not counted. Cost: as for `blast`.
[[nodiscard]] Blast spread_by_steps(const Mask& mask, const ZoneComponents& components,
                                    const IdVector<NodeId, std::uint8_t>& dark);

}  // namespace firebreak
