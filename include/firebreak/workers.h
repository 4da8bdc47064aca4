#pragma once

#include <cstddef>
#include <functional>

namespace firebreak {

/// Does `work` for each number below `parts`, in any order, maybe side by side, and returns when all is done: the
/// library itself starts no threads. What the work of one part writes is not read by that of another.
using Workers = std::function<void(std::size_t parts, const std::function<void(std::size_t part)>& work)>;

/// One part after the other where no workers were given.
inline void run_parts(const Workers& workers, std::size_t parts, const std::function<void(std::size_t)>& work) {
  if (workers) {
    workers(parts, work);
    return;
  }
  for (std::size_t part = 0; part < parts; ++part) work(part);
}

}  // namespace firebreak
