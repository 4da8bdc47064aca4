#include "topology/format/read_file.h"

#if __has_include(<unistd.h>)
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "topology/format/load_packed.h"
#endif

namespace firebreak {

#if __has_include(<unistd.h>)
namespace {

/// A file that is open for reading, so that all pieces are of the same one, whatever the path comes to mean.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number_ >= 0) (void)::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  /// Nothing for what is no regular file.
  [[nodiscard]] std::optional<std::size_t> size() const {
    struct stat status {};
    if (number_ < 0 || ::fstat(number_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<std::size_t>(status.st_size);
  }
  /// How many of the bytes from there on were there to be read.
  [[nodiscard]] std::size_t read(std::size_t begin, char* into, std::size_t size) const {
    std::size_t got = 0;
    while (got < size) {
      const ssize_t more = ::pread(number_, into + got, size - got, static_cast<off_t>(begin + got));
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) break;
      got += static_cast<std::size_t>(more);
    }
    return got;
  }

 private:
  int number_;
};

bool is_packed(const Descriptor& file) {
  std::array<char, 4> head{};
  const std::size_t size = file.read(0, head.data(), head.size());
  return packing_of({head.data(), size}) != Packing::none;
}

}  // namespace

std::optional<FileBytes> read_in_halves(const std::string& path, std::size_t least, std::size_t most, Helper& helper) {
  const Descriptor file(path);
  const std::optional<std::size_t> size = file.size();
  if (!size || *size < least || *size > most || is_packed(file)) return std::nullopt;
  FileBytes bytes(*size);
  const std::size_t half = *size / 2;
  std::size_t first = 0;
  std::size_t second = 0;
  do_both(
      &helper, [&] { second = file.read(half, bytes.data() + half, *size - half); },
      [&] { first = file.read(0, bytes.data(), half); });
  char behind = 0;
  const bool whole = first + second == *size && file.read(*size, &behind, 1) == 0;
  return whole ? std::optional(std::move(bytes)) : std::nullopt;
}
#else
std::optional<FileBytes> read_in_halves(const std::string&, std::size_t, std::size_t, Helper&) {
  return std::nullopt;
}
#endif

}  // namespace firebreak
