#pragma once

#include <optional>
#include <string>

#include "firebreak/report.h"

#include "report/diff_views.h"
#include "report/document.h"
#include "report/place_words.h"

namespace firebreak::report {

/// The answer of `diff` with names. With `most`, flows and what the files say otherwise hold only so many entries: for
/// people.
[[nodiscard]] DiffView make_view(const DiffReport& report, std::optional<std::size_t> most = {});
[[nodiscard]] FlowChangeView flow_change_view(const DiffReport& report, const FlowChange& change,
                                              const PlaceWords& words);
[[nodiscard]] ThingChangeView thing_view(const DiffReport& report, const ThingChange& change);

/// Fills in what gets worse and what gets better, the gravest first, from the rest of the view.
void add_findings(DiffView& view, const DiffReport& report);

/// The change in one sentence, from the rest of the view.
[[nodiscard]] std::string summary(const DiffView& view, const DiffVerdict& verdict);

/// A command that says more about the gravest finding.
[[nodiscard]] std::string next(const DiffReport& report, const DiffView& view);

/// A change of more than a policy or texts for people.
[[nodiscard]] bool matters(const ThingChange& thing);

/// With --only: what changes besides, as sentences.
[[nodiscard]] std::vector<std::string> besides(const DiffView& view, const DiffReport& report);

/// "system pc-17: zone and tags", "policy fw: 2 new rules".
[[nodiscard]] std::string thing_words(const ThingChangeView& thing);

/// What gets worse first, then the rest of the change.
[[nodiscard]] Document make_document(const DiffView& view, const TextStyle& style);

[[nodiscard]] std::string to_csv(const DiffView& view);
[[nodiscard]] std::string to_junit(const DiffView& view);
[[nodiscard]] std::string to_github(const DiffView& view, const Sources& after);

}  // namespace firebreak::report
