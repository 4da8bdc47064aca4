#pragma once

#include "firebreak/topology.h"

/// The start law: docs/model.md, "Start law".
namespace firebreak::oracle {

using Up = IdVector<NodeId, bool>;

/// What comes up one after the other when only `by_hand` is up at first.
[[nodiscard]] Up started(const Topology& topology, const Up& by_hand);

/// The most that can be up with each of it held up by the rest.
[[nodiscard]] Up self_sustaining(const Topology& topology);

}  // namespace firebreak::oracle
