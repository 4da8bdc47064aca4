#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Case files: command lines, the files they read, and what must come out, as one readable text. tests/cases/README.md
/// describes the format.
namespace firebreak::test {

/// One `=== …` section as it stands in the file.
struct Section {
  std::size_t line = 0;           ///< of the heading, from 1
  std::string word;               ///< "file", "run", "out" …
  std::string argument;           ///< what follows the word, without the attribute
  std::string attribute;          ///< "escaped", "any content" or empty
  std::vector<std::string> body;  ///< the lines below the heading, one blank line at the end left out
  std::string text;               ///< the bytes the body stands for
};

/// A file a run must leave behind.
struct Written {
  std::string name;
  std::string text;
  bool any_content = false;  ///< only that it is there and not empty
};

/// One command line and everything around it.
struct Run {
  std::size_t line = 0;
  std::string head;            ///< the lines from the section before up to the expectations, kept by bless as they are
  std::vector<Section> setup;  ///< file and use sections before the command line
  std::string command;
  std::vector<std::string> with;  ///< words of the `with` section
  std::string in;
  std::string out;
  std::string err;
  int code = 0;
  std::vector<Written> wrote;
};

struct CaseFile {
  std::string name;  ///< as named on the command line
  std::string comment;
  std::vector<Run> runs;
};

/// What is wrong with a case file: "NAME:LINE: …".
struct Malformed {
  std::string message;
};

[[nodiscard]] std::variant<CaseFile, Malformed> parse_case(std::string name, std::string_view text);

/// The case file with its expectations in their one canonical form; comments, files and command lines stay as they
/// were.
[[nodiscard]] std::string format_case(const CaseFile& cases);

}  // namespace firebreak::test
