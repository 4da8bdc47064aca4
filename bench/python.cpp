#include "bench/python.h"

#include <fmt/format.h>

#include "bench/process.h"

namespace firebreak::bench {

PythonRun run_python(const std::string& script, const std::string& package, const std::vector<std::string>& words) {
  /// Where Debian's libraries are for; another Python may come first on the path.
  constexpr const char* kPython = "/usr/bin/python3";
  constexpr unsigned kMostSeconds = 600;
  constexpr unsigned kMostMegabytes = 16'000;
  std::vector<std::string> line = {kPython, std::string(FIREBREAK_BENCH_FOLDER) + "/" + script};
  line.insert(line.end(), words.begin(), words.end());
  const Ended ended = run(line, Listen::output, kMostSeconds, kMostMegabytes);
  if (ended.code == 0) return {{}, ended.output};
  if (ended.code == 3) return {fmt::format("left out: apt-get install {}", package), {}};
  return {fmt::format("left out: it did not end within {} s and {} MB", kMostSeconds, kMostMegabytes), {}};
}

}  // namespace firebreak::bench
