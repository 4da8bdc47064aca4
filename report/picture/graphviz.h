#pragma once

#include <optional>
#include <string>

#include "firebreak/report.h"

#include "report/picture/picture.h"

/// Graphviz. It is not safe for threads, may take very long, may die, and lays out the same graph alike only the first
/// time in a process: so call each of these functions in a process of its own (run_in_child). They print nothing.
namespace firebreak::report {

/// How dot is to go about a picture.
struct LayoutPlan {
  std::string effort = "1";       ///< at untangling arrows (mclimit)
  std::string distance = "0.18";  ///< between nodes of one column, in inches (nodesep)
};

/// How many thick arrows pass behind nodes that are not theirs once the picture is laid out; nothing when Graphviz
/// refuses.
[[nodiscard]] std::optional<int> hidden_chains(const Picture& picture, const LayoutPlan& plan);

/// The picture as a file of one of the formats dot (attributes, no layout), svg, png, pdf; nothing when Graphviz
/// refuses or lacks the format. The bytes of dot and svg depend on picture and plan alone.
[[nodiscard]] std::optional<std::string> render(const Picture& picture, Format format, const LayoutPlan& plan);

}  // namespace firebreak::report
