#pragma once

#include <cstdint>

#include "firebreak/topology.h"

#include "tests/support/world.h"

namespace firebreak::support {

/// A topology like that of the world after up to four changes, the same for a seed on every machine: declarations that
/// are gone, new, or as in another random world of the same ids; rules that are gone or stand elsewhere.
[[nodiscard]] Topology changed(const World& world, std::uint64_t seed);

}  // namespace firebreak::support
