#pragma once

#include "firebreak/policy.h"

#include "report/explain_views.h"

/// Verdicts of policies in words.
namespace firebreak::report {

[[nodiscard]] VerdictView verdict_view(const Subject& subject, const Verdict& verdict);

/// "any port", "tcp/443, udp/53", "any port but tcp/443": what is shortest.
[[nodiscard]] std::string ports_words(const PortSet& ports);

}  // namespace firebreak::report
