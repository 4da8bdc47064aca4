#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "tests/cases/command_line.h"
#include "tests/cases/play.h"
#include "tests/cases/text.h"

// A document is read line by line. Text outside fences is copied. A fence ```toml NAME (any language, then a name) puts
// a file into the working folder; in a ```console fence each `$ ` line is run and the lines below it, up to the next
// one, are compared.
namespace firebreak::test {
namespace {

constexpr std::string_view kGap = "…";

/// One command of a console block and the output shown for it.
struct Shown {
  std::size_t line = 0;
  std::string command_lines;  ///< as written
  std::string command;        ///< without the "$ ", continued lines joined
  std::vector<std::string_view> output;
};

struct Fence {
  std::string_view indent;
  std::string_view language;
  std::string_view argument;
};

std::optional<Fence> opening_fence(std::string_view line) {
  const std::size_t start = line.find_first_not_of(' ');
  if (start == std::string_view::npos || !line.substr(start).starts_with("```")) return std::nullopt;
  const std::string_view info = line.substr(start + 3);
  const std::size_t space = info.find(' ');
  return Fence{line.substr(0, start), info.substr(0, space),
               space == std::string_view::npos ? std::string_view() : info.substr(space + 1)};
}

bool matches_with_gaps(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& lines) {
  std::size_t at = 0;
  std::size_t line = 0;
  std::optional<std::size_t> gap;  // index in `pattern` of the last gap, and the line it was tried to end at
  std::size_t gap_end = 0;
  while (line < lines.size()) {
    if (at < pattern.size() && pattern[at] == kGap) {
      gap = at++;
      gap_end = line;
    } else if (at < pattern.size() && pattern[at] == lines[line]) {
      ++at;
      ++line;
    } else if (gap) {
      at = *gap + 1;
      line = ++gap_end;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == kGap) ++at;
  return at == pattern.size();
}

/// What to show instead of `shown`: all lines, or, when there was a gap, as many lines before and behind it as before.
std::vector<std::string_view> shorten_like(const std::vector<std::string_view>& shown,
                                           const std::vector<std::string_view>& lines) {
  const auto first = std::find(shown.begin(), shown.end(), kGap);
  if (first == shown.end()) return lines;
  const auto head = std::distance(shown.begin(), first);
  const auto tail = std::distance(shown.rbegin(), std::find(shown.rbegin(), shown.rend(), kGap));
  if (head + tail >= std::ssize(lines)) return lines;
  std::vector<std::string_view> short_lines(lines.begin(), lines.begin() + head);
  short_lines.push_back(kGap);
  short_lines.insert(short_lines.end(), lines.end() - tail, lines.end());
  return short_lines;
}

class Document {
 public:
  Document(const std::string& name, std::string_view text) : name_(name), lines_(split_lines(text)) {}

  PlayedDocument play() {
    while (at_ < lines_.size()) {
      const std::optional<Fence> fence = opening_fence(lines_[at_]);
      copy_line();
      if (!fence) continue;
      if (fence->language == "console") {
        play_block(*fence);
      } else {
        take_file(*fence);
      }
      if (at_ < lines_.size()) copy_line();
    }
    return std::move(played_);
  }

 private:
  void copy_line() {
    played_.blessed += std::string(lines_[at_]) + '\n';
    ++at_;
  }
  void fail(std::size_t line, std::string_view what) {
    played_.failures.push_back(fmt::format("{}:{}: {}", name_, line, what));
  }
  [[nodiscard]] bool in_block(const Fence& fence) const {
    return at_ < lines_.size() && lines_[at_] != std::string(fence.indent) + "```";
  }
  [[nodiscard]] std::string_view line(const Fence& fence) const {
    std::string_view text = lines_[at_];
    if (text.starts_with(fence.indent)) text.remove_prefix(fence.indent.size());
    return text;
  }

  void take_file(const Fence& fence) {
    const std::size_t start = at_;
    std::string text;
    while (in_block(fence)) {
      text += std::string(line(fence)) + '\n';
      copy_line();
    }
    if (fence.argument.empty()) return;
    if (!is_inside(fence.argument) || !write_file(std::string(fence.argument), text))
      fail(start, fmt::format("'{}' is no file name", fence.argument));
  }

  void play_block(const Fence& fence) {
    while (in_block(fence)) {
      if (!line(fence).starts_with("$ ")) {
        fail(at_ + 1, "output without a command");
        copy_line();
        continue;
      }
      const Shown shown = read_command(fence);
      play_command(fence, shown);
    }
  }

  Shown read_command(const Fence& fence) {
    Shown shown{at_ + 1, {}, {}, {}};
    std::string_view text = line(fence).substr(2);
    shown.command_lines = std::string(lines_[at_++]) + '\n';
    while (text.ends_with('\\') && in_block(fence)) {
      text.remove_suffix(1);
      shown.command += text;
      text = line(fence);
      shown.command_lines += std::string(lines_[at_++]) + '\n';
    }
    shown.command += text;
    for (; in_block(fence) && !line(fence).starts_with("$ "); ++at_) shown.output.push_back(line(fence));
    return shown;
  }

  void play_command(const Fence& fence, const Shown& shown) {
    played_.blessed += shown.command_lines;
    std::vector<std::string_view> output = shown.output;
    std::string found;
    if (run_command(shown, found)) {
      const std::vector<std::string_view> lines = split_lines(found);
      if (!matches_with_gaps(shown.output, lines)) {
        std::string expected;
        for (const std::string_view text : shown.output) expected += std::string(text) + '\n';
        fail(shown.line, "the output differs" + difference(expected, found));
        output = shorten_like(shown.output, lines);
      }
      for (const std::string_view text : output)
        played_.blessed += (text.empty() ? "" : std::string(fence.indent)) + std::string(text) + '\n';
    }
  }

  /// Runs `firebreak …`, `scripts/firebreak …`, `cat FILE` or `echo $?`. False, and a failure, for anything else.
  bool run_command(const Shown& shown, std::string& output) {
    const auto words = split_words(shown.command);
    if (words && !words->empty()) {
      if (words->front() == "firebreak" || words->front() == "scripts/firebreak") {
        std::string input;
        const cli::Outcome outcome = cli::run(std::span(*words).subspan(1), plain_surroundings(&input));
        output = outcome.err + outcome.out;
        code_ = outcome.code;
        if (code_ == 70) fail(shown.line, "a fault of the program: " + outcome.err);
        return true;
      }
      if (words->front() == "cat" && words->size() == 2) {
        const auto text = read_file((*words)[1]);
        output = text.value_or("");
        if (!text) fail(shown.line, fmt::format("there is no '{}'", (*words)[1]));
        return true;
      }
      if (*words == std::vector<std::string>{"echo", "$?"}) {
        output = fmt::format("{}\n", code_);
        return true;
      }
    }
    fail(shown.line, "this test runs firebreak, cat and echo $? only; other commands go into ```sh blocks");
    for (const std::string_view text : shown.output) played_.blessed += std::string(text) + '\n';
    return false;
  }

  std::string name_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  int code_ = 0;  ///< of the last command
  PlayedDocument played_;
};

}  // namespace

PlayedDocument play_document(const std::string& name, std::string_view text, const std::filesystem::path& root) {
  const WorkingFolder folder;
  std::error_code none_there;
  std::filesystem::copy(root / "examples", "examples", std::filesystem::copy_options::recursive, none_there);
  return Document(name, text).play();
}

}  // namespace firebreak::test
