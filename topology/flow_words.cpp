/// Tokens first (words, commas, the arrow), then one pass over them: a word directly behind a word begins the next
/// part, which only the ports may do.
#include "topology/flow_words.h"

#include <array>
#include <fmt/format.h>

#include "topology/unicode.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

/// The tokens of a flow; a comma is a token of its own.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin) tokens.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    const bool comma = c.value == U',';
    if (comma || (c.valid && is_white_space(c.value))) {
      end_word(at);
      if (comma) tokens.push_back(text.substr(at, 1));
      begin = at + c.size;
    }
    at += c.size;
  }
  end_word(text.size());
  return tokens;
}

enum class Part : std::size_t { from, to, ports };

/// Reads tokens one by one into the part they belong to.
class Reader {
 public:
  void read(std::string_view token) {
    if (token == "->") {
      arrow();
    } else if (token == ",") {
      if (!after_word_) fail("a comma has no word before it");
      after_word_ = false;
      after_comma_ = true;
    } else {
      word(token);
    }
  }

  FlowWords finish() {
    if (part_ == Part::from) {
      const bool stuck = last_.find("->") != std::string_view::npos;
      fail(stuck ? fmt::format("{} has no blanks around '->'", quoted(last_)) : "'->' is missing");
    } else if (parts_[1].empty()) {
      fail("nothing stands behind '->'");
    } else if (after_comma_) {
      fail("a comma has no word behind it");
    }
    return {std::move(parts_[0]), std::move(parts_[1]), std::move(parts_[2]), std::move(fault_)};
  }

 private:
  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  void arrow() {
    if (part_ != Part::from) return fail("'->' stands there twice");
    if (after_comma_) return fail("a comma has no word behind it");
    if (parts_[0].empty()) return fail("nothing stands before '->'");
    part_ = Part::to;
    after_word_ = false;
  }

  void word(std::string_view token) {
    if (after_word_ && part_ == Part::from) {
      fail(fmt::format("neither a comma nor '->' stands between {} and {}", quoted(last_), quoted(token)));
    } else if (after_word_ && part_ == Part::ports) {
      fail(fmt::format("{} stands behind the ports", quoted(token)));
    } else if (after_word_) {
      part_ = Part::ports;
    }
    parts_[static_cast<std::size_t>(part_)].push_back(token);
    last_ = token;
    after_word_ = true;
    after_comma_ = false;
  }

  std::array<std::vector<std::string_view>, 3> parts_;
  Part part_ = Part::from;
  std::string_view last_;
  bool after_word_ = false;
  bool after_comma_ = false;
  std::string fault_;
};

}  // namespace

FlowWords split_flow(std::string_view text) {
  Reader reader;
  for (const std::string_view token : tokens_of(text)) reader.read(token);
  return reader.finish();
}

}  // namespace firebreak
