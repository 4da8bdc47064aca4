#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace firebreak::bench {

/// How another program ended.
struct Ended {
  double processor = 0;     ///< seconds of processor time, its own and the system's for it
  double elapsed = 0;       ///< seconds by the clock
  long megabytes = 0;       ///< the most memory it had
  std::optional<int> code;  ///< its exit code; none when it was ended by a signal, as for too much time
  std::string output;       ///< what it wrote to its standard output, or to standard error
};

enum class Listen : std::uint8_t { output, errors };

/// Runs a program with its arguments to its end, at most so many seconds of processor time and megabytes of memory, and
/// keeps what it writes to one of its two outputs. The code is 127 when there is no such program.
[[nodiscard]] Ended run(const std::vector<std::string>& words, Listen listen, unsigned seconds, unsigned megabytes);

}  // namespace firebreak::bench
