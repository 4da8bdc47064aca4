// Any bytes as a TOML file: they load or are refused; what loads survives being written, read and formatted.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firebreak;
  const Loaded loaded = fuzz::read("fuzz.toml", {reinterpret_cast<const char*>(data), size});
  fuzz::check_rendering(loaded);
  if (!loaded.topology) return 0;
  fuzz::check_writing(*loaded.topology);
  const std::string_view text = loaded.sources[FileId(0)].text;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') fuzz::check_formatting(loaded);
  return 0;
}
