#pragma once

#include "firebreak/builder.h"
#include "firebreak/workers.h"

#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"

namespace firebreak {

/// Declares all that a JSON file holds, in source order; a helper declares one batch while the next is read. Cost:
/// linear; no more memory than two batches take, or without a helper one declaration.
void read_json(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults, Helper* helper);

}  // namespace firebreak
