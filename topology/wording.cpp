#include "topology/wording.h"

#include "topology/cidr_words.h"
#include "topology/kind_set.h"
#include "topology/unicode.h"

namespace firebreak {
namespace {

constexpr std::size_t kLongestWord = 255;
constexpr std::size_t kLongestQuote = 80;

/// Printable ASCII but blank and comma: what nearly all words are made of.
bool is_plain(char c) {
  return c > ' ' && c < '\x7F' && c != ',';
}

}  // namespace

std::string quoted(std::string_view word) {
  std::size_t end = 0;
  while (end < word.size() && end < kLongestQuote) end += read_code_point(word, end).size;
  std::string text = "'";
  text += word.substr(0, end);
  text += end < word.size() ? "...'" : "'";
  return text;
}

std::string_view why_no_word(std::string_view text) {
  if (text.empty()) return "is empty";
  if (text.size() > kLongestWord) return "is longer than 255 bytes";
  for (std::size_t at = 0; at < text.size();) {
    if (is_plain(text[at])) {
      ++at;
      continue;
    }
    const CodePoint c = read_code_point(text, at);
    if (!c.valid) return "is not valid UTF-8";
    // White space first: a line feed is both, and people know it as the former.
    if (is_white_space(c.value)) return "holds white space";
    if (is_control(c.value)) return "holds a control character";
    if (c.value == U',') return "holds a comma";
    at += c.size;
  }
  return {};
}

std::string_view why_no_id(std::string_view text) {
  if (const std::string_view why = why_no_word(text); !why.empty()) return why;
  if (text == "*") return "would be read as every system";
  if (text == "->") return "would be read as the arrow of a flow";
  if (text.starts_with("tag:")) return "would be read as a tag";
  if (text.starts_with("kind:")) return "would be read as a kind";
  if (read_cidr(text)) return "would be read as an address";
  return {};
}

std::string to_string(KindSet kinds) {
  std::string text;
  std::uint32_t left = kinds.bits();
  for (std::uint32_t i = 0; left != 0; ++i, left >>= 1U) {
    if ((left & 1U) == 0) continue;
    if (!text.empty()) text += left == 1 ? " or " : ", ";
    text += to_string(static_cast<NodeKind>(i));
  }
  return text;
}

std::string with_article(NodeKind kind) {
  return with_article(KindSet{kind});
}

std::string with_article(KindSet kinds) {
  const std::string words = to_string(kinds);
  return (words.starts_with('i') ? "an " : "a ") + words;
}

}  // namespace firebreak
