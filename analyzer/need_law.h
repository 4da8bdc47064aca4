#pragma once

#include "firebreak/impact.h"

#include "analyzer/mask.h"

namespace firebreak {

/// The need law under a mask that is there already.
[[nodiscard]] NeedRun run_need(const Mask& mask);

}  // namespace firebreak
