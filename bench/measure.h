#pragma once

#include <charconv>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace firebreak::bench {

[[nodiscard]] double median(std::vector<double> values);

/// The seconds a call takes by the clock.
template <class Call>
double seconds_of(Call call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A folder of its own for the time of a measurement.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// Where a file of that name is, or will be.
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  /// The path of the file it has written.
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

/// Reads a word of the command line; false when it is not a number that fits.
template <class Number>
bool take(std::string_view word, Number& number) {
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  return fault == std::errc() && end == word.data() + word.size();
}

}  // namespace firebreak::bench
