#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/run.h"
#include "tests/cases/case_file.h"

/// Running command lines in process and comparing what came out.
namespace firebreak::test {

/// The surroundings every test starts from: no terminal, no colour, 100 columns, nothing on standard input.
[[nodiscard]] cli::Surroundings plain_surroundings(std::string* input);

/// What a case file found, and the case file as it would be if all of that were expected.
struct Played {
  std::vector<std::string> failures;  ///< "NAME:LINE: what differs" and how
  CaseFile blessed;
};

/// Runs all command lines of a case file in a new folder. `root` is the source tree, which `use` copies from.
[[nodiscard]] Played play(const CaseFile& cases, const std::filesystem::path& root);

/// The same for the ```console blocks of a Markdown document, which are run in a folder with a copy of examples/.
struct PlayedDocument {
  std::vector<std::string> failures;
  std::string blessed;  ///< the document with what came out
};
[[nodiscard]] PlayedDocument play_document(const std::string& name, std::string_view text,
                                           const std::filesystem::path& root);

}  // namespace firebreak::test
