#include <algorithm>
#include <fmt/format.h>

#include "report/check_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kHolds = {"✓", "+", "32", "holds"};
constexpr Mark kBroken = {"✕", "x", "1;31", "is broken"};
constexpr Mark kOpen = {"?", "?", "33", "is undecided"};
constexpr Mark kAsExpected = {"✓", "+", "32", "comes out as expected"};
constexpr Mark kOtherwise = {"✕", "x", "1;31", "comes out otherwise"};

Section require_section(const CheckView& view, const TextStyle& style) {
  std::vector<const RequireView*> requires_all;
  for (const RequireView& require : view.requires_all) requires_all.push_back(&require);
  const auto rank = [](const RequireView* r) { return r->broken() ? 0 : r->decided ? 2 : 1; };
  std::ranges::stable_sort(requires_all, {}, rank);
  return list_section("Requires", requires_all, style, [](const RequireView* found) {
    const RequireView& require = *found;
    const Mark mark = require.broken() ? kBroken : require.decided ? kHolds : kOpen;
    return Entry{mark, called(require.id, require.name),
                 mark.word == kHolds.word ? "" : fmt::format("({})", require.line),
                 require.witness   ? require.witness->text
                 : require.decided ? ""
                                   : "there are too many losses to try: name fewer that may be lost, or fewer at once"};
  });
}

Section scenario_section(const CheckView& view, const TextStyle& style) {
  std::vector<const ScenarioView*> scenarios;
  for (const ScenarioView& scenario : view.scenarios) scenarios.push_back(&scenario);
  std::ranges::stable_sort(scenarios, {}, &ScenarioView::passed);
  return list_section("Scenarios", scenarios, style, [&](const ScenarioView* found) {
    const ScenarioView& scenario = *found;
    const Mark mark = scenario.passed ? kAsExpected : kOtherwise;
    std::vector<std::string> differences;
    for (const DifferenceView& difference : scenario.differences) differences.push_back(difference.text);
    const std::size_t told = shown_of(differences.size(), style);
    std::string detail = fmt::format(
        "{}", fmt::join(differences.begin(), differences.begin() + static_cast<std::ptrdiff_t>(told), "; "));
    if (told < differences.size()) detail += fmt::format("; {}", counted(differences.size() - told, "more difference"));
    return Entry{mark, called(scenario.id, scenario.name), scenario.passed ? "" : fmt::format("({})", scenario.line),
                 std::move(detail)};
  });
}

Section diagnostic_section(const Sources& sources, std::span<const Diagnostic> diagnostics, const TextStyle& style) {
  std::vector<Diagnostic> worst(diagnostics.begin(), diagnostics.end());
  std::ranges::stable_sort(worst, {}, &Diagnostic::severity);
  Section section{"Findings"};
  const std::size_t shown = shown_of(worst.size(), style);
  section.verbatim = render(std::span(worst).first(shown), sources, style.colour);
  section.left_out = worst.size() - shown;
  return section;
}

}  // namespace

Document make_document(const CheckView& view, const Sources& sources, std::span<const Diagnostic> diagnostics,
                       const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Check" : "Check: " + view.head.topology;
  document.summary = view.head.summary;
  add_section(document, require_section(view, style));
  add_section(document, scenario_section(view, style));
  add_section(document, diagnostic_section(sources, diagnostics, style));
  document.next = view.next;
  return document;
}

}  // namespace firebreak::report
