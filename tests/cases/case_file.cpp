#include "tests/cases/case_file.h"

#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "tests/cases/command_line.h"
#include "tests/cases/text.h"

// A file is cut into lines, the lines into sections at their `=== ` headings, and the sections are dealt out to runs:
// what stands before a `run` heading belongs to that run's setup, what stands behind it is input or expectation.
namespace firebreak::test {
namespace {

constexpr std::string_view kHeading = "=== ";

bool takes_text(std::string_view word) {
  return word == "file" || word == "in" || word == "out" || word == "err" || word == "wrote";
}

bool is_setup(std::string_view word) {
  return word == "file" || word == "use";
}
bool is_input(std::string_view word) {
  return word == "run" || word == "with" || word == "in";
}

Section heading(std::string_view line, std::size_t number) {
  Section section;
  section.line = number;
  line.remove_prefix(kHeading.size());
  const std::size_t space = line.find(' ');
  section.word = line.substr(0, space);
  if (space != std::string_view::npos) section.argument = line.substr(space + 1);
  if (!takes_text(section.word)) return section;
  for (const std::string_view attribute : {"escaped", "any content"}) {
    std::string_view rest = section.argument;
    if (!rest.ends_with(attribute)) continue;
    rest.remove_suffix(attribute.size());
    if (!rest.empty() && !rest.ends_with(", ")) continue;
    if (!rest.empty()) rest.remove_suffix(2);
    section.attribute = attribute;
    section.argument = std::string(rest);
    break;
  }
  return section;
}

/// Says what is wrong with a section on its own, or nothing.
std::optional<std::string> fault(const Section& section) {
  const bool named = section.word == "file" || section.word == "use" || section.word == "wrote";
  if (!takes_text(section.word) && !is_setup(section.word) && !is_input(section.word) && section.word != "code")
    return fmt::format("unknown section '{}'", section.word);
  if (named && !is_inside(section.argument)) return fmt::format("'{}' is no path inside the folder", section.argument);
  if ((section.word == "in" || section.word == "out" || section.word == "err") && !section.argument.empty())
    return fmt::format("'{}' takes no argument but 'escaped'", section.word);
  if (section.attribute == "any content" && section.word != "wrote") return "'any content' is for 'wrote' only";
  if ((section.word == "code" || section.word == "with" || section.word == "use") && !section.body.empty())
    return fmt::format("'{}' has no text below it", section.word);
  return std::nullopt;
}

struct Reader {
  CaseFile file;
  Run run;            ///< the one being put together
  bool open = false;  ///< its command line has been read

  void close_run() {
    if (open) file.runs.push_back(std::move(run));
    run = {};
    open = false;
  }
  std::optional<std::string> take(const Section& section, std::string_view raw);
};

std::optional<std::string> Reader::take(const Section& section, std::string_view raw) {
  const std::string& word = section.word;
  if (open && (is_setup(word) || word == "run")) close_run();
  if (!open && !is_setup(word) && word != "run") return fmt::format("'{}' before any 'run'", word);
  if (word == "run" || word == "with") {
    while (raw.ends_with("\n\n")) raw.remove_suffix(1);
  }
  if (is_setup(word) || is_input(word)) run.head += raw;
  if (is_setup(word)) {
    run.setup.push_back(section);
  } else if (word == "run") {
    open = true;
    run.line = section.line;
    run.command = section.argument;
    if (!split_words(run.command)) return "a quote is left open";
  } else if (word == "with") {
    auto words = split_words(section.argument);
    if (!words) return "a quote is left open";
    run.with = std::move(*words);
  } else if (word == "in") {
    run.in = section.text;
  } else if (word == "out") {
    run.out = section.text;
  } else if (word == "err") {
    run.err = section.text;
  } else if (word == "wrote") {
    run.wrote.push_back({section.argument, section.text, section.attribute == "any content"});
  } else {
    const auto& digits = section.argument;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), run.code);
    if (error != std::errc() || end != digits.data() + digits.size()) return "the exit code is no number";
  }
  return std::nullopt;
}

/// Fills in the bytes the body stands for.
std::optional<std::string> decode(Section& section) {
  if (!section.body.empty() && section.body.back().empty()) section.body.pop_back();
  for (const std::string& line : section.body) section.text += line + '\n';
  if (section.attribute != "escaped") return std::nullopt;
  auto bytes = unescape(section.text);
  if (!bytes) return "an escape is neither \\\\ nor \\xNN nor a backslash at the end of a line";
  section.text = std::move(*bytes);
  return std::nullopt;
}

void append_text(std::string& to, std::string_view heading, std::string_view text) {
  const bool plain = is_plain(text);
  to += fmt::format("=== {}{}\n", heading, plain ? "" : heading.find(' ') == heading.npos ? " escaped" : ", escaped");
  const std::string body = plain ? std::string(text) : escape(text);
  to += body;
  if (body.ends_with("\n\n") || body == "\n") to += '\n';
}

}  // namespace

std::variant<CaseFile, Malformed> parse_case(std::string name, std::string_view text) {
  Reader reader;
  reader.file.name = name;
  const std::vector<std::string_view> lines = split_lines(text);
  std::size_t at = 0;
  for (; at < lines.size() && !lines[at].starts_with(kHeading); ++at) {
    if (!lines[at].empty() && lines[at].front() != '#')
      return Malformed{fmt::format("{}:{}: only '#' comments may stand before the first section", name, at + 1)};
    reader.file.comment += std::string(lines[at]) + '\n';
  }
  while (at < lines.size()) {
    Section section = heading(lines[at], at + 1);
    const auto malformed = [&](std::string_view what) {
      return Malformed{fmt::format("{}:{}: {}", name, section.line, what)};
    };
    std::string raw = std::string(lines[at]) + '\n';
    for (++at; at < lines.size() && !lines[at].starts_with(kHeading); ++at) {
      section.body.emplace_back(lines[at]);
      raw += std::string(lines[at]) + '\n';
    }
    if (const auto what = decode(section)) return malformed(*what);
    if (const auto what = fault(section)) return malformed(*what);
    if (const auto what = reader.take(section, raw)) return malformed(*what);
  }
  reader.close_run();
  if (!reader.run.setup.empty()) return Malformed{fmt::format("{}: the last section belongs to no 'run'", name)};
  if (reader.file.runs.empty()) return Malformed{fmt::format("{}: there is no 'run'", name)};
  return std::move(reader.file);
}

std::string format_case(const CaseFile& cases) {
  std::string text = cases.comment;
  for (const Run& run : cases.runs) {
    if (!text.empty() && !text.ends_with("\n\n")) text += '\n';
    text += run.head;
    if (!run.out.empty()) append_text(text, "out", run.out);
    if (!run.err.empty()) append_text(text, "err", run.err);
    for (const Written& file : run.wrote) {
      if (file.any_content) {
        text += fmt::format("=== wrote {}, any content\n", file.name);
      } else {
        append_text(text, "wrote " + file.name, file.text);
      }
    }
    if (run.code != 0) text += fmt::format("=== code {}\n", run.code);
  }
  return text;
}

}  // namespace firebreak::test
