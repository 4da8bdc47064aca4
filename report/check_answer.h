#pragma once

#include <optional>
#include <span>

#include "report/check_views.h"
#include "report/document.h"

namespace firebreak::report {

/// The answer of `check` with names: the diagnostics given, and those of the verdicts, sorted by place.
[[nodiscard]] CheckView make_view(const Subject& subject, const CheckReport& report);

/// What breaks a require.
[[nodiscard]] WitnessView witness_view(const Subject& subject, RequireId require, const RequireVerdict& verdict);

/// The answer for files that hold errors.
[[nodiscard]] CheckView make_view(const Sources& sources, std::span<const Diagnostic> diagnostics);

/// The verdicts, broken ones first, then the diagnostics that are no verdicts with their source lines, errors first.
[[nodiscard]] Document make_document(const CheckView& view, const Sources& sources,
                                     std::span<const Diagnostic> diagnostics, const TextStyle& style);

/// A line per diagnostic, require and scenario.
[[nodiscard]] std::string to_csv(const CheckView& view);

/// JUnit XML: a suite each for the topology, its requires and its scenarios.
[[nodiscard]] std::string to_junit(const CheckView& view);

/// Workflow commands that GitHub shows at the lines they speak of.
[[nodiscard]] std::string to_github(const CheckView& view);

}  // namespace firebreak::report
