#pragma once

#include <functional>
#include <span>
#include <string>

#include "cli/interruption.h"

namespace firebreak::cli {

/// What surrounds one call of the program, as far as it changes what is written.
struct Surroundings {
  bool output_is_terminal = false;
  bool error_is_terminal = false;
  bool no_colour = false;        ///< NO_COLOR is set and not empty
  std::size_t columns = 100;     ///< of the terminal
  std::string* input = nullptr;  ///< what stands for standard input in tests; null = the real one
  /// Writes on standard output at once, for answers without end; 0, or the number of the error: EPIPE when nobody reads
  /// it any more. What was written this way is not in the outcome. May be empty.
  std::function<int(std::string_view)> write;
  std::function<void(std::string_view)> progress;  ///< writes on standard error at once; may be empty
  Interruption* interruption = nullptr;            ///< may be null
};

/// What one call wrote and its exit code: 0 answered, 1 the answer is no, 2 could not answer, 3 answered in part, 70 a
/// fault of the program.
struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs one command line (without the program's name). No exception leaves; files named by -o are written whole or not
/// at all.
[[nodiscard]] Outcome run(std::span<const std::string> arguments, const Surroundings& surroundings);

}  // namespace firebreak::cli
