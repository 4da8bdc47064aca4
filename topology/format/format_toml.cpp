/// The file is laid out twice: first to learn where comments can stand, then with the comments given to the nearest
/// such place.
#include <string>
#include <vector>

#include "firebreak/builder.h"
#include "firebreak/load.h"

#include "topology/format/describe.h"
#include "topology/format/file_faults.h"
#include "topology/format/header.h"
#include "topology/format/input_file.h"
#include "topology/format/read_toml.h"
#include "topology/format/toml_comments.h"
#include "topology/format/toml_layout.h"
#include "topology/utf8.h"

namespace firebreak {
namespace {

/// What the `[topology]` table of one file says.
Thing own_header(const SourceFile& source, FileId file) {
  TopologyBuilder builder;
  Header header;
  LostInput lost;
  std::vector<Diagnostic> list;
  FileFaults faults(list, lost, file);
  read_toml({file, source.text, is_ascii(source.text)}, builder, header, faults);
  return describe_header(header.name(), header.meta());
}

}  // namespace

std::string format_toml(const Loaded& loaded, FileId file) {
  const SourceFile& source = loaded.sources[file];
  if (!loaded.topology) return source.text;
  TomlComments comments(source.text);
  const auto lay_out = [&](TomlLayout& layout) {
    if (comments.has_table("topology")) layout.add(own_header(source, file));
    const auto add = [&](const Thing& thing) {
      if (thing.at.file == file) layout.add(thing);
    };
    describe(*loaded.topology, add, &comments.keys());
  };
  TomlLayout trial(comments);
  lay_out(trial);
  comments.settle(trial.places());
  TomlLayout layout(comments);
  lay_out(layout);
  return layout.finish();
}

}  // namespace firebreak
