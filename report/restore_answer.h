#pragma once

#include <string>

#include "report/document.h"
#include "report/restore_views.h"

namespace firebreak::report {

/// The answer of `restore` with names.
[[nodiscard]] RestoreView make_view(const Subject& subject, const RestoreReport& report);

/// The answer for people. With `sheet`, for paper: every step with a box to tick, who does it and how to reach them.
[[nodiscard]] Document make_document(const RestoreView& view, const TextStyle& style, bool sheet);

/// A line per step and per service that does not work at the beginning.
[[nodiscard]] std::string to_csv(const RestoreView& view);

/// Under what the answer holds, and how good the plan is.
[[nodiscard]] std::string restore_context(const RestoreView& view);

/// "start", "rebuild"; of an identity "enable", "change".
[[nodiscard]] std::string_view verb(const StepView& step);

}  // namespace firebreak::report
