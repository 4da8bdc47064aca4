#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "firebreak/workers.h"

namespace firebreak::cli {

/// How many threads the machine runs side by side; at least 1.
[[nodiscard]] std::size_t threads_at_once();

/// A thread for each part, but for one that is done by the caller. Where no thread can be had, the caller does its part
/// too.
[[nodiscard]] Workers threads();

/// A thread that does one piece of work at a time. It is started for the first; where none can be had, the caller does
/// the work.
class HelperThread final : public Helper {
 public:
  HelperThread();
  ~HelperThread() override;
  HelperThread(const HelperThread&) = delete;
  HelperThread& operator=(const HelperThread&) = delete;

  void begin(std::function<void()> work) override;
  void await() override;
  void settle() noexcept override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace firebreak::cli
