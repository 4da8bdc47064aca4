// Usage: firebreak_cases [--bless] FILE...
// Plays case files (*.case) and documents (*.md) and says what differs; with --bless writes what came out into them
// first.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tests/cases/play.h"
#include "tests/cases/text.h"

namespace firebreak::test {
namespace {

struct Result {
  std::vector<std::string> failures;
  std::string blessed;  ///< empty when the file cannot be read as what it is
};

Result play_file(const std::string& name, std::string_view text, const std::filesystem::path& root) {
  if (name.ends_with(".md")) {
    PlayedDocument played = play_document(name, text, root);
    return {std::move(played.failures), std::move(played.blessed)};
  }
  auto parsed = parse_case(name, text);
  if (const auto* malformed = std::get_if<Malformed>(&parsed)) return {{malformed->message}, {}};
  Played played = play(std::get<CaseFile>(parsed), root);
  for (const Run& run : played.blessed.runs) {
    if (run.code == 70) return {std::move(played.failures), {}};
  }
  return {std::move(played.failures), format_case(played.blessed)};
}

/// True when the file is as it should be, or is now.
bool handle(const std::string& path, bool bless, const std::filesystem::path& root) {
  const auto text = read_file(path);
  if (!text) {
    fmt::print("{}: cannot be read\n", path);
    return false;
  }
  const std::string name = std::filesystem::path(path).lexically_relative(root).generic_string();
  const std::string shown_name = name.empty() || name.starts_with("..") ? path : name;
  Result result = play_file(shown_name, *text, root);
  if (bless && !result.blessed.empty() && result.blessed != *text) {
    fmt::print("{}\n", path);
    if (!write_file(path, result.blessed)) return false;
    result = play_file(shown_name, result.blessed, root);
  }
  for (const std::string& failure : result.failures) fmt::print("{}\n", failure);
  if (!result.failures.empty() && !bless) fmt::print("if this is right, scripts/bless writes it into the file\n");
  return result.failures.empty();
}

}  // namespace
}  // namespace firebreak::test

int main(int argc, char** argv) {
  try {
    const std::filesystem::path root = FIREBREAK_SOURCE_DIR;
    std::vector<std::string> files(argv + 1, argv + argc);
    const bool bless = std::erase(files, "--bless") > 0;
    bool all_right = !files.empty();
    for (const std::string& file : files)
      all_right = firebreak::test::handle(std::filesystem::absolute(file).string(), bless, root) && all_right;
    return all_right ? 0 : 1;
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}
