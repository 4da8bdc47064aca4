#pragma once

#include <functional>

namespace firebreak {

/// Asked now and then by a search that may take long: it goes on while the answer is true, and otherwise ends with what
/// it has found, and says so. An empty one never runs out.
using Patience = std::function<bool()>;

[[nodiscard]] inline bool has_run_out(const Patience& patience) {
  return patience && !patience();
}

}  // namespace firebreak
