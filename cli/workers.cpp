#include "cli/workers.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace firebreak::cli {

std::size_t threads_at_once() {
  return std::max(1U, std::thread::hardware_concurrency());
}

namespace {

/// What happened to some work: a fault is kept until the caller can be told.
void do_part(const std::function<void(std::size_t)>& work, std::size_t part, std::exception_ptr& fault) {
  try {
    work(part);
  } catch (...) {
    fault = std::current_exception();
  }
}

}  // namespace

Workers threads() {
  return [](std::size_t parts, const std::function<void(std::size_t)>& work) {
    std::vector<std::exception_ptr> faults(parts);
    std::vector<std::thread> started;
    std::size_t part = 1;
    try {
      for (; part < parts; ++part) {
        started.emplace_back([&work, part, &faults] { do_part(work, part, faults[part]); });
      }
    } catch (const std::system_error&) {
      // No more threads are to be had: the rest is done here.
    }
    for (; part < parts; ++part) do_part(work, part, faults[part]);
    if (parts > 0) do_part(work, 0, faults[0]);
    for (std::thread& thread : started) thread.join();
    for (const std::exception_ptr& fault : faults) {
      if (fault) std::rethrow_exception(fault);
    }
  };
}

struct HelperThread::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::function<void()> work;  ///< of the thread while it is busy, of the caller otherwise
  std::exception_ptr fault;    ///< the same
  std::atomic<bool> busy = false;
  std::atomic<bool> ended = false;
  std::thread thread;

  void run() {
    for (;;) {
      wait_for([&] { return busy || ended; });
      if (!busy) return;
      do_work();
      set(busy, false);
    }
  }

  void do_work() {
    try {
      work();
    } catch (...) {
      fault = std::current_exception();
    }
    work = nullptr;
  }

  void set(std::atomic<bool>& what, bool value) {
    {
      const std::scoped_lock lock(mutex);
      what = value;
    }
    changed.notify_all();
  }

  /// Pieces of work are short, and waking a thread may take as long as one of them: so sleep comes late.
  template <class Condition>
  void wait_for(const Condition& holds) {
    const auto begin = std::chrono::steady_clock::now();
    while (several_ && std::chrono::steady_clock::now() - begin < kAwake) {
      for (std::size_t i = 0; i < kLooks; ++i) {
        if (holds()) return;
      }
      std::this_thread::yield();
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, holds);
  }

  [[nodiscard]] bool start() {
    if (thread.joinable()) return true;
    try {
      thread = std::thread([this] { run(); });
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }

 private:
  static constexpr std::chrono::milliseconds kAwake{2};
  static constexpr std::size_t kLooks = 64;
  const bool several_ = threads_at_once() > 1;
};

HelperThread::HelperThread() : state_(std::make_unique<State>()) {}

HelperThread::~HelperThread() {
  settle();
  if (!state_->thread.joinable()) return;
  state_->set(state_->ended, true);
  state_->thread.join();
}

void HelperThread::begin(std::function<void()> work) {
  state_->work = std::move(work);
  if (state_->start()) {
    state_->set(state_->busy, true);
  } else {
    state_->do_work();
  }
}

void HelperThread::await() {
  state_->wait_for([&] { return !state_->busy; });
  if (state_->fault) std::rethrow_exception(std::exchange(state_->fault, nullptr));
}

void HelperThread::settle() noexcept {
  state_->wait_for([&] { return !state_->busy; });
  state_->fault = nullptr;
}

}  // namespace firebreak::cli
