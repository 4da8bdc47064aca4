#pragma once

#include <string>
#include <vector>

#include "report/document.h"
#include "report/whatif_views.h"

namespace firebreak::report {

/// What each loss or pair that is listed does, with names.
[[nodiscard]] std::vector<WhatIfView> make_views(const Subject& subject, const SweepReport& report);

[[nodiscard]] Document make_document(const Subject& subject, const SweepReport& report,
                                     const std::vector<WhatIfView>& views, const TextStyle& style);

/// One scenario as a line of CSV.
[[nodiscard]] std::string csv_line(const WhatIfView& view);

/// A line per loss or pair.
[[nodiscard]] std::string to_csv(const std::vector<WhatIfView>& views);

}  // namespace firebreak::report
