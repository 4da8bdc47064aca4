#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/scenario.h"

namespace firebreak {

using GroupId =
    Id<struct GroupTag>;  ///< a class of places, split further by what the blocks and allows of a scenario tell apart

/// All places under a scenario, those together that no flow tells apart.
struct FlowGroups {
  IdVector<GroupId, FlowClassId> base;            ///< the class a group is part of
  Packed<GroupId, NodeId> members;                ///< in source order, never empty
  IdVector<NodeId, GroupId> group_of;             ///< none for what has no place
  IdVector<FlowClassId, std::uint32_t> first_of;  ///< groups of class c: first_of[c] .. first_of[c + 1]

  [[nodiscard]] std::size_t size() const { return base.size(); }
  [[nodiscard]] NodeId sample(GroupId g) const { return members[g].front(); }
  [[nodiscard]] IdRange<GroupId> of_class(FlowClassId c) const {
    return {first_of[c], first_of[FlowClassId(c.index() + 1)]};
  }
};

/// Cost: linear in places, and in the places that blocks and allows name.
[[nodiscard]] FlowGroups group_places(const Graph& graph, const Scenario& scenario);

}  // namespace firebreak
