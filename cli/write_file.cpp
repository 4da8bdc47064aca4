#include "cli/write_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace firebreak::cli {
namespace {

/// Why the last call failed.
std::string reason() {
  return std::generic_category().message(errno);
}

/// Writes all bytes and closes; nothing when it worked.
std::optional<std::string> write_and_close(int file, std::string_view bytes) {
  std::optional<std::string> fault;
  while (!bytes.empty() && !fault) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fault = reason();
    }
  }
  if (::close(file) != 0 && !fault) fault = reason();
  return fault;
}

/// The rights of a new file: those of the old one, else what the process gives to any.
mode_t rights_of(const std::string& path) {
  struct stat old {};
  if (::stat(path.c_str(), &old) == 0) return old.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

std::optional<std::string> write_file(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) return std::generic_category().message(EISDIR);
  if (exists && !S_ISREG(old.st_mode)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return reason();
    return write_and_close(file, bytes);
  }
  if (exists && ::access(path.c_str(), W_OK) != 0) return reason();
  std::error_code ignored;
  // A link keeps pointing where it points: the file it names is the one replaced.
  const std::filesystem::path target = exists ? std::filesystem::canonical(path, ignored) : std::filesystem::path(path);
  const std::string place = target.empty() ? path : target.string();
  std::string beside = place + ".XXXXXX";
  const int file = ::mkostemp(beside.data(), O_CLOEXEC);
  if (file < 0) return reason();
  std::optional<std::string> fault;
  if (::fchmod(file, rights_of(place)) != 0) fault = reason();
  if (const auto failed = write_and_close(file, bytes); failed && !fault) fault = failed;
  if (!fault && ::rename(beside.c_str(), place.c_str()) != 0) fault = reason();
  if (fault) ::unlink(beside.c_str());
  return fault;
}

}  // namespace firebreak::cli
