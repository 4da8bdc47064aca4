#pragma once

#include <string>
#include <vector>

#include "cli/question.h"

namespace firebreak::cli {

/// What may be lost, in the order of the topology: the words are kinds (systems, sites, links and so on; zones where
/// they may be lost as a whole), ids and selectors. Without words, every system, site and link. Refused when a word
/// means nothing.
[[nodiscard]] std::vector<NodeId> losses_of(const Question& question, const std::vector<std::string>& words,
                                            bool zones = false);

}  // namespace firebreak::cli
