#pragma once

#include "topology/builder/builder_state.h"
#include "topology/selector_reader.h"

namespace firebreak {

/// Turns every name into the id it stands for, and every selector and flow from its text into what it means. What
/// stands for nothing that fits is reported; its names are left at none, its selectors meaningless.
void resolve_names(Declarations& declarations, SelectorReader& reader);

}  // namespace firebreak
