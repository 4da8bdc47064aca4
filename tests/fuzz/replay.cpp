// Usage: fuzz_TARGET FOLDER
// Feeds every file of a folder, sorted by name, and then some damaged forms of each (cut short, one byte changed), to
// the target, so that what once broke it is tested without libFuzzer.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

void feed(const Bytes& bytes) {
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void feed_with_damage(const Bytes& bytes) {
  feed(bytes);
  constexpr std::size_t kForms = 64;
  const std::size_t step = bytes.size() / kForms + 1;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    feed(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at)));
    Bytes changed = bytes;
    changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1U << (at % 8U)));
    feed(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(argc == 2 ? argv[1] : "", error))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) feed_with_damage(read(file));
  std::printf("%zu files\n", files.size());
  return files.empty() ? 1 : 0;
}
