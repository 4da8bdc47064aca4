#pragma once

#include <cstddef>
#include <functional>
#include <gtest/gtest.h>
#include <utility>

#include "firebreak/workers.h"

namespace firebreak::support {

/// Does what was begun only when it is awaited, as a slow thread might.
class LateHelper final : public Helper {
 public:
  void begin(std::function<void()> work) override {
    ASSERT_FALSE(work_) << "what was begun before was not awaited";
    work_ = std::move(work);
    ++begun_;
  }
  void await() override {
    if (const std::function<void()> work = std::exchange(work_, nullptr)) work();
  }
  void settle() noexcept override {
    try {
      await();
    } catch (...) {
      ++lost_;
    }
  }
  [[nodiscard]] std::size_t begun() const { return begun_; }
  [[nodiscard]] std::size_t lost() const { return lost_; }

 private:
  std::function<void()> work_;
  std::size_t begun_ = 0;
  std::size_t lost_ = 0;
};

}  // namespace firebreak::support
