#include "report/json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace firebreak::report {
namespace {

/// Integers up to this are exact as numbers with a fraction.
constexpr double kExact = 9007199254740992.0;

}  // namespace

void JsonWriter::number(double value) {
  std::array<char, 32> digits{};
  const bool integral = std::abs(value) <= kExact && value == std::floor(value);
  const auto end = integral
                       ? std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value))
                       : std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end.ptr);
}

void JsonWriter::open(char bracket) {
  out_ += bracket;
  const std::size_t depth = lines_.size() + 1;
  lines_.push_back(!one_line_ && (depth == 1 || (depth == 2 && bracket == '[')));
  empty_ = true;
}

void JsonWriter::close(char bracket) {
  const bool line = lines_.back();
  lines_.pop_back();
  if (line && !empty_) new_line();
  out_ += bracket;
  empty_ = false;
}

void JsonWriter::separate() {
  if (!empty_) out_ += ',';
  if (lines_.back()) {
    new_line();
  } else if (!empty_) {
    out_ += ' ';
  }
  empty_ = false;
}

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(2 * lines_.size(), ' ');
}

}  // namespace firebreak::report
