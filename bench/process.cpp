#include "bench/process.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace firebreak::bench {

namespace {

constexpr int kNoSuchProgram = 127;

[[noreturn]] void become(const std::vector<std::string>& words, int pipe, Listen listen, unsigned seconds,
                         unsigned megabytes) {
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(nowhere, STDIN_FILENO);
  dup2(listen == Listen::output ? pipe : nowhere, STDOUT_FILENO);
  dup2(listen == Listen::errors ? pipe : nowhere, STDERR_FILENO);
  const rlimit time{seconds, seconds};
  const rlimit memory{rlim_t{megabytes} << 20U, rlim_t{megabytes} << 20U};
  const rlimit core{0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_AS, &memory);
  setrlimit(RLIMIT_CORE, &core);
  std::vector<char*> arguments;
  std::vector<std::string> copies = words;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments.front(), arguments.data());
  _exit(kNoSuchProgram);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Ended run(const std::vector<std::string>& words, Listen listen, unsigned seconds, unsigned megabytes) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    std::perror("pipe");
    std::exit(2);
  }
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) {
    std::perror("fork");
    std::exit(2);
  }
  if (child == 0) become(words, ends[1], listen, seconds, megabytes);
  close(ends[1]);
  Ended ended;
  std::array<char, 1U << 16U> buffer{};
  for (;;) {
    const ssize_t got = read(ends[0], buffer.data(), buffer.size());
    if (got <= 0) break;
    ended.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  ended.elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ended.processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  ended.megabytes = usage.ru_maxrss / 1024;
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  return ended;
}

}  // namespace firebreak::bench
