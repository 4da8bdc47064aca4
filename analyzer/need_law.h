#pragma once

#include "analyzer/mask.h"
#include "firebreak/impact.h"

namespace firebreak {

/// The need law under a mask that is there already.
[[nodiscard]] NeedRun run_need(const Mask& mask);

}  // namespace firebreak
