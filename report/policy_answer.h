#pragma once

#include <string>

#include "firebreak/report.h"

#include "report/document.h"
#include "report/policy_views.h"

namespace firebreak::report {

/// The answer of `policy` with names. With `most`, lists hold only so many entries, and the matrix none: for people,
/// who see it as a grid.
[[nodiscard]] PolicyView make_view(const Subject& subject, const PolicyReport& report,
                                   std::optional<std::size_t> most = {});
[[nodiscard]] DeniedNeedView denied_view(const Subject& subject, const DeniedNeed& denied);
[[nodiscard]] Document make_document(const Subject& subject, const PolicyReport& report, const PolicyView& view,
                                     const TextStyle& style);
[[nodiscard]] std::string to_csv(const PolicyView& view);

/// The least policy as a topology to be merged: names of systems where no tag, kind or zone says the same.
[[nodiscard]] LeastPolicyView least_view(const Subject& subject, std::span<const LeastRule> rules);
[[nodiscard]] std::string to_toml(const Subject& subject, const LeastPolicyView& view);

/// The zone matrix in characters: a line for each zone, or for several that are alike.
[[nodiscard]] Section matrix_section(const Subject& subject, const ZoneMatrix& matrix, const TextStyle& style);

}  // namespace firebreak::report
