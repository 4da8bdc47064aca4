#pragma once

#include <string>

namespace firebreak::report {

/// The JSON Schema of the topology format, in draft 4 as the editors of TOML want it, made from
/// the tables of keys that the readers go by, so that it knows exactly the keys they know. What a schema cannot say
/// (ids that must exist, ports that must be ports) stays with the readers.
[[nodiscard]] std::string topology_schema();

}  // namespace firebreak::report
