// Any bytes as a JSON file: they load or are refused; what loads survives being written and read.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firebreak;
  const Loaded loaded = fuzz::read("fuzz.json", {reinterpret_cast<const char*>(data), size});
  fuzz::check_rendering(loaded);
  if (loaded.topology) fuzz::check_writing(*loaded.topology);
  return 0;
}
