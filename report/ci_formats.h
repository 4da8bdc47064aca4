#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Formats that build servers read: JUnit XML, and the workflow commands of GitHub.
namespace firebreak::report {

/// One test case; `failure` and `skipped` say why it did not pass, at most one of them.
struct TestCase {
  std::string name;
  std::string failure = {};
  std::string skipped = {};
  std::string output = {};
};

struct TestSuite {
  std::string name;
  std::vector<TestCase> cases;
};

[[nodiscard]] std::string to_junit(std::string_view command, const std::vector<TestSuite>& suites);

/// Where something stands; no file = nowhere, a line or column of 0 = the whole.
struct FilePlace {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A line that GitHub shows where it speaks of; `level` is error, warning or notice.
[[nodiscard]] std::string github_command(std::string_view level, const FilePlace& place, const std::string& title,
                                         const std::string& message);

}  // namespace firebreak::report
