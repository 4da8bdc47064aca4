#pragma once

#include "report/explain_answer.h"

/// The part of `explain FROM TO` that is about the takeover.
namespace firebreak::report {

/// Whether it is possible, on which way, and else what prevents it. `steps` speak of the takeover's blast.
void add_takeover(FlowView& view, const Subject& subject, const FlowReport& report, Steps& steps);

void add_takeover_sections(Document& document, const FlowView& view, const TextStyle& style);

}  // namespace firebreak::report
