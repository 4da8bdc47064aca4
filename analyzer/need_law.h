#pragma once

#include <span>

#include "firebreak/impact.h"

#include "analyzer/mask.h"

namespace firebreak {

/// The need law under a mask that is there already.
[[nodiscard]] NeedRun run_need(const Mask& mask);

/// The need law with no action, where the policies deny just these needs instead of those they do.
[[nodiscard]] NeedRun run_need_denying(const Graph& graph, std::span<const LeafId> denied);

}  // namespace firebreak
