#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/views.h"

namespace firebreak::report {

struct RelatedView {
  std::string at;
  std::string message;
};
template <class V>
void describe(V& visit, const RelatedView& x) {
  visit("at", x.at, "file:line:column");
  visit("message", x.message, "what is there");
}

struct DiagnosticView {
  std::string code;
  Severity severity = Severity::error;
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
  std::string hint;
  std::vector<RelatedView> related;
};
template <class V>
void describe(V& visit, const DiagnosticView& x) {
  visit("code", x.code, "what it is about, a stable word");
  visit("severity", x.severity, "how bad it is");
  visit("file", x.file, "the file, or empty");
  visit("line", x.line, "the line, from 1; 0 = the file as a whole");
  visit("column", x.column, "the column in characters, from 1; 0 = the line as a whole");
  visit("message", x.message, "what was seen");
  visit("hint", x.hint, "what to do about it, or empty");
  visit("related", x.related, "other places it speaks of");
}

struct FlowWitnessView {
  std::string from;
  std::string to;
  std::string ports;
};
template <class V>
void describe(V& visit, const FlowWitnessView& x) {
  visit("from", x.from, "where the flow starts");
  visit("to", x.to, "where it goes");
  visit("ports", x.ports, "on which ports");
}

struct WitnessView {
  std::string text;
  std::vector<std::string> path;
  std::vector<std::string> losses;
  std::string service;
  std::uint64_t reached = 0;
  std::optional<FlowWitnessView> flow;
};
template <class V>
void describe(V& visit, const WitnessView& x) {
  visit("text", x.text, "what breaks it, as a sentence");
  visit("path", x.path, "reach requires: the way, or all that is reached");
  visit("losses", x.losses, "survives: what is lost");
  visit("service", x.service, "survives: the service that then fails, or empty");
  visit("reached", x.reached, "reaches_at_most: how many are reached");
  visit("flow", x.flow, "flow requires: the flow; else null");
}

struct RequireView {
  std::string id;
  std::string name;
  Require::Type type = Require::Type::never_reaches;
  std::optional<bool> holds = true;  ///< nothing = undecided
  bool decided = true;
  std::optional<WitnessView> witness;
  std::string at;

  std::string line;  ///< `at` for people

  [[nodiscard]] bool broken() const { return holds == false; }
};
template <class V>
void describe(V& visit, const RequireView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("type", x.type, "what it demands");
  visit("holds", x.holds, "it holds; null when undecided");
  visit("decided", x.decided, "false: a limit was hit before anything that breaks it was found");
  visit("witness", x.witness, "what breaks it; null when it holds");
  visit("at", x.at, "file:line:column of its definition");
}

struct DifferenceView {
  std::string id;
  Expectation::Type expected = Expectation::Type::works;
  Expectation::Type found = Expectation::Type::works;
  std::string text;
};
template <class V>
void describe(V& visit, const DifferenceView& x) {
  visit("id", x.id, "the node");
  visit("expected", x.expected, "what the scenario says");
  visit("found", x.found, "what comes out");
  visit("text", x.text, "the same as a sentence, with the reason");
}

struct ScenarioView {
  std::string id;
  std::string name;
  bool passed = true;
  std::vector<DifferenceView> differences;
  std::string at;

  std::string line;  ///< `at` for people
};
template <class V>
void describe(V& visit, const ScenarioView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("passed", x.passed, "it comes out as it says");
  visit("differences", x.differences, "what comes out otherwise");
  visit("at", x.at, "file:line:column of its definition");
}

struct CheckView {
  HeadView head;
  std::uint64_t errors = 0, warnings = 0, notes = 0;
  std::vector<DiagnosticView> diagnostics;
  std::vector<RequireView> requires_all;
  std::vector<ScenarioView> scenarios;
  std::string next;
};
template <class V>
void describe(V& visit, const CheckView& x) {
  describe(visit, x.head);
  visit("errors", x.errors, "how many diagnostics are errors");
  visit("warnings", x.warnings, "how many are warnings");
  visit("notes", x.notes, "how many are notes");
  visit("diagnostics", x.diagnostics, "what was found, by place; broken requires and scenarios among it");
  visit("requires", x.requires_all, "every require, in source order");
  visit("scenarios", x.scenarios, "every scenario, in source order");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
