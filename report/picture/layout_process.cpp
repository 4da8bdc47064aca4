#include "report/picture/layout_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

// The child writes what it made to a pipe, then one byte that says how it went, so that half an answer is never taken
// for a whole one. The parent reads until that pipe ends or the deadline comes. Should the parent die, an alarm ends
// the child.

namespace firebreak::report {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kDone = '+';
constexpr char kRefused = '-';
constexpr std::size_t kMostBytes = std::size_t{512} << 20U;

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(to, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

/// Cuts the child off from the files and signal handlers of its parent, and bounds its life.
void settle_child(std::chrono::milliseconds deadline) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  for (const int signal_number : {SIGINT, SIGTERM, SIGALRM, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGPIPE, SIGCHLD}) {
    std::signal(signal_number, SIG_DFL);
  }
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing >= 0) {
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, standard);
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(deadline).count();
  alarm(static_cast<unsigned>(std::clamp<long long>(seconds, 0, 86'400)) + 2U);
}

[[noreturn]] void live_as_child(int to, const std::function<std::optional<std::string>()>& work,
                                std::chrono::milliseconds deadline) {
  settle_child(deadline);
  const std::optional<std::string> made = work();
  const bool sent = write_all(to, made ? *made : std::string_view()) && write_all(to, {made ? &kDone : &kRefused, 1});
  _exit(sent ? 0 : 1);
}

/// Reads to the end of the pipe; false when the deadline comes first or far too much comes.
bool read_until(int from, Clock::time_point end, std::string& bytes) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0 || bytes.size() > kMostBytes) return false;
    pollfd waiting{from, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    const ssize_t n = read(from, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n == 0;
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

void bury(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

ChildResult run_in_child(const std::function<std::optional<std::string>()>& work, std::chrono::milliseconds deadline) {
  if (deadline <= std::chrono::milliseconds::zero()) return {ChildResult::End::late, {}};
  const Clock::time_point end = Clock::now() + deadline;
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {};
  const pid_t child = fork();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return {};
  }
  if (child == 0) {
    close(ends[0]);
    live_as_child(ends[1], work, deadline);
  }
  close(ends[1]);
  ChildResult result;
  const bool whole = read_until(ends[0], end, result.bytes);
  if (!whole) kill(child, SIGKILL);
  close(ends[0]);
  bury(child);
  const char last = whole && !result.bytes.empty() ? result.bytes.back() : '\0';
  result.end = !whole             ? ChildResult::End::late
               : last == kDone    ? ChildResult::End::done
               : last == kRefused ? ChildResult::End::refused
                                  : ChildResult::End::died;
  if (result.end == ChildResult::End::done) {
    result.bytes.pop_back();
  } else {
    result.bytes.clear();
  }
  return result;
}

}  // namespace firebreak::report
