#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/ci_formats.h"
#include "report/diff_answer.h"
#include "report/escape.h"
#include "report/wording.h"

// Formats of `diff` for machines that are not JSON: CSV, JUnit XML, GitHub workflow commands.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostAnnotations = 50;  ///< of findings, of flows that open, and of those that close

FilePlace place(const Sources& sources, Span at) {
  if (!at.file.valid()) return {};
  return {sources[at.file].name, at.line, at.column};
}

/// A case for each finding of a topic, or one that passes.
TestSuite suite(const DiffView& view, Topic topic, std::string_view good) {
  TestSuite suite{std::string(word(topic)), {}};
  for (const FindingView& finding : view.worse) {
    if (finding.what != topic) continue;
    // What a compromise reaches follows from flows, and which of these may change --only says.
    const bool may = view.only.value && finding.follows;
    const std::string words = fmt::format("{}\n{}", printable(finding.text), printable(finding.at));
    suite.cases.push_back({printable(finding.lead), may ? "" : words, {}, may ? words : ""});
  }
  if (suite.cases.empty()) suite.cases.push_back({std::string(good)});
  for (const FindingView& finding : view.better) {
    if (finding.what == topic) suite.cases.push_back({printable(finding.lead), {}, {}, printable(finding.text)});
  }
  return suite;
}

/// Flows that change fail no test: whether they should is for --only to say.
TestSuite flow_suite(const DiffView& view) {
  TestSuite suite{"flow", {}};
  for (const FlowChangeView& flow : view.flows) {
    suite.cases.push_back(
        {fmt::format("{} {}", printable(flow.lead), word(flow.change)), {}, {}, printable(flow.text)});
  }
  if (suite.cases.empty()) suite.cases.push_back({"no flow opens or closes"});
  return suite;
}

}  // namespace

std::string to_csv(const DiffView& view) {
  std::string out = "part,change,id,from,to,ports,pairs,at,text\r\n";
  const auto add = [&](std::string_view part, std::string_view change, const std::string& id, const std::string& at,
                       const std::string& text) {
    out += fmt::format("{},{},{},,,,,{},{}\r\n", part, change, csv_cell(id), csv_cell(at), csv_cell(text));
  };
  const auto add_findings = [&](const std::vector<FindingView>& findings, std::string_view change) {
    for (const FindingView& finding : findings) add(word(finding.what), change, finding.id, finding.at, finding.text);
  };
  add_findings(view.worse, "worse");
  add_findings(view.better, "better");
  for (const FlowChangeView& flow : view.flows) {
    const std::string at = flow.because.empty() ? std::string() : flow.because.front().at;
    out += fmt::format("flow,{},,{},{},{},{},{},{}\r\n", word(flow.change), csv_cell(listing(flow.from, 1000)),
                       csv_cell(listing(flow.to, 1000)), csv_cell(flow.ports), flow.pairs, csv_cell(at),
                       csv_cell(flow.text));
  }
  for (const ReachChangeView& zone : view.reach) {
    const double growth = zone.after.mean.value - zone.before.mean.value;
    add("zone",
        growth > 0   ? "worse"
        : growth < 0 ? "better"
                     : "",
        zone.zone, {},
        fmt::format("{} on average instead of {}; at worst {} instead of {}", grouped(zone.after.mean.value),
                    grouped(zone.before.mean.value), zone.after.worst, zone.before.worst));
  }
  for (const ThingChangeView& thing : view.changed) {
    add(thing.kind, word(thing.change), thing.id, thing.at, thing_words(thing));
  }
  if (view.only.value) {
    for (const std::string& besides : view.only.value->besides) add("besides", {}, {}, {}, besides);
  }
  return out;
}

std::string to_junit(const DiffView& view) {
  std::vector<TestSuite> suites = {suite(view, Topic::require, "no require is newly broken"),
                                   suite(view, Topic::state, "nothing newly fails with no action"),
                                   suite(view, Topic::scenario, "no scenario comes out worse"),
                                   suite(view, Topic::need, "no need is newly denied"),
                                   suite(view, Topic::jewel, "no crown jewel is newly reached"),
                                   suite(view, Topic::survival, "no single loss newly takes a service down"),
                                   suite(view, Topic::guard, "nothing that watches over it says less"),
                                   suite(view, Topic::reach, "a compromise reaches no more than before"),
                                   flow_suite(view)};
  if (view.only.value) {
    TestCase test{printable(fmt::format("nothing changes but {}", listing(view.only.value->flows, 5)))};
    for (const std::string& besides : view.only.value->besides) {
      test.failure += (test.failure.empty() ? "" : "\n") + printable(besides);
    }
    suites.push_back({"only", {std::move(test)}});
  }
  return to_junit("diff", suites);
}

std::string to_github(const DiffView& view, const Sources& after) {
  std::string out;
  std::size_t left_out = 0;
  const auto annotate = [&](std::size_t number, std::string_view level, Span at, const std::string& title,
                            const std::string& text) {
    if (number < kMostAnnotations) {
      out += github_command(level, place(after, at), title, text);
    } else {
      ++left_out;
    }
  };
  std::size_t number = 0;
  for (const FindingView& finding : view.worse) {
    const bool grave = finding.what == Topic::require || finding.what == Topic::state ||
                       finding.what == Topic::scenario || finding.what == Topic::need;
    annotate(number++, grave && !finding.follows ? "error" : "warning", finding.span, std::string(word(finding.what)),
             finding.text);
  }
  if (view.only.value) {
    for (const ThingChangeView& thing : view.changed) {
      if (thing.besides) annotate(number++, "error", thing.span, "changes besides", thing_words(thing));
    }
  }
  for (const Turn turn : {Turn::opened, Turn::closed}) {
    number = 0;
    for (const FlowChangeView& flow : view.flows) {
      if (flow.change != turn) continue;
      const std::string_view level = flow.outside ? "error" : turn == Turn::opened && flow.felt ? "warning" : "notice";
      const std::string title = fmt::format("flow {}{}", word(turn), flow.outside ? " besides what may" : "");
      bool shown = false;
      for (const FlowReasonView& reason : flow.because) {
        if (!reason.span.file.valid()) continue;
        shown = true;
        annotate(number++, level, reason.span, title, flow.text);
      }
      if (!shown) annotate(number++, level, {}, title, flow.text);
    }
  }
  if (left_out > 0) out += fmt::format("{} more annotations are left out\n", grouped(static_cast<double>(left_out)));
  return out + printable(view.head.summary) + "\n";
}

}  // namespace firebreak::report
