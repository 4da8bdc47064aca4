#pragma once

#include <string>

#include "report/document.h"
#include "report/weak_views.h"

namespace firebreak::report {

/// The answer of `weak` with names.
[[nodiscard]] WeakView make_view(const Subject& subject, const WeakReport& report);

[[nodiscard]] Document make_document(const WeakView& view, const TextStyle& style);

/// What each single loss does to each service, in characters.
[[nodiscard]] Section loss_table(const WeakView& view, const TextStyle& style);

/// Lines of several parts: services with their counts, sets of losses, single losses by services, importance, and start
/// loops.
[[nodiscard]] std::string to_csv(const WeakView& view);

/// How many losses at once are enough; of one that has minimal cut sets.
[[nodiscard]] std::size_t least_losses(const CutSetsView& service);

/// "1,204"
[[nodiscard]] std::string grouped(const Natural& number);

/// How many sets of each size: "2 of one loss, 14 of two, 1,188 of three".
[[nodiscard]] std::string sizes_words(const std::vector<Natural>& by_order);

/// "one", "two"; digits past twelve.
[[nodiscard]] std::string number_word(std::size_t number);

/// "one loss", "two losses".
[[nodiscard]] std::string losses_words(std::size_t number);

}  // namespace firebreak::report
