#pragma once

#include <atomic>

namespace firebreak::cli {

/// Whether somebody wants the program to end: set by a signal, looked at by searches. A search that ends early shows
/// what it has found.
struct Interruption {
  std::atomic<bool> heeded = false;  ///< a search looks at it now; else the signal ends the program at once
  std::atomic<bool> asked = false;

  /// Whether to end; called now and then by what heeds it.
  [[nodiscard]] bool look() {
    heeded.store(true, std::memory_order_relaxed);
    return asked.load(std::memory_order_relaxed);
  }
};

}  // namespace firebreak::cli
