#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "firebreak/source.h"

#include "topology/format/cursor.h"
#include "topology/format/file_faults.h"
#include "topology/format/input_file.h"
#include "topology/format/passed_text.h"

/// Strict JSON (RFC 8259), pulled forward: nothing is kept of what was read, and texts without escapes are views of the
/// input. Faults that leave the rest readable are reported and passed over; behind others nothing is read.
namespace firebreak {

class JsonReader;

/// The value the reader stands on: a `Cursor`.
class JsonValue {
 public:
  [[nodiscard]] ValueType type() const { return type_; }
  [[nodiscard]] Span at() const { return at_; }
  [[nodiscard]] std::string_view text();
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] bool boolean() const { return boolean_; }
  void skip();
  template <class Visit>
  void members(Visit&& visit);
  template <class Visit>
  void elements(Visit&& visit);

 private:
  friend class JsonReader;
  JsonValue(JsonReader& reader, const char* begin) : reader_(&reader), begin_(begin) {}
  [[nodiscard]] bool untouched() const;

  JsonReader* reader_;
  const char* begin_;
  std::string_view digits_;  ///< integer and number
  Span at_;
  ValueType type_ = ValueType::broken;
  bool boolean_ = false;
};

class JsonReader {
 public:
  using Value = JsonValue;

  /// Reads the text of the file; what it passes of a text that is not kept it gives away to be released. Cost of it
  /// all: linear.
  JsonReader(const InputFile& file, FileFaults& faults);

  /// The value of the document; to be called once, first.
  [[nodiscard]] JsonValue root() { return value(); }
  /// Reports what stands behind the document; to be called once, last.
  void finish();
  /// Whether reading ended before the document did.
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// Gives away what keeps the texts and keys handed out so far alive.
  [[nodiscard]] PassedText pass();
  /// How much of the file was read since then.
  [[nodiscard]] std::size_t unpassed() const { return static_cast<std::size_t>(at_ - passed_); }

 private:
  friend class JsonValue;

  [[nodiscard]] Span here() { return place(at_); }
  [[nodiscard]] Span place(const char* where) {
    if (ascii_) return {faults_->file(), line_, static_cast<std::uint32_t>(where - line_begin_) + 1};
    return {faults_->file(), line_, column_of(where)};
  }
  [[nodiscard]] std::uint32_t column_of(const char* where);
  [[nodiscard]] JsonValue value();
  void read_other(JsonValue& value);
  void read_number(JsonValue& value);
  void read_word(JsonValue& value);
  [[nodiscard]] std::string_view text();
  [[nodiscard]] std::string_view text_with_escapes(const char* begin, Span at);
  bool read_escape(std::string& text, Span at);
  [[nodiscard]] std::optional<std::uint32_t> read_hex();
  void read_unicode(std::string& text, Span at);
  [[nodiscard]] std::string_view key();
  /// Takes the opening bracket, unless that nests too deep.
  bool open(Span at);
  /// Goes to the next item and says whether there is one; takes the closing bracket otherwise.
  bool next(char close, bool first, Span opened);
  bool next_without_comma(char close, Span opened);
  bool not_closed(char close, Span opened);
  void stop_at_key();
  void stop_at_colon();
  void report_trailing_comma(char close, Span comma);
  void skip_space();
  void report(Span at, std::string message, std::string hint = {});
  void stop(Code code, Span at, std::string message, std::string hint = {});
  [[nodiscard]] std::string seen() const;

  const char* at_;
  const char* end_;
  const char* passed_;      ///< up to here the texts were given away
  const char* released_;    ///< up to here the text may be gone
  const char* release_at_;  ///< once this is passed, more is released
  const char* line_begin_;
  const char* base_;  ///< on this line, with its column: the first place that can still be asked for
  std::uint32_t base_column_ = 1;
  const char* anchor_;  ///< the same, from where counting of code points goes on
  std::uint32_t anchor_column_ = 1;
  std::uint32_t line_ = 1;
  std::uint32_t depth_ = 0;
  bool ascii_;
  bool stopped_ = false;
  FileFaults* faults_;
  std::list<std::string> kept_;
};

/// The first quote, backslash or control character, looked for in many bytes at a time.
inline const char* plain_end(const char* at, const char* end) {
#ifdef __SSE2__
  constexpr std::ptrdiff_t kBytes = 16;
  for (; end - at >= kBytes; at += kBytes) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, escapes), controls));
    if (found != 0) return at + std::countr_zero(static_cast<std::uint32_t>(found));
  }
#else
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U;
    constexpr std::uint64_t kHighs = 0x8080808080808080U;
    // The lowest high bit that is set marks the first byte that is zero; those above it may be wrong.
    const auto zeros = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
    for (; end - at >= 8; at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      const std::uint64_t controls = (word - kOnes * 0x20U) & ~word & kHighs;
      const std::uint64_t found = controls | zeros(word ^ (kOnes * '"')) | zeros(word ^ (kOnes * '\\'));
      if (found != 0) return at + std::countr_zero(found) / 8;
    }
  }
#endif
  while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}

inline bool JsonValue::untouched() const {
  return !reader_->stopped_ && reader_->at_ == begin_;
}

inline std::string_view JsonValue::text() {
  return reader_->text();
}

inline std::string_view JsonReader::text() {
  const char* const begin = at_ + 1;
  const char* const stop = plain_end(begin, end_);
  if (stop == end_ || *stop != '"') return text_with_escapes(begin, here());
  at_ = stop + 1;
  return {begin, stop};
}

inline void JsonReader::skip_space() {
  for (; at_ != end_; ++at_) {
    const char c = *at_;
    if (static_cast<unsigned char>(c) > ' ') return;
    if (c == '\n') {
      ++line_;
      line_begin_ = at_ + 1;
      base_ = anchor_ = line_begin_;
      base_column_ = anchor_column_ = 1;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return;
    }
  }
}

inline JsonValue JsonReader::value() {
  skip_space();
  JsonValue value(*this, at_);
  if (stopped_) return value;
  value.at_ = here();
  const char first = at_ != end_ ? *at_ : '\0';
  if (first == '"') {
    value.type_ = ValueType::text;
  } else if (first == '{') {
    value.type_ = ValueType::table;
  } else if (first == '[') {
    value.type_ = ValueType::list;
  } else {
    read_other(value);
  }
  return value;
}

inline std::string_view JsonReader::key() {
  if (*at_ != '"') {
    stop_at_key();
    return {};
  }
  const std::string_view key = text();
  skip_space();
  if (stopped_) return key;
  if (at_ != end_ && *at_ == ':') {
    ++at_;
  } else {
    stop_at_colon();
  }
  return key;
}

inline bool JsonReader::next(char close, bool first, Span opened) {
  if (stopped_) return false;
  skip_space();
  if (at_ != end_ && *at_ == close) {
    ++at_;
    --depth_;
    return false;
  }
  if (first) return at_ != end_ || not_closed(close, opened);
  if (at_ == end_ || *at_ != ',') return next_without_comma(close, opened);
  const Span comma = here();
  ++at_;
  skip_space();
  if (at_ == end_) return not_closed(close, opened);
  if (*at_ != close) return true;
  report_trailing_comma(close, comma);
  ++at_;
  --depth_;
  return false;
}

template <class Visit>
void JsonValue::members(Visit&& visit) {
  if (!reader_->open(at_)) return;
  for (bool first = true; reader_->next('}', first, at_); first = false) {
    const Span at = reader_->here();
    const std::string_view key = reader_->key();
    if (reader_->stopped()) return;
    JsonValue value = reader_->value();
    visit(key, at, value);
    if (value.untouched()) value.skip();
  }
}

template <class Visit>
void JsonValue::elements(Visit&& visit) {
  if (!reader_->open(at_)) return;
  for (bool first = true; reader_->next(']', first, at_); first = false) {
    JsonValue value = reader_->value();
    visit(value);
    if (value.untouched()) value.skip();
  }
}

}  // namespace firebreak
