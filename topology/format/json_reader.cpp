/// One pass over the bytes, one function per production of the grammar. Line feeds stand only between tokens, so lines
/// are counted while white space is skipped, and a column is the distance from the start of its line. Plain text is
/// searched for its end eight bytes at a time.
#include "topology/format/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <utility>

#include "topology/unicode.h"
#include "topology/utf8.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

/// How much text is released at once.
constexpr std::size_t kReleased = std::size_t{4} << 20U;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool starts_value(char c) {
  return is_word(c) || c == '"' || c == '[' || c == '{' || c == '-';
}

std::uint32_t code_points(const char* begin, const char* end) {
  return static_cast<std::uint32_t>(count_code_points({begin, end}));
}

const char* skip_digits(const char* at, const char* end) {
  while (at != end && is_digit(*at)) ++at;
  return at;
}

/// What a text of number characters is: integer, number, or broken when it is neither.
ValueType number_type(std::string_view token) {
  const char* at = token.data();
  const char* const end = at + token.size();
  ValueType type = ValueType::integer;
  if (at != end && *at == '-') ++at;
  const char* const whole = at;
  at = skip_digits(at, end);
  if (at == whole || (*whole == '0' && at - whole > 1)) return ValueType::broken;
  if (at != end && *at == '.') {
    type = ValueType::number;
    const char* const fraction = ++at;
    at = skip_digits(at, end);
    if (at == fraction) return ValueType::broken;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    type = ValueType::number;
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    at = skip_digits(at, end);
    if (at == exponent) return ValueType::broken;
  }
  return at == end ? type : ValueType::broken;
}

/// The number nearest to a text that is known to be one; nothing when it is out of range.
std::optional<double> read_real(std::string_view digits) {
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
#else  // a library without from_chars for real numbers
  const double value = std::strtod(std::string(digits).c_str(), nullptr);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
#endif
}

std::string hint_for(char c) {
  if (c == '/' || c == '#') return "JSON has no comments; write TOML, or a key under 'meta'";
  if (c == '\'') return "texts stand in double quotes";
  return {};
}

}  // namespace

std::optional<std::int64_t> JsonValue::integer() const {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits_.data(), digits_.data() + digits_.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<double> JsonValue::number() const {
  return read_real(digits_);
}

void JsonValue::skip() {
  if (!untouched()) return;
  if (type_ == ValueType::text) {
    (void)reader_->text();
  } else if (type_ == ValueType::table) {
    members([](std::string_view, Span, JsonValue& value) { value.skip(); });
  } else {
    elements([](JsonValue& value) { value.skip(); });
  }
}

JsonReader::JsonReader(const InputFile& file, FileFaults& faults)
    : at_(file.text.data()),
      end_(at_ + file.text.size()),
      passed_(at_),
      released_(at_),
      release_at_(file.kept || file.text.size() < kReleased ? end_ : at_ + kReleased),
      line_begin_(at_),
      base_(at_),
      anchor_(at_),
      ascii_(file.ascii),
      faults_(&faults) {}

void JsonReader::finish() {
  if (stopped_) return;
  skip_space();
  if (at_ != end_) stop(Code::syntax, here(), seen() + " behind the end of the document");
}

std::uint32_t JsonReader::column_of(const char* where) {
  if (where < anchor_) return base_column_ + code_points(base_, where);
  anchor_column_ += code_points(anchor_, where);
  anchor_ = where;
  return anchor_column_;
}

PassedText JsonReader::pass() {
  PassedText passed{std::exchange(kept_, {}), {}};
  passed_ = at_;
  if (at_ <= release_at_) return passed;
  base_column_ = place(at_).column;
  base_ = at_;
  passed.released = {released_, at_};
  released_ = at_;
  release_at_ = static_cast<std::size_t>(end_ - at_) < kReleased ? end_ : at_ + kReleased;
  return passed;
}

void JsonReader::read_other(JsonValue& value) {
  if (at_ == end_) {
    stop(Code::syntax, value.at_, "the end of the file where a value is expected");
  } else if (is_digit(*at_) || *at_ == '-') {
    read_number(value);
  } else if (is_word(*at_)) {
    read_word(value);
  } else {
    stop(Code::syntax, value.at_, seen() + " where a value is expected", hint_for(*at_));
  }
}

void JsonReader::read_number(JsonValue& value) {
  const char* const begin = at_;
  while (at_ != end_ && (is_word(*at_) || *at_ == '.' || *at_ == '+' || *at_ == '-')) ++at_;
  value.digits_ = {begin, at_};
  value.type_ = number_type(value.digits_);
  if (value.type_ == ValueType::broken) report(value.at_, quoted(value.digits_) + " is no JSON number");
}

void JsonReader::read_word(JsonValue& value) {
  const char* const begin = at_;
  while (at_ != end_ && is_word(*at_)) ++at_;
  const std::string_view word(begin, at_);
  if (word == "true" || word == "false") {
    value.type_ = ValueType::boolean;
    value.boolean_ = word == "true";
  } else if (word == "null") {
    value.type_ = ValueType::null;
  } else {
    report(value.at_, quoted(word) + " is no JSON value",
           "texts stand in double quotes; other words are true, false, null");
  }
}

std::string_view JsonReader::text_with_escapes(const char* begin, Span at) {
  std::string& text = kept_.emplace_back();
  bool told = false;
  for (at_ = begin;;) {
    const char* const stop = plain_end(at_, end_);
    text.append(at_, stop);
    at_ = stop;
    if (at_ == end_ || *at_ == '\n') {
      this->stop(Code::syntax, at, "a text without its closing quote");
      return text;
    }
    const char c = *at_;
    if (c == '\\') {
      if (!read_escape(text, here()) || stopped_) return text;
      continue;
    }
    if (c != '"' && !told) {
      report(here(), fmt::format("a control character (code {}) in a text", static_cast<int>(c)),
             "write it as an escape");
      told = true;
    }
    ++at_;
    if (c == '"') return text;
    text += ' ';
  }
}

bool JsonReader::read_escape(std::string& text, Span at) {
  if (end_ - at_ < 2) {
    at_ = end_;
    stop(Code::syntax, at, "the end of the file in a text");
    return false;
  }
  const char c = at_[1];
  at_ += 2;
  switch (c) {
    case '"':
    case '\\':
    case '/':
      text += c;
      break;
    case 'b':
      text += '\b';
      break;
    case 'f':
      text += '\f';
      break;
    case 'n':
      text += '\n';
      break;
    case 'r':
      text += '\r';
      break;
    case 't':
      text += '\t';
      break;
    case 'u':
      read_unicode(text, at);
      break;
    default:
      --at_;
      report(at, "a backslash that begins no JSON escape", R"(a backslash itself is written \\)");
  }
  return true;
}

std::optional<std::uint32_t> JsonReader::read_hex() {
  std::uint32_t value = 0;
  if (end_ - at_ < 4) return std::nullopt;
  const auto [stop, error] = std::from_chars(at_, at_ + 4, value, 16);
  if (error != std::errc() || stop != at_ + 4) return std::nullopt;
  at_ += 4;
  return value;
}

void JsonReader::read_unicode(std::string& text, Span at) {
  const std::optional<std::uint32_t> first = read_hex();
  if (!first) return report(at, R"(a \u without four hexadecimal digits)");
  const std::uint32_t c = *first;
  const bool high = c >= 0xD800 && c <= 0xDBFF;
  if (high && end_ - at_ >= 2 && at_[0] == '\\' && at_[1] == 'u') {
    const char* const back = at_;
    at_ += 2;
    const std::optional<std::uint32_t> low = read_hex();
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      return append_code_point(text, 0x10000U + ((c - 0xD800U) << 10U) + (*low - 0xDC00U));
    }
    at_ = back;
  }
  if (c >= 0xD800 && c <= 0xDFFF) {
    report(at, fmt::format("half a surrogate pair (\\u{:04x}) in a text", c), "both halves together are one character");
  }
  append_code_point(text, c);
}

bool JsonReader::open(Span at) {
  if (stopped_) return false;
  if (depth_ >= kMaxDepth) {
    stop(Code::too_large, at, fmt::format("lists and tables nested more than {} deep", kMaxDepth));
    return false;
  }
  ++depth_;
  ++at_;
  return true;
}

/// Goes on where neither a comma nor the closing bracket stands; false when reading stopped.
bool JsonReader::next_without_comma(char close, Span opened) {
  if (at_ == end_) return not_closed(close, opened);
  if (starts_value(*at_)) {
    report(here(), "a ',' is missing before " + seen());
    return !stopped_;
  }
  stop(Code::syntax, here(), fmt::format("{} where ',' or '{}' is expected", seen(), close), hint_for(*at_));
  return false;
}

void JsonReader::stop_at_key() {
  stop(Code::syntax, here(), seen() + " where a key is expected", "keys stand in double quotes");
}

void JsonReader::stop_at_colon() {
  stop(Code::syntax, here(), seen() + " where ':' is expected");
}

void JsonReader::report_trailing_comma(char close, Span comma) {
  report(comma, fmt::format("a ',' before '{}'", close), "leave it out");
}

bool JsonReader::not_closed(char close, Span opened) {
  stop(Code::syntax, opened, fmt::format("'{}' without its '{}'", close == '}' ? '{' : '[', close));
  return false;
}

void JsonReader::report(Span at, std::string message, std::string hint) {
  faults_->report(Code::syntax, at, std::move(message), std::move(hint));
  if (!faults_->full()) return;
  faults_->lost().add_text({at_, end_});
  stopped_ = true;
}

void JsonReader::stop(Code code, Span at, std::string message, std::string hint) {
  if (stopped_) return;
  faults_->report(code, at, std::move(message), std::move(hint));
  faults_->lost().add_text({at_, end_});
  stopped_ = true;
}

/// What stands here, as a message says it.
std::string JsonReader::seen() const {
  if (at_ == end_) return "the end of the file";
  const std::string_view rest(at_, end_);
  return quoted(rest.substr(0, read_code_point(rest, 0).size));
}

}  // namespace firebreak
