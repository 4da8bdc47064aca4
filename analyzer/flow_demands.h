#pragma once

#include <vector>

#include "firebreak/graph.h"

namespace firebreak {

/// A flow that a need states: policies must permit all of the ports for it.
struct NeededFlow {
  LeafId leaf;
  NodeId from;
  NodeId to;
  PortSetId ports;  ///< none = not stated: which ports it uses is not known
};

/// The flows of all needs whose two ends are places in zones, in source order. Those that no policy can sever, such as
/// the needs of links, are not among them.
[[nodiscard]] std::vector<NeededFlow> needed_flows(const Graph& graph);

}  // namespace firebreak
