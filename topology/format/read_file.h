#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "firebreak/workers.h"

namespace firebreak {

/// The bytes of a large file. Unlike a string they are not written to before they are read.
class FileBytes {
 public:
  FileBytes() = default;
  explicit FileBytes(std::size_t size) : bytes_(std::make_unique_for_overwrite<char[]>(size)), size_(size) {}
  [[nodiscard]] char* data() { return bytes_.get(); }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

/// Reads a file of `size` bytes, one half by the helper. Nothing when it cannot be read so, for whatever reason, or has
/// another size by now.
[[nodiscard]] std::optional<FileBytes> read_in_halves(const std::string& path, std::size_t size, Helper& helper);

}  // namespace firebreak
