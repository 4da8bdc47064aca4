#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"
#include "cli/write_file.h"

namespace firebreak::cli {

/// Where an answer without end goes, piece by piece: a file, standard output, or the outcome.
class LineOutput {
 public:
  /// Both must outlive it.
  LineOutput(const Options& options, const Surroundings& surroundings);

  /// False when nobody reads on. Refused when standard output cannot be written.
  [[nodiscard]] bool add(std::string_view text);

  /// What was kept for the outcome. Refused when a file could not be written.
  [[nodiscard]] std::string finish();

 private:
  const std::string& name_;
  const Surroundings& surroundings_;
  std::optional<FileWriter> writer_;
  std::string kept_;
};

}  // namespace firebreak::cli
