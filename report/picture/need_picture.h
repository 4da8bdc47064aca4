#pragma once

#include "firebreak/report.h"

#include "report/picture/picture.h"

namespace firebreak::report {

/// The need relation under a scenario, with everything in it but a title.
[[nodiscard]] Picture need_picture(const Subject& subject, const ImpactReport& report);

}  // namespace firebreak::report
