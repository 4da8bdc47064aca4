#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/check_answer.h"
#include "report/ci_formats.h"
#include "report/escape.h"

// Formats of `check` for machines that are not JSON: CSV, JUnit XML, GitHub workflow commands.

namespace firebreak::report {
namespace {

std::string place(const DiagnosticView& diagnostic) {
  if (diagnostic.file.empty()) return {};
  return diagnostic.line == 0 ? diagnostic.file
                              : fmt::format("{}:{}:{}", diagnostic.file, diagnostic.line, diagnostic.column);
}

std::string whole_message(const DiagnosticView& diagnostic) {
  std::string words = diagnostic.message;
  if (!diagnostic.hint.empty()) words += fmt::format(" (hint: {})", diagnostic.hint);
  return words;
}

std::string differences(const ScenarioView& scenario) {
  std::string words;
  for (const DifferenceView& difference : scenario.differences) words += (words.empty() ? "" : "\n") + difference.text;
  return words;
}

/// The diagnostics as one test case: it fails of errors that are no verdicts; the rest is its output.
TestCase topology_case(const CheckView& view) {
  TestCase test{"the topology is sound"};
  for (const DiagnosticView& diagnostic : view.diagnostics) {
    const bool verdict = diagnostic.code == info(Code::require_broken).slug ||
                         diagnostic.code == info(Code::expect_failed).slug ||
                         diagnostic.code == info(Code::require_undecided).slug;
    if (verdict) continue;
    std::string& lines = diagnostic.severity == Severity::error ? test.failure : test.output;
    if (!lines.empty()) lines += '\n';
    lines += fmt::format("{}: {}: {} [{}]", place(diagnostic), to_string(diagnostic.severity),
                         whole_message(diagnostic), diagnostic.code);
  }
  return test;
}

}  // namespace

std::string to_csv(const CheckView& view) {
  std::string out = "part,id,verdict,file,line,column,message\r\n";
  for (const RequireView& require : view.requires_all) {
    out += fmt::format("require,{},{},,,,{}\r\n", csv_cell(require.id),
                       require.broken()  ? "broken"
                       : require.decided ? "holds"
                                         : "undecided",
                       csv_cell(require.witness ? require.witness->text : ""));
  }
  for (const ScenarioView& scenario : view.scenarios) {
    out += fmt::format("scenario,{},{},,,,{}\r\n", csv_cell(scenario.id), scenario.passed ? "passed" : "otherwise",
                       csv_cell(scenario.differences.empty() ? "" : scenario.differences.front().text));
  }
  for (const DiagnosticView& diagnostic : view.diagnostics) {
    out +=
        fmt::format("diagnostic,{},{},{},{},{},{}\r\n", csv_cell(diagnostic.code), to_string(diagnostic.severity),
                    csv_cell(diagnostic.file), diagnostic.line, diagnostic.column, csv_cell(whole_message(diagnostic)));
  }
  return out;
}

std::string to_junit(const CheckView& view) {
  std::vector<TestCase> requires_all;
  for (const RequireView& require : view.requires_all) {
    TestCase test{require.id};
    if (require.broken()) test.failure = fmt::format("{}\n{}", require.witness->text, require.at);
    if (!require.decided) test.skipped = "not decided within the limits";
    requires_all.push_back(std::move(test));
  }
  std::vector<TestCase> scenarios;
  for (const ScenarioView& scenario : view.scenarios) {
    TestCase test{scenario.id};
    if (!scenario.passed) test.failure = fmt::format("{}\n{}", differences(scenario), scenario.at);
    scenarios.push_back(std::move(test));
  }
  return to_junit("check", {{"topology", {topology_case(view)}}, {"requires", requires_all}, {"scenarios", scenarios}});
}

std::string to_github(const CheckView& view) {
  std::string out;
  for (const DiagnosticView& diagnostic : view.diagnostics) {
    const std::string_view level = diagnostic.severity == Severity::note ? "notice" : to_string(diagnostic.severity);
    out += github_command(level, {diagnostic.file, diagnostic.line, diagnostic.column}, diagnostic.code,
                          whole_message(diagnostic));
  }
  return out + printable(view.head.summary) + "\n";
}

}  // namespace firebreak::report
