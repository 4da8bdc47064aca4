#include <string>

#include "firebreak/load.h"

#include "topology/format/describe.h"
#include "topology/format/toml_layout.h"

namespace firebreak {

std::string write_toml(const Topology& topology) {
  TomlLayout layout;
  const auto meta = topology.other_meta.find("topology");
  layout.add(describe_header(topology.name, meta == topology.other_meta.end() ? nullptr : &meta->second));
  describe(topology, [&](const Thing& thing) { layout.add(thing); });
  return layout.finish();
}

}  // namespace firebreak
