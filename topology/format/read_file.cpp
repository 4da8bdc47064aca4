#include "topology/format/read_file.h"

#include <cstdio>

namespace firebreak {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

OpenFile open_at(const std::string& path, std::size_t begin) {
  OpenFile file(std::fopen(path.c_str(), "rb"));
  if (file && std::fseek(file.get(), static_cast<long>(begin), SEEK_SET) != 0) file.reset();
  return file;
}

/// Whether so many bytes could be read from there.
bool read_piece(const std::string& path, std::size_t begin, char* into, std::size_t size) {
  const OpenFile file = open_at(path, begin);
  return file && std::fread(into, 1, size, file.get()) == size;
}

bool ends_at(const std::string& path, std::size_t size) {
  const OpenFile file = open_at(path, size);
  return file && std::fgetc(file.get()) == EOF && std::feof(file.get()) != 0;
}

}  // namespace

std::optional<FileBytes> read_in_halves(const std::string& path, std::size_t size, Helper& helper) {
  FileBytes bytes(size);
  const std::size_t half = size / 2;
  bool second = false;
  bool first = false;
  do_both(
      &helper, [&] { second = read_piece(path, half, bytes.data() + half, size - half); },
      [&] { first = read_piece(path, 0, bytes.data(), half); });
  if (!first || !second || !ends_at(path, size)) return std::nullopt;
  return bytes;
}

}  // namespace firebreak
