#include <algorithm>
#include <fmt/format.h>

#include "report/check_answer.h"
#include "report/escape.h"
#include "report/findings.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

DiagnosticView diagnostic_view(const Sources& sources, const Diagnostic& diagnostic) {
  DiagnosticView view;
  view.code = info(diagnostic.code).slug;
  view.severity = diagnostic.severity;
  if (diagnostic.at.file.valid()) view.file = sources[diagnostic.at.file].name;
  view.line = diagnostic.at.line;
  view.column = diagnostic.at.column;
  view.message = diagnostic.message;
  view.hint = diagnostic.hint;
  for (const Related& related : diagnostic.related) {
    view.related.push_back({to_string(sources, related.at), related.message});
  }
  return view;
}

void add_diagnostics(CheckView& view, const Sources& sources, std::span<const Diagnostic> diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    view.diagnostics.push_back(diagnostic_view(sources, diagnostic));
    switch (diagnostic.severity) {
      case Severity::error:
        ++view.errors;
        break;
      case Severity::warning:
        ++view.warnings;
        break;
      case Severity::note:
        ++view.notes;
        break;
    }
  }
}

Expectation::Type found_instead(const Difference& difference) {
  if (difference.expected == Expectation::Type::reached) return Expectation::Type::unreached;
  if (difference.expected == Expectation::Type::unreached) return Expectation::Type::reached;
  switch (difference.state) {
    case State::off:
      return Expectation::Type::off;
    case State::fails:
      return Expectation::Type::fails;
    case State::degraded:
      return Expectation::Type::degraded;
    case State::at_risk:
      return Expectation::Type::at_risk;
    case State::works:
      break;
  }
  return Expectation::Type::works;
}

void add_verdicts(CheckView& view, const Subject& subject, const CheckReport& report) {
  const Topology& topology = subject.topology;
  for (const RequireId r : ids<RequireId>(topology.requires_all.size())) {
    const Require& require = topology.requires_all[r];
    const RequireVerdict& verdict = report.requires_all[r.index()];
    RequireView entry{std::string(require.id),
                      std::string(require.name),
                      require.type,
                      verdict.decided ? std::optional(verdict.holds) : std::nullopt,
                      verdict.decided,
                      {},
                      to_string(subject.sources, require.at),
                      line_of(subject.sources, require.at)};
    if (!verdict.holds) entry.witness = witness_view(subject, r, verdict);
    view.requires_all.push_back(std::move(entry));
  }
  for (const ScenarioId s : ids<ScenarioId>(topology.scenarios.size())) {
    const NamedScenario& scenario = topology.scenarios[s];
    const ScenarioVerdict& verdict = report.scenarios[s.index()];
    ScenarioView entry{std::string(scenario.id),
                       std::string(scenario.name),
                       verdict.passed,
                       {},
                       to_string(subject.sources, scenario.at),
                       line_of(subject.sources, scenario.at)};
    const auto words = verdict.passed ? std::vector<std::string>() : difference_words(subject, s, verdict);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Difference& difference = verdict.differences[i];
      entry.differences.push_back(
          {std::string(topology.nodes[difference.node].id), difference.expected, found_instead(difference), words[i]});
    }
    view.scenarios.push_back(std::move(entry));
  }
}

/// "the require", "both requires", "all 3 requires", "1 of 3 requires"
std::string part_of(std::size_t count, std::size_t total, std::string_view singular) {
  return total == 1 ? fmt::format("the {}", singular) : share(count, total, singular);
}

std::string summary(const CheckView& view) {
  const auto broken = static_cast<std::size_t>(std::ranges::count_if(view.requires_all, &RequireView::broken));
  const auto undecided = static_cast<std::size_t>(
      std::ranges::count_if(view.requires_all, [](const RequireView& r) { return !r.decided; }));
  const auto failed =
      static_cast<std::size_t>(std::ranges::count_if(view.scenarios, [](const ScenarioView& s) { return !s.passed; }));
  const std::size_t faults = view.errors - std::min<std::size_t>(view.errors, broken + failed);
  std::vector<std::string> verdicts;
  if (faults > 0) verdicts.push_back(fmt::format("{}: nothing could be judged", counted(faults, "error")));
  const std::size_t requires_all = view.requires_all.size();
  const auto is_are = [](std::size_t count) { return count == 1 ? "is" : "are"; };
  if (broken > 0) {
    verdicts.push_back(fmt::format("{} {} broken", part_of(broken, requires_all, "require"), is_are(broken)));
  }
  if (undecided > 0) {
    verdicts.push_back(fmt::format("{} {} undecided", part_of(undecided, requires_all, "require"), is_are(undecided)));
  }
  if (broken == 0 && undecided < requires_all) {
    const std::size_t holding = requires_all - undecided;
    verdicts.push_back(fmt::format("{} {}", undecided == 0 ? part_of(holding, requires_all, "require") : "the rest",
                                   holding == 1 ? "holds" : "hold"));
  }
  if (failed > 0) {
    verdicts.push_back(fmt::format("{} {} out otherwise", part_of(failed, view.scenarios.size(), "scenario"),
                                   failed == 1 ? "comes" : "come"));
  } else if (!view.scenarios.empty()) {
    verdicts.push_back(fmt::format("{} {} out as expected",
                                   part_of(view.scenarios.size(), view.scenarios.size(), "scenario"),
                                   view.scenarios.size() == 1 ? "comes" : "come"));
  }
  if (verdicts.empty()) verdicts.emplace_back("the topology is sound, and holds no require and no scenario to judge");
  std::string words = fmt::format("{}", fmt::join(verdicts, ", "));
  words += view.warnings == 0 ? "; no warnings" : "; " + counted(view.warnings, "warning");
  if (view.notes > 0) words += fmt::format(", {}", counted(view.notes, "note"));
  return capitalised(words + ".");
}

/// A command that says more about the first thing that is wrong.
std::string next(const Subject& subject, const CheckView& view) {
  for (const RequireView& require : view.requires_all) {
    if (!require.broken()) continue;
    const WitnessView& witness = *require.witness;
    if (require.type == Require::Type::survives) {
      return command_line(
          subject, "explain", {witness.service},
          witness.losses.empty() ? "" : "--off " + shell_word(fmt::format("{}", fmt::join(witness.losses, ","))));
    }
    if (require.type == Require::Type::never_reaches) {
      return command_line(subject, "explain", {witness.path.front(), witness.path.back()}, {});
    }
    if (witness.flow) {
      return command_line(subject, "explain", {witness.flow->from, witness.flow->to}, {});
    }
  }
  for (const ScenarioView& scenario : view.scenarios) {
    if (!scenario.passed)
      return fmt::format("firebreak impact {} --scenario {}", subject.files, shell_word(scenario.id));
  }
  if (!view.scenarios.empty())
    return fmt::format("firebreak impact {} --scenario {}", subject.files, shell_word(view.scenarios.front().id));
  return fmt::format("firebreak blast {} --rank", subject.files);
}

}  // namespace

WitnessView witness_view(const Subject& subject, RequireId require, const RequireVerdict& verdict) {
  const Topology& topology = subject.topology;
  const auto id = [&](NodeId n) { return n.valid() ? std::string(topology.nodes[n].id) : std::string(); };
  WitnessView view;
  view.text = witness_words(subject, require, verdict);
  for (const NodeId n : verdict.path) view.path.push_back(id(n));
  for (const NodeId n : verdict.losses) view.losses.push_back(id(n));
  view.service = id(verdict.service);
  view.reached = verdict.reached;
  if (verdict.flow.from.valid())
    view.flow = {id(verdict.flow.from), id(verdict.flow.to), to_string(verdict.flow.ports)};
  return view;
}

CheckView make_view(const Subject& subject, const CheckReport& report) {
  CheckView view;
  std::vector<Diagnostic> all(report.diagnostics.begin(), report.diagnostics.end());
  const std::vector<Diagnostic> verdicts = verdict_diagnostics(subject, report);
  all.insert(all.end(), verdicts.begin(), verdicts.end());
  sort_and_unique(all);
  add_diagnostics(view, subject.sources, all);
  add_verdicts(view, subject, report);
  view.head = head(subject, "check", summary(view));
  view.next = next(subject, view);
  return view;
}

CheckView make_view(const Sources& sources, std::span<const Diagnostic> diagnostics) {
  CheckView view;
  add_diagnostics(view, sources, diagnostics);
  view.head.schema = "firebreak/check/1";
  std::vector<std::string> names;
  for (const SourceFile& file : sources) names.push_back(file.name);
  view.head.files = shell_words(names);
  view.head.summary = summary(view);
  return view;
}

}  // namespace firebreak::report
