#include "cli/workers.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>
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

}  // namespace firebreak::cli
