#pragma once

#include "report/document.h"
#include "report/reasons.h"
#include "report/steps.h"
#include "report/views.h"

namespace firebreak::report {

/// The answer of `blast` with names, all but `reached`.
[[nodiscard]] BlastView make_view(const Subject& subject, const BlastReport& report);

/// Adds what is reached, for programs: a document for people shows a few of them. Cost: words for each.
void add_reached(BlastView& view, const BlastReport& report, Steps& steps);

/// `reasons` explain what fails if all that is reached is lost.
[[nodiscard]] Document make_document(const Subject& subject, const BlastReport& report, const BlastView& view,
                                     Steps& steps, Reasons& reasons, const TextStyle& style);

/// A line per node of `reached`; with --rank per node ranked; with --to per node a target can be reached from.
[[nodiscard]] std::string to_csv(const BlastView& view);

}  // namespace firebreak::report
