#include "report/ci_formats.h"

#include <fmt/format.h>

#include "report/escape.h"

namespace firebreak::report {
namespace {

void add_suite(std::string& out, const TestSuite& suite) {
  std::size_t failures = 0;
  std::size_t skipped = 0;
  for (const TestCase& test : suite.cases) {
    if (!test.failure.empty()) ++failures;
    if (!test.skipped.empty()) ++skipped;
  }
  out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n", suite.name,
                     suite.cases.size(), failures, skipped);
  for (const TestCase& test : suite.cases) {
    out += fmt::format("    <testcase classname=\"firebreak.{}\" name=\"{}\">\n", suite.name, xml_text(test.name));
    if (!test.failure.empty()) {
      const std::string first = test.failure.substr(0, test.failure.find('\n'));
      out += fmt::format("      <failure message=\"{}\">{}</failure>\n", xml_text(first), xml_text(test.failure));
    }
    if (!test.skipped.empty()) out += fmt::format("      <skipped message=\"{}\"/>\n", xml_text(test.skipped));
    if (!test.output.empty()) out += fmt::format("      <system-out>{}</system-out>\n", xml_text(test.output));
    out += "    </testcase>\n";
  }
  out += "  </testsuite>\n";
}

}  // namespace

std::string to_junit(std::string_view command, const std::vector<TestSuite>& suites) {
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"firebreak {}\">\n", command);
  for (const TestSuite& suite : suites) add_suite(out, suite);
  return out + "</testsuites>\n";
}

std::string github_command(std::string_view level, const FilePlace& place, const std::string& title,
                           const std::string& message) {
  std::string properties;
  const auto add = [&](std::string_view name, const std::string& value) {
    properties += fmt::format("{}{}={}", properties.empty() ? " " : ",", name, github_property(value));
  };
  if (!place.file.empty()) add("file", place.file);
  if (place.line > 0) add("line", std::to_string(place.line));
  if (place.column > 0) add("col", std::to_string(place.column));
  add("title", title);
  return fmt::format("::{}{}::{}\n", level, properties, github_message(message));
}

}  // namespace firebreak::report
