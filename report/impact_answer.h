#pragma once

#include "report/document.h"
#include "report/reasons.h"
#include "report/views.h"

namespace firebreak::report {

/// The answer of `impact` with names. The chains of its nodes are empty until add_reasons.
[[nodiscard]] ImpactView make_view(const Subject& subject, const ImpactReport& report, Reasons& reasons);
void add_reasons(ImpactView& view, Reasons& reasons);

[[nodiscard]] Document make_document(const ImpactView& view, Reasons& reasons, const TextStyle& style);

/// A line per node that does not work, and per service and customer in any state.
[[nodiscard]] std::string to_csv(const ImpactView& view, Reasons& reasons);

/// All services, or all customers, of an impact in source order.
[[nodiscard]] std::vector<ServiceView> service_views(const Subject& subject, const Impact& impact);
[[nodiscard]] std::vector<CustomerView> customer_views(const Subject& subject, const Impact& impact);

/// Services that do not work, worst first: by state, weight, time, then source order.
[[nodiscard]] std::vector<ServiceView> worst_first(std::vector<ServiceView> services);

/// The section on services of that order.
[[nodiscard]] Section service_section(std::string title, const std::vector<ServiceView>& worst, Reasons& reasons,
                                      const TextStyle& style);

}  // namespace firebreak::report
