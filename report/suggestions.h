#pragma once

#include <vector>

#include "firebreak/report.h"

#include "report/document.h"
#include "report/policy_fragment.h"
#include "report/policy_views.h"

/// The changes that make the network tightest, in words and as policies.
namespace firebreak::report {

[[nodiscard]] SuggestionsView suggestions_view(const Subject& subject, const TighteningPlan& plan);

/// "3 changes bring what a compromise reaches down from ...".
[[nodiscard]] std::string suggestions_summary(const SuggestionsView& view);

[[nodiscard]] std::vector<Section> suggestion_sections(const SuggestionsView& view, const TextStyle& style);

/// The policies that the changes make, each in the place of the one it changes.
[[nodiscard]] std::vector<FragmentPolicy> changed_policies(const Subject& subject,
                                                           const std::vector<Tightening>& changes);

}  // namespace firebreak::report
