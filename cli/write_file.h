#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace firebreak::cli {

/// A file that is written piece by piece, and whole or not at all: into a new file, which takes its place in the end
/// with the rights the old one had. What is no regular file (a device, a pipe) is written directly.
class FileWriter {
 public:
  explicit FileWriter(const std::string& path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::string_view bytes);
  /// Puts it in its place; why anything failed, or nothing.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  void open_beside();
  [[nodiscard]] bool name_it();

  int file_ = -1;
  std::string place_;
  bool replaces_ = false;  ///< it is a new file, and not written directly
  std::string beside_;     ///< its name; empty as long as it has none
  std::optional<std::string> fault_;
};

/// The same in one piece. Gives back why it failed, or nothing.
[[nodiscard]] std::optional<std::string> write_file(const std::string& path, std::string_view bytes);

}  // namespace firebreak::cli
