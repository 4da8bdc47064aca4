#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>
#include <thread>

#include "cli/workers.h"

namespace firebreak::cli {
namespace {

TEST(HelperThread, DoesOnePieceOfWorkAfterTheOther) {
  HelperThread helper;
  helper.await();
  std::size_t done = 0;  // of the thread alone until it is awaited
  std::thread::id worker;
  for (std::size_t i = 0; i < 1000; ++i) {
    helper.begin([&] {
      ++done;
      worker = std::this_thread::get_id();
    });
    helper.await();
    ASSERT_EQ(done, i + 1);
  }
  EXPECT_NE(worker, std::this_thread::get_id());
}

TEST(HelperThread, WorksBesideItsCaller) {
  HelperThread helper;
  std::atomic<bool> met = false;
  std::atomic<bool> here = false;
  do_both(
      &helper,
      [&] {
        while (!here) std::this_thread::yield();
        met = true;
      },
      [&] {
        here = true;
        while (!met) std::this_thread::yield();
      });
  EXPECT_TRUE(met);
}

TEST(HelperThread, ThrowsWhatTheWorkThrewOnce) {
  HelperThread helper;
  helper.begin([] { throw std::runtime_error("no"); });
  EXPECT_THROW(helper.await(), std::runtime_error);
  EXPECT_NO_THROW(helper.await());
  helper.begin([] { throw std::runtime_error("no"); });
  helper.settle();
  EXPECT_NO_THROW(helper.await());
}

TEST(HelperThread, EndsWithItsWork) {
  std::atomic<int> done = 0;
  {
    HelperThread helper;
    helper.begin([&] { ++done; });
  }
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace firebreak::cli
