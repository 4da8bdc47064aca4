#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the readers of case files and of documents share: lines, escapes, differences, files.
namespace firebreak::test {

/// The lines without their line ends; a last line without one counts too.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

/// Undoes `escape`: `\\`, `\xNN`, and a backslash at the end of a line, which takes the line end away. Nothing when
/// there is another backslash.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text);

/// The text as lines of printable characters that `unescape` reads back to the same bytes; it ends in a line end.
[[nodiscard]] std::string escape(std::string_view text);

/// Whether the text can stand in a case file as it is: valid UTF-8 without control characters other than line ends, no
/// line like a heading, and a line end at its end.
[[nodiscard]] bool is_plain(std::string_view text);

/// Whether a path is relative and stays inside the folder it starts in.
[[nodiscard]] bool is_inside(std::string_view path);

/// ", from line N on:" and the lines in which two texts differ, as `- expected` and `+ found`, with two lines around
/// them. Control characters are shown escaped. Lines before and behind the first and last difference are left out.
[[nodiscard]] std::string difference(std::string_view expected, std::string_view found);

/// A file's bytes; nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

/// Writes a file and the folders above it. False when that fails.
[[nodiscard]] bool write_file(const std::filesystem::path& path, std::string_view text);

/// A new empty folder that is gone, with all in it, when this goes out of scope; meanwhile it is the working folder.
class WorkingFolder {
 public:
  WorkingFolder();
  ~WorkingFolder();
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
};

}  // namespace firebreak::test
