#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firebreak/ports.h"

namespace firebreak {

/// Appends the ranges a port word means, in any order; false, and nothing appended, when it is no port word.
[[nodiscard]] bool append_ports(std::string_view word, std::vector<PortRange>& ranges);

/// What to write instead of a word that is no port.
[[nodiscard]] std::string port_hint(std::string_view word);

}  // namespace firebreak
