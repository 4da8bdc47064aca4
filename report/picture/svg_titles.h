#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace firebreak::report {

/// The SVG Graphviz wrote, made fit to stand in a page or a repository: no comments (they hold the version), no
/// document type, no ids that could meet others, and the `<title>` of each part is the text given for its id, escaped,
/// which browsers show as a tooltip. `title` also becomes the name of the picture for screen readers. Cost: linear.
[[nodiscard]] std::string with_titles(std::string_view svg,
                                      const std::unordered_map<std::string, std::string>& title_of,
                                      std::string_view title);

}  // namespace firebreak::report
