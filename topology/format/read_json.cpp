#include "topology/format/read_json.h"

#include "topology/format/decode.h"
#include "topology/format/json_reader.h"

namespace firebreak {

void read_json(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults) {
  JsonReader reader(file, faults);
  Decoding<JsonReader> decoding{reader, builder, faults, header, {}, {}};
  JsonValue root = reader.root();
  decode(decoding, root);
  root.skip();
  reader.finish();
}

}  // namespace firebreak
