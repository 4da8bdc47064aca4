#pragma once

#include "firebreak/builder.h"

#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"

namespace firebreak {

/// Declares all that a JSON file holds, in source order. Cost: linear; no more memory than one declaration takes.
void read_json(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults);

}  // namespace firebreak
