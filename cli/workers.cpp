#include "cli/workers.h"

#include <algorithm>
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
  std::function<void()> work;  ///< none once it is done
  std::exception_ptr fault;
  bool ended = false;
  std::thread thread;

  void run() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return work || ended; });
      if (!work) return;
      lock.unlock();
      do_work();
      lock.lock();
      work = nullptr;
      changed.notify_all();
    }
  }

  void do_work() {
    try {
      work();
    } catch (...) {
      fault = std::current_exception();
    }
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
};

HelperThread::HelperThread() : state_(std::make_unique<State>()) {}

HelperThread::~HelperThread() {
  settle();
  if (!state_->thread.joinable()) return;
  {
    const std::scoped_lock lock(state_->mutex);
    state_->ended = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
}

void HelperThread::begin(std::function<void()> work) {
  if (!state_->start()) {
    state_->work = std::move(work);
    state_->do_work();
    state_->work = nullptr;
    return;
  }
  {
    const std::scoped_lock lock(state_->mutex);
    state_->work = std::move(work);
  }
  state_->changed.notify_all();
}

void HelperThread::await() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] { return !state_->work; });
  if (state_->fault) std::rethrow_exception(std::exchange(state_->fault, nullptr));
}

void HelperThread::settle() noexcept {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] { return !state_->work; });
  state_->fault = nullptr;
}

}  // namespace firebreak::cli
