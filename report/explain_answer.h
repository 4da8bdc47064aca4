#pragma once

#include <optional>

#include "report/document.h"
#include "report/explain_views.h"
#include "report/reasons.h"
#include "report/steps.h"

namespace firebreak::report {

/// The answer of `explain FROM TO` with names. `steps` speak of the takeover's blast; null when there is no takeover to
/// speak of.
[[nodiscard]] FlowView make_view(const Subject& subject, const FlowReport& report, Steps* steps);
[[nodiscard]] Document make_document(const Subject& subject, const FlowReport& report, const FlowView& view,
                                     const TextStyle& style);
[[nodiscard]] std::string to_csv(const FlowView& view);

/// What stands in the way of a flow, as sentences, the policies first.
[[nodiscard]] std::vector<std::string> obstacles(const Subject& subject, const FlowReport& report);

/// The answer of `explain ID` with names.
[[nodiscard]] StateView make_view(const Subject& subject, const StateReport& report, Reasons& reasons);
[[nodiscard]] Document make_document(const StateView& view, Reasons& reasons, const TextStyle& style);
[[nodiscard]] std::string to_csv(const StateView& view);

}  // namespace firebreak::report
