#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

namespace firebreak::cli {

/// Tells on a terminal what the program is busy with, once it has been busy for more than a second. The line is taken
/// away when the work is done. Nothing is written, and no thread runs, without something to write to.
class Progress {
 public:
  /// `write` is called from another thread, never at the same time as from this one; it may be empty.
  explicit Progress(std::function<void(std::string_view)> write);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Says what is being done from now on: a text that lives forever, such as "reading".
  void phase(std::string_view name);

  /// Says that so many more of about `of` things are done of this phase; 0: it is not known of how many. May be called
  /// by several threads at once.
  void add(std::uint64_t more, std::uint64_t of);

  /// Ends it before the object does: afterwards nothing more is written.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  [[nodiscard]] std::string line() const;

  std::function<void(std::string_view)> write_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string_view phase_ = "starting";
  Clock::time_point since_ = Clock::now();  ///< it has taken
  std::uint64_t done_ = 0;
  std::uint64_t all_ = 0;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace firebreak::cli
