#include "topology/format/read_json.h"

#include "topology/format/decode.h"
#include "topology/format/json_reader.h"

namespace firebreak {

void read_json(const InputFile& file, DeclQueue& queue, Header& header, FileFaults& faults) {
  JsonReader reader(file, faults);
  Decoding<JsonReader> decoding{reader, queue, faults, header, {}};
  JsonValue root = reader.root();
  decode(decoding, root);
  root.skip();
  reader.finish();
  queue.finish(reader);
}

}  // namespace firebreak
