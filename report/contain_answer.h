#pragma once

#include <string>

#include "report/contain_views.h"
#include "report/document.h"
#include "report/reasons.h"

namespace firebreak::report {

/// A plan's scenario, and what the need law says of it.
struct Planned {
  Scenario scenario;
  Impact impact;
};
[[nodiscard]] Planned planned(const Subject& subject, const ContainReport& report);

/// The answer of `contain` with names. `reasons` explain the planned impact.
[[nodiscard]] ContainView make_view(const Subject& subject, const ContainReport& report, const Planned& planned,
                                    Reasons& reasons);

/// The answer for people. With `sheet`, for paper: every action with a box to tick.
[[nodiscard]] Document make_document(const ContainView& view, Reasons& reasons, const TextStyle& style, bool sheet);

/// A line per action, per service lost or degraded, and per plan of the frontier.
[[nodiscard]] std::string to_csv(const ContainView& view);

}  // namespace firebreak::report
