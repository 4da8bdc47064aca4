#pragma once

#include "topology/builder/builder_state.h"
#include "topology/selector_reader.h"

namespace firebreak {

/// Reports what is impossible about names that each can stand where they do: circles of parents and hosts, links from a
/// zone to itself; and warns of what is there but odd: addresses outside their zone, nodes that need themselves.
void judge_model(Declarations& declarations);

/// Warns of what is missing: selectors that mean nothing, isolations without effect, zones without a use. Only for a
/// topology without errors, since an error would make things look missing.
void warn_of_gaps(Declarations& declarations, SelectorReader& reader);

}  // namespace firebreak
