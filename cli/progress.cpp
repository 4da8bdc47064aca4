#include "cli/progress.h"

#include <chrono>
#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace firebreak::cli {

Progress::Progress(std::function<void(std::string_view)> write) : write_(std::move(write)) {
  if (!write_) return;
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    write_ = nullptr;  // no thread can be had: the work is done without being told about
  }
}

Progress::~Progress() {
  stop();
}

void Progress::phase(std::string_view name) {
  const std::lock_guard lock(mutex_);
  phase_ = name;
}

void Progress::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Progress::run() {
  std::unique_lock lock(mutex_);
  int seconds = 0;
  while (!changed_.wait_for(lock, std::chrono::seconds(1), [this] { return stopped_; })) {
    ++seconds;
    write_(fmt::format("\r\x1b[K{} ... {} s", phase_, seconds));
  }
  if (seconds > 0) write_("\r\x1b[K");
}

}  // namespace firebreak::cli
