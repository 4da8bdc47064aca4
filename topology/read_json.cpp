#include "topology/read_json.h"

#include "topology/decode.h"
#include "topology/json_reader.h"

namespace firebreak {

void read_json(const InputFile& file, TopologyBuilder& builder, Header& header, FileFaults& faults) {
  JsonReader reader(file.text, file.ascii, faults);
  Decoding<JsonReader> decoding{reader, builder, faults, header, {}, {}};
  JsonValue root = reader.root();
  decode(decoding, root);
  root.skip();
  reader.finish();
}

}  // namespace firebreak
