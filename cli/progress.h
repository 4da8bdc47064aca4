#pragma once

#include <condition_variable>
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

  /// Ends it before the object does: afterwards nothing more is written.
  void stop();

 private:
  void run();

  std::function<void(std::string_view)> write_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string_view phase_ = "starting";
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace firebreak::cli
