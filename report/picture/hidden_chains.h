#pragma once

#include <cgraph.h>

namespace firebreak::report {

/// How many thick arrows pass behind nodes that are not theirs, in a graph that is laid out and has its positions in
/// its attributes. Cost: nodes times thick edges.
[[nodiscard]] int hidden_chains(Agraph_t* graph);

}  // namespace firebreak::report
