#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "firebreak/workers.h"

namespace firebreak {

/// The bytes of a large file. Unlike those of a string they are not written to before they are read.
class FileBytes {
 public:
  // NOLINTNEXTLINE(modernize-avoid-c-arrays): it is one of a size that is known only now
  explicit FileBytes(std::size_t size) : bytes_(std::make_unique_for_overwrite<char[]>(size)), size_(size) {}
  [[nodiscard]] char* data() { return bytes_.get(); }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;  // NOLINT(modernize-avoid-c-arrays)
  std::size_t size_;
};

/// Reads a file, one half of it by the helper. Nothing when it is packed, no regular file, smaller than `least` or
/// larger than `most` bytes, changes its size meanwhile or cannot be read, and where the system has no such calls.
[[nodiscard]] std::optional<FileBytes> read_in_halves(const std::string& path, std::size_t least, std::size_t most,
                                                      Helper& helper);

}  // namespace firebreak
