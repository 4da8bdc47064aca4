#include "tests/cases/play.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "tests/cases/command_line.h"
#include "tests/cases/text.h"

namespace firebreak::test {
namespace {

using Files = std::map<std::string, std::string>;

Files files_here() {
  Files files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(".")) {
    if (entry.is_regular_file())
      files[entry.path().lexically_normal().generic_string()] = read_file(entry.path()).value_or("");
  }
  return files;
}

/// Puts the files of a run in place; says what is wrong, or nothing.
std::string set_up(const Run& run, const std::filesystem::path& root) {
  for (const Section& section : run.setup) {
    if (section.word == "file") {
      if (!write_file(section.argument, section.text)) return fmt::format("cannot write '{}'", section.argument);
      continue;
    }
    std::error_code error;
    const std::filesystem::path to(section.argument);
    if (to.has_parent_path()) std::filesystem::create_directories(to.parent_path(), error);
    std::filesystem::copy(root / to, to, std::filesystem::copy_options::recursive, error);
    if (error) return fmt::format("cannot copy '{}': {}", section.argument, error.message());
  }
  return {};
}

/// Applies the words of a `with` section; says what is wrong, or nothing.
std::string apply(const std::vector<std::string>& with, cli::Surroundings& surroundings) {
  for (const std::string& word : with) {
    if (word == "terminal") {
      surroundings.output_is_terminal = surroundings.error_is_terminal = true;
    } else if (word == "no-colour") {
      surroundings.no_colour = true;
    } else if (word.starts_with("columns=")) {
      const auto [end, error] = std::from_chars(word.data() + 8, word.data() + word.size(), surroundings.columns);
      if (error != std::errc() || end != word.data() + word.size()) return fmt::format("'{}' is no number", word);
    } else {
      return fmt::format("unknown word '{}' in 'with'", word);
    }
  }
  return {};
}

/// The files that are new or changed, in the order of the case file and then by name.
std::vector<Written> written(const Run& run, const Files& before, const Files& after) {
  std::vector<Written> files;
  const auto changed = [&before](const auto& file) {
    const auto old = before.find(file.first);
    return old == before.end() || old->second != file.second;
  };
  for (const Written& expected : run.wrote) {
    const auto found = after.find(expected.name);
    if (found == after.end() || !changed(*found)) continue;
    const bool any_content = expected.any_content && !found->second.empty();
    files.push_back({expected.name, any_content ? "" : found->second, any_content});
  }
  for (const auto& file : after) {
    const auto same_name = [&file](const Written& other) { return other.name == file.first; };
    if (changed(file) && std::none_of(files.begin(), files.end(), same_name))
      files.push_back({file.first, file.second, false});
  }
  return files;
}

/// Compares one run with what was expected of it.
struct Comparison {
  std::string place;
  std::vector<std::string>& failures;

  void texts(std::string_view what, std::string_view expected, std::string_view found) const {
    if (expected != found)
      failures.push_back(fmt::format("{}: {} differs{}", place, what, difference(expected, found)));
  }
  void files(const std::vector<Written>& expected, const std::vector<Written>& found) const {
    for (const Written& want : expected) {
      const auto same_name = [&want](const Written& file) { return file.name == want.name; };
      const auto it = std::find_if(found.begin(), found.end(), same_name);
      if (it == found.end()) {
        failures.push_back(fmt::format("{}: '{}' was not written", place, want.name));
      } else if (it->any_content != want.any_content) {
        failures.push_back(fmt::format("{}: '{}' is empty", place, want.name));
      } else {
        texts("file '" + want.name + "'", want.text, it->text);
      }
    }
    for (const Written& file : found) {
      const auto same_name = [&file](const Written& want) { return file.name == want.name; };
      if (std::none_of(expected.begin(), expected.end(), same_name))
        failures.push_back(fmt::format("{}: '{}' was written, which no 'wrote' section says", place, file.name));
    }
  }
};

/// Runs one command line; fills in what came out.
void play_run(const Run& expected, const std::filesystem::path& root, const Comparison& compare, Run& found) {
  const auto impossible = [&](const std::string& why) {
    if (!why.empty()) compare.failures.push_back(fmt::format("{}: {}", compare.place, why));
    return !why.empty();
  };
  std::string input = expected.in;
  cli::Surroundings surroundings = plain_surroundings(&input);
  if (impossible(set_up(expected, root)) || impossible(apply(expected.with, surroundings))) return;
  const Files before = files_here();
  const cli::Outcome outcome =
      cli::run(split_words(expected.command).value_or(std::vector<std::string>()), surroundings);
  const Files after = files_here();
  for (const auto& file : before) {
    if (!after.contains(file.first)) impossible(fmt::format("'{}' was removed", file.first));
  }
  found.out = outcome.out;
  found.err = outcome.err;
  found.code = outcome.code;
  found.wrote = written(expected, before, after);
  compare.texts("standard output", expected.out, found.out);
  compare.texts("standard error", expected.err, found.err);
  compare.files(expected.wrote, found.wrote);
  if (expected.code != found.code)
    impossible(fmt::format("exit code {} was expected, {} came", expected.code, found.code));
}

}  // namespace

cli::Surroundings plain_surroundings(std::string* input) {
  cli::Surroundings surroundings;
  surroundings.input = input;
  return surroundings;
}

Played play(const CaseFile& cases, const std::filesystem::path& root) {
  Played played{{}, cases};
  const WorkingFolder folder;
  for (std::size_t i = 0; i < cases.runs.size(); ++i) {
    const Run& run = cases.runs[i];
    const Comparison compare{fmt::format("{}:{}", cases.name, run.line), played.failures};
    play_run(run, root, compare, played.blessed.runs[i]);
  }
  return played;
}

}  // namespace firebreak::test
