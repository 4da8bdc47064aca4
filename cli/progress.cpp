#include "cli/progress.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <system_error>
#include <utility>

#include "report/wording.h"

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
  since_ = Clock::now();
  done_ = 0;
  all_ = 0;
}

void Progress::add(std::uint64_t more, std::uint64_t of) {
  if (!write_) return;
  const std::lock_guard lock(mutex_);
  done_ += more;
  all_ = of;
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

/// "computing ... 34 %, 1,200,000 of 3,500,000, 400,000/s, 6 s left".
std::string Progress::line() const {
  const auto seconds = std::chrono::duration<double>(Clock::now() - since_).count();
  std::string text = fmt::format("{} ... ", phase_);
  if (done_ == 0) return text + fmt::format("{:.0f} s", seconds);
  const std::uint64_t done = all_ == 0 ? done_ : std::min(done_, all_);
  const double rate = static_cast<double>(done) / std::max(seconds, 0.001);
  const auto number = [](double value) { return report::grouped(std::floor(value)); };
  if (all_ == 0) return text + fmt::format("{} done, {}/s", number(static_cast<double>(done)), number(rate));
  const auto all = static_cast<double>(all_);
  const double share = static_cast<double>(done) / all;
  text += fmt::format("{:.0f} %, {} of {}", std::floor(100 * share), number(static_cast<double>(done)), number(all));
  if (rate >= 1) text += fmt::format(", {}/s", number(rate));
  return text + fmt::format(", {} s left", number(std::ceil((all - static_cast<double>(done)) / rate)));
}

void Progress::run() {
  std::unique_lock lock(mutex_);
  bool shown = false;
  while (!changed_.wait_for(lock, std::chrono::seconds(1), [this] { return stopped_; })) {
    write_("\r\x1b[K" + line());
    shown = true;
  }
  if (shown) write_("\r\x1b[K");
}

}  // namespace firebreak::cli
