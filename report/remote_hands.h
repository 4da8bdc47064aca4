#pragma once

#include "firebreak/report.h"

namespace firebreak::report {

/// Whether the loss of what has a grace is felt by now.
enum class Graces : unsigned char { over, last };

/// Whether a system can be acted on from afar at a moment: it says what it is managed by, and that holds among what
/// works then. `works_from` tells since when each node works, in seconds or in steps of a plan, as the moment. Links
/// and policies count as for any need.
[[nodiscard]] bool can_be_managed(const Subject& subject, NodeId system, const IdVector<NodeId, Seconds>& works_from,
                                  Seconds moment, Graces graces = Graces::over);

}  // namespace firebreak::report
