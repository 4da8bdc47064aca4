#include "bench/made_up.h"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "firebreak/load.h"

namespace firebreak::bench {

std::string write_made_up(const Folder& folder, const GeneratorOptions& options) {
  std::string path = folder.path("estate.json");
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  const bool written = file != nullptr && write_estate(options, file);
  if (file == nullptr || std::fclose(file) != 0 || !written) {
    fmt::print(stderr, "cannot write {}\n", path);
    std::exit(2);
  }
  return path;
}

Topology read_made_up(const std::string& path, Helper* helper) {
  const std::vector<std::string> paths = {path};
  Loaded loaded = load(paths, helper);
  if (!loaded.topology) {
    fmt::print(stderr, "cannot read {}\n", path);
    std::exit(2);
  }
  return std::move(*loaded.topology);
}

}  // namespace firebreak::bench
