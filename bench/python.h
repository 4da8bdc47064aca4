#pragma once

#include <string>
#include <vector>

namespace firebreak::bench {

struct PythonRun {
  std::string missing;  ///< why there is no output; empty when there is
  std::string output;
};

/// Runs a script of this folder that needs a Debian package, for which it exits with 3 when it is not there.
[[nodiscard]] PythonRun run_python(const std::string& script, const std::string& package,
                                   const std::vector<std::string>& words);

}  // namespace firebreak::bench
