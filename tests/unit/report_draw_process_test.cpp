#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>

#include "report/picture/layout_process.h"

namespace firebreak::report {
namespace {

using End = ChildResult::End;
using namespace std::chrono_literals;

std::optional<std::string> sleeps() {
  std::this_thread::sleep_for(30s);
  return "too late";
}

TEST(RunInChild, ReturnsWhatTheWorkMade) {
  const ChildResult result = run_in_child([] { return std::optional<std::string>("bytes\0and more+"); }, 10s);
  EXPECT_EQ(result.end, End::done);
  EXPECT_EQ(result.bytes, std::string("bytes"));
  const ChildResult nothing = run_in_child([] { return std::optional<std::string>(""); }, 10s);
  EXPECT_EQ(nothing.end, End::done);
  EXPECT_EQ(nothing.bytes, "");
}

TEST(RunInChild, PassesMoreThanAPipeHolds) {
  std::string large(5'000'000, 'x');
  large += "end";
  const ChildResult result = run_in_child([&] { return std::optional<std::string>(large); }, 20s);
  EXPECT_EQ(result.end, End::done);
  EXPECT_TRUE(result.bytes == large);
}

TEST(RunInChild, TellsWorkThatMadeNothing) {
  const ChildResult result = run_in_child([]() -> std::optional<std::string> { return std::nullopt; }, 10s);
  EXPECT_EQ(result.end, End::refused);
  EXPECT_EQ(result.bytes, "");
}

TEST(RunInChild, KillsAtTheDeadline) {
  const auto start = std::chrono::steady_clock::now();
  const ChildResult result = run_in_child(sleeps, 200ms);
  EXPECT_EQ(result.end, End::late);
  EXPECT_EQ(result.bytes, "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST(RunInChild, HasNoTimeAtAll) {
  EXPECT_EQ(run_in_child(sleeps, 0ms).end, End::late);
}

TEST(RunInChild, SurvivesACrash) {
  const ChildResult killed = run_in_child(
      []() -> std::optional<std::string> {
        kill(getpid(), SIGKILL);
        return "never";
      },
      10s);
  EXPECT_EQ(killed.end, End::died);
  const ChildResult left = run_in_child([]() -> std::optional<std::string> { _exit(0); }, 10s);
  EXPECT_EQ(left.end, End::died);
}

TEST(RunInChild, ShowsNothingTheWorkPrints) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const ChildResult result = run_in_child(
      [] {
        std::fputs("to standard output", stdout);
        std::fputs("to standard error", stderr);
        std::fflush(nullptr);
        return std::optional<std::string>("made");
      },
      10s);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(result.bytes, "made");
}

TEST(RunInChild, WorksBesideOtherThreads) {
  std::atomic<bool> stop = false;
  std::thread busy([&] {
    while (!stop) {
      std::string text(1000, 'x');
      text += std::to_string(text.size());
    }
  });
  for (int i = 0; i < 20; ++i) {
    const ChildResult result = run_in_child([] { return std::optional<std::string>(std::string(100'000, 'y')); }, 20s);
    EXPECT_EQ(result.end, End::done);
    EXPECT_EQ(result.bytes.size(), 100'000U);
  }
  stop = true;
  busy.join();
}

}  // namespace
}  // namespace firebreak::report
