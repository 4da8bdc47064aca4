#include "bench/measure.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace firebreak::bench {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "firebreak-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::exit(2);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name) << text;
  return path(name);
}

}  // namespace firebreak::bench
