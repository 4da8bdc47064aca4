#include "cli/write_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace firebreak::cli {
namespace {

/// Where a process finds its open files, which an open file without a name gets one by.
constexpr const char* kOpenFiles = "/proc/self/fd";

/// Why the last call failed.
std::string reason() {
  return std::generic_category().message(errno);
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

FileWriter::FileWriter(const std::string& path) : place_(path) {
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) {
    fault_ = std::generic_category().message(EISDIR);
  } else if (exists && !S_ISREG(old.st_mode)) {
    file_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file_ < 0) fault_ = reason();
  } else if (exists && ::access(path.c_str(), W_OK) != 0) {
    fault_ = reason();
  } else {
    std::error_code ignored;
    // A link keeps pointing where it points: the file it names is the one replaced.
    if (const auto target = std::filesystem::canonical(path, ignored); exists && !target.empty())
      place_ = target.string();
    replaces_ = true;
    open_beside();
    if (file_ < 0) {
      fault_ = reason();
      beside_.clear();
    } else if (::fchmod(file_, rights_of(place_)) != 0) {
      fault_ = reason();
    }
  }
}

FileWriter::~FileWriter() {
  if (file_ >= 0) ::close(file_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

/// Opens a file in the folder of the place: without a name, so that nothing is left behind however the program ends, or
/// with one where the file system has no such files.
void FileWriter::open_beside() {
  const std::string folder = std::filesystem::path(place_).parent_path().string();
  if (::access(kOpenFiles, X_OK) == 0) {
    file_ = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  }
  if (file_ >= 0) return;
  beside_ = place_ + ".XXXXXX";
  file_ = ::mkostemp(beside_.data(), O_CLOEXEC);
}

/// Gives a file without a name one that no other has.
bool FileWriter::name_it() {
  const std::string open_file = fmt::format("{}/{}", kOpenFiles, file_);
  for (unsigned number = 0;; ++number) {
    std::string name = fmt::format("{}.{}-{}", place_, ::getpid(), number);
    if (::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      beside_ = std::move(name);
      return true;
    }
    if (errno != EEXIST) return false;
  }
}

void FileWriter::write(std::string_view bytes) {
  while (!bytes.empty() && !fault_) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fault_ = reason();
    }
  }
}

std::optional<std::string> FileWriter::finish() {
  if (file_ >= 0 && !fault_ && replaces_ && beside_.empty() && !name_it()) fault_ = reason();
  if (file_ >= 0 && ::close(file_) != 0 && !fault_) fault_ = reason();
  file_ = -1;
  if (!fault_ && !beside_.empty()) {
    if (::rename(beside_.c_str(), place_.c_str()) != 0) {
      fault_ = reason();
    } else {
      beside_.clear();
    }
  }
  return fault_;
}

std::optional<std::string> write_file(const std::string& path, std::string_view bytes) {
  FileWriter writer(path);
  writer.write(bytes);
  return writer.finish();
}

}  // namespace firebreak::cli
