#pragma once

#include <string>

#include "report/document.h"
#include "report/weak_views.h"

namespace firebreak::report {

/// The answer of `weak` with names.
[[nodiscard]] WeakView make_view(const Subject& subject, const WeakReport& report);

[[nodiscard]] Document make_document(const WeakView& view, const TextStyle& style);

/// Lines of four parts: services with their counts, sets of losses, single losses by services, and importance.
[[nodiscard]] std::string to_csv(const WeakView& view);

/// The groups of systems that hold each other up.
[[nodiscard]] std::vector<StartLoopView> loop_views(const Topology& topology,
                                                    const std::vector<std::vector<NodeId>>& loops);

/// "1,204"
[[nodiscard]] std::string grouped(const Natural& number);

/// "mail has 1,204 minimal cut sets": "2 of one loss, 14 of two, 1,188 of three".
[[nodiscard]] std::string sizes_words(const std::vector<Natural>& by_order);

/// "one", "two"; digits past twelve.
[[nodiscard]] std::string number_word(std::size_t number);

}  // namespace firebreak::report
