#pragma once

#include <string>

#include "firebreak/topology.h"
#include "firebreak/workers.h"

#include "bench/generator.h"
#include "bench/measure.h"

namespace firebreak::bench {

/// Writes an estate as bench/generator.h makes it, and returns the path; ends the program when there is no room.
[[nodiscard]] std::string write_made_up(const Folder& folder, const GeneratorOptions& options);

/// Reads a topology; ends the program when that fails.
[[nodiscard]] Topology read_made_up(const std::string& path, Helper* helper = nullptr);

}  // namespace firebreak::bench
