#pragma once

#include <cgraph.h>

namespace firebreak::report {

/// Numbers the parts of a graph in the order in which they are named, for agopen. cgraph's own numbers are addresses of
/// strings, and Graphviz draws boxes in the order of their numbers: pictures would differ from run to run.
[[nodiscard]] Agdisc_t* numbered_in_order();

}  // namespace firebreak::report
