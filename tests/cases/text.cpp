#include "tests/cases/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <stdlib.h>

#include "firebreak/diagnostic.h"

namespace firebreak::test {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Whether a line can be shown as it is.
bool is_printable(std::string_view line) {
  return printable(line) == line;
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::optional<std::string> unescape(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i + 1);
    if (rest.starts_with('\n')) {
      i += 1;
    } else if (rest.starts_with('\\')) {
      bytes += '\\';
      i += 1;
    } else if (rest.size() >= 3 && rest[0] == 'x' && hex_digit(rest[1]) >= 0 && hex_digit(rest[2]) >= 0) {
      bytes += static_cast<char>(hex_digit(rest[1]) * 16 + hex_digit(rest[2]));
      i += 3;
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

std::string escape(std::string_view text) {
  std::string escaped;
  bool line_starts = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = c == '\n' || (byte >= 0x20 && byte < 0x7f && c != '\\' && !(line_starts && c == '='));
    if (plain) {
      escaped += c;
    } else if (c == '\\') {
      escaped += "\\\\";
    } else {
      escaped += fmt::format("\\x{:02x}", byte);
    }
    line_starts = c == '\n';
  }
  if (!line_starts) escaped += "\\\n";
  return escaped;
}

bool is_plain(std::string_view text) {
  const std::vector<std::string_view> lines = split_lines(text);
  return (text.empty() || text.ends_with('\n')) && std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
           return !line.starts_with("=== ") && is_printable(line);
         });
}

bool is_inside(std::string_view path) {
  const std::filesystem::path whole(path);
  return !path.empty() && whole.is_relative() && std::find(whole.begin(), whole.end(), "..") == whole.end();
}

std::string difference(std::string_view expected, std::string_view found) {
  const std::vector<std::string_view> a = split_lines(expected);
  const std::vector<std::string_view> b = split_lines(found);
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t head = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  std::string text = fmt::format(", from line {} on:\n", head + 1);
  const auto show = [&text](std::string_view mark, std::string_view line) {
    text += fmt::format("  {} {}\n", mark, printable(line));
  };
  for (std::size_t i = head - std::min<std::size_t>(head, 2); i < head; ++i) show(" ", a[i]);
  for (std::size_t i = head; i < a.size() - tail; ++i) show("-", a[i]);
  for (std::size_t i = head; i < b.size() - tail; ++i) show("+", b[i]);
  for (std::size_t i = b.size() - tail; i < std::min(b.size(), b.size() - tail + 2); ++i) show(" ", b[i]);
  if (a == b) text += "  only the line end at the end differs\n";
  return text;
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

bool write_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code ignored;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  std::ofstream stream(path, std::ios::binary);
  stream << text << std::flush;
  return stream.good();
}

WorkingFolder::WorkingFolder() : before_(std::filesystem::current_path()) {
  std::string name = (std::filesystem::temp_directory_path() / "firebreak-case-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder for the test");
  folder_ = name;
  std::filesystem::current_path(folder_);
}

WorkingFolder::~WorkingFolder() {
  std::error_code ignored;
  std::filesystem::current_path(before_, ignored);
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace firebreak::test
