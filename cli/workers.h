#pragma once

#include <cstddef>

#include "firebreak/workers.h"

namespace firebreak::cli {

/// How many threads the machine runs side by side; at least 1.
[[nodiscard]] std::size_t threads_at_once();

/// A thread for each part, but for one that is done by the caller. Where no thread can be had, the caller does its part
/// too.
[[nodiscard]] Workers threads();

}  // namespace firebreak::cli
