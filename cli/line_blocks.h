#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "topology/format/load_packed.h"

namespace firebreak::cli {

/// A piece of a text that ends where a line does.
struct LineBlock {
  std::string text;
  std::uint32_t first_line = 1;
};

/// A piece in so many pieces, or in fewer where it has not that many lines, in order.
[[nodiscard]] std::vector<LineBlock> divided(LineBlock block, std::size_t into);

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

/// Lines from a file, a pipe or a text, in pieces of about a quarter of a megabyte. What is packed by gzip or zstd is
/// unpacked as it is read.
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
  /// The bytes of the lines; fewer than asked for only at the end, or when reading failed.
  [[nodiscard]] std::size_t read(char* to, std::size_t most);
  [[nodiscard]] std::size_t read_unpacking(char* to, std::size_t most);
  /// The bytes of the file.
  [[nodiscard]] std::size_t read_raw(char* to, std::size_t most);
  void fetch_packed();

  std::FILE* file_ = nullptr;
  std::string_view rest_;
  bool begun_reading_ = false;
  std::string raw_;          ///< some bytes of the file
  std::string_view packed_;  ///< those of them that are still to be used
  Packing packing_ = Packing::none;
  std::unique_ptr<Unpacker> unpacker_;
  std::string begun_;  ///< of the next piece
  std::uint32_t line_ = 1;
  bool ended_ = false;
  std::string fault_;
};

}  // namespace firebreak::cli
