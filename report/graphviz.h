#pragma once

#include <optional>
#include <string>

#include "firebreak/report.h"
#include "report/picture.h"

namespace firebreak::report {

/// The picture as a file of one of the formats dot (attributes, no layout), svg, png, pdf; nothing when Graphviz refuses or lacks the format. The bytes of dot and
/// svg depend on the picture alone. Graphviz is not safe for threads, may take very long and may die: call this in a process of its own
/// (run_in_child). Prints nothing.
[[nodiscard]] std::optional<std::string> render(const Picture& picture, Format format);

}  // namespace firebreak::report
