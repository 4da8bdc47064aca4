#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace firebreak::cli {

/// A piece of a text that ends where a line does.
struct LineBlock {
  std::string text;
  std::uint32_t first_line = 1;
};

/// Every so-many-th line of a text that comes in pieces; lines that hold nothing but blanks do not count.
class LineShare {
 public:
  LineShare(std::size_t number, std::size_t of) : number_(number), of_(of) {}

  /// Makes the lines of the other shares empty. Cost: linear.
  void keep_own(std::string& text);
  /// How many lines there were, of all shares.
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

 private:
  std::size_t number_;
  std::size_t of_;
  std::uint64_t lines_ = 0;
};

/// Lines from a file, a pipe or a text, in pieces of about a quarter of a megabyte.
class LineBlocks {
 public:
  /// Reads a file; standard input where the name is "-".
  explicit LineBlocks(const std::string& name);
  /// Reads a text that outlives it.
  explicit LineBlocks(std::string_view text) : rest_(text) {}
  ~LineBlocks();
  LineBlocks(const LineBlocks&) = delete;
  LineBlocks& operator=(const LineBlocks&) = delete;

  /// The next piece; nothing at the end, or when reading failed.
  [[nodiscard]] std::optional<LineBlock> next();

  /// Why reading failed; empty when it did not.
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  [[nodiscard]] std::size_t read(char* to, std::size_t most);

  std::FILE* file_ = nullptr;
  std::string_view rest_;
  std::string begun_;  ///< of the next piece
  std::uint32_t line_ = 1;
  bool ended_ = false;
  std::string fault_;
};

}  // namespace firebreak::cli
