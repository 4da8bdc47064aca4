#pragma once

#include <vector>

#include "firebreak/check.h"
#include "firebreak/diagnostic.h"
#include "firebreak/report.h"

namespace firebreak::report {

/// What analysis finds suspicious in a topology, as diagnostics: needs that fail with no action at all, rules that
/// decide nothing, groups that cannot start by themselves, suspicious words. `subject.scenario` is empty. Cost: that of
/// `audit_rules`, `start_loops` and one impact.
[[nodiscard]] std::vector<Diagnostic> findings(const Subject& subject);

/// What breaks a require, as a sentence; empty when it holds.
[[nodiscard]] std::string witness_words(const Subject& subject, RequireId require, const RequireVerdict& verdict);

/// Why a node did not come out as a scenario expected, as a sentence each. Cost: an impact and a blast of the scenario.
[[nodiscard]] std::vector<std::string> difference_words(const Subject& subject, ScenarioId scenario,
                                                        const ScenarioVerdict& verdict);

/// The broken and undecided requires and the failed scenarios as diagnostics.
[[nodiscard]] std::vector<Diagnostic> verdict_diagnostics(const Subject& subject, const CheckReport& report);

}  // namespace firebreak::report
