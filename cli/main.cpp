#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include "cli/run.h"

namespace {

constexpr int kCannotAnswer = 2;
constexpr int kFault = 70;

/// Writes all bytes; the number of the error, or 0.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

void say(std::string_view text) {
  (void)write_all(STDERR_FILENO, text);
}

[[noreturn]] void fault() {
  say("firebreak: a fault of the program, please report it\n");
  std::_Exit(kFault);
}

std::size_t columns_of_terminal() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

firebreak::cli::Interruption interruption;

/// The first signal asks a search to end with what it has; without a search, or the second time, it ends the program.
extern "C" void interrupt(int signal) {
  if (interruption.heeded && !interruption.asked.exchange(true)) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

firebreak::cli::Surroundings look_around() {
  firebreak::cli::Surroundings surroundings;
  surroundings.output_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  surroundings.error_is_terminal = ::isatty(STDERR_FILENO) == 1;
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  surroundings.no_colour =
      (no_colour != nullptr && *no_colour != '\0') || (terminal != nullptr && std::string_view(terminal) == "dumb");
  if (surroundings.output_is_terminal) surroundings.columns = columns_of_terminal();
  surroundings.write = [](std::string_view text) { return write_all(STDOUT_FILENO, text); };
  surroundings.progress = say;
  surroundings.interruption = &interruption;
  return surroundings;
}

}  // namespace

int main(int count, char** words) {
  std::set_terminate(fault);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // writing fails and is told
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
  try {
    const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
    const firebreak::cli::Outcome outcome = firebreak::cli::run(arguments, look_around());
    say(outcome.err);
    const int failed = write_all(STDOUT_FILENO, outcome.out);
    // Whoever reads the output may stop when they have seen enough; anything else means that the answer did not arrive.
    if (failed == 0 || failed == EPIPE) return outcome.code;
    say(fmt::format("error: cannot write the answer: {}\n", std::strerror(failed)));
    return kCannotAnswer;
  } catch (...) {
    fault();
  }
}
