#pragma once

#include "topology/format/decl_queue.h"
#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"

namespace firebreak {

/// Declares all that a JSON file holds, in source order. Cost: linear; no more memory than a batch of declarations
/// takes.
void read_json(const InputFile& file, DeclQueue& queue, Header& header, FileFaults& faults);

}  // namespace firebreak
