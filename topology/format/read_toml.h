#pragma once

#include <cstddef>

#include "firebreak/builder.h"

#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"

namespace firebreak {

/// The largest TOML file that is read, in bytes: 256 MiB.
inline constexpr std::size_t kMaxTomlSize = std::size_t{256} << 20U;

/// Declares all that a TOML file holds, in source order over all kinds. Cost: linear in the file, once more for each
/// syntax fault.
void read_toml(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults);

}  // namespace firebreak
