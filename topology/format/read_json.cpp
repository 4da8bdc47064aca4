#include "topology/format/read_json.h"

#include "topology/format/decode.h"
#include "topology/format/json_reader.h"

namespace firebreak {

void read_json(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults, Helper* helper) {
  JsonReader reader(file, faults);
  DeclQueue queue(builder, helper, file.id);
  Decoding<JsonReader> decoding{reader, queue, faults, header, {}};
  JsonValue root = reader.root();
  decode(decoding, root);
  root.skip();
  reader.finish();
  queue.finish(reader);
}

}  // namespace firebreak
