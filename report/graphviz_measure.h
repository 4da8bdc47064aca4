#pragma once

#include <cgraph.h>

#include "report/graphviz.h"

namespace firebreak::report {

/// Measures a graph that is laid out and has its positions in its attributes. Cost: nodes times thick edges.
[[nodiscard]] LayoutMeasure measure_of(Agraph_t* graph);

}  // namespace firebreak::report
