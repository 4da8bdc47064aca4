#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/contain.h"
#include "firebreak/report.h"

#include "report/contain_views.h"

namespace firebreak::report {

/// One action of a plan, and when its turn is.
struct ChecklistStep {
  Action action;
  std::uint32_t wave = 1;
  Hands hands = Hands::not_stated;
};

/// Actions in an order in which as few as can be have to be done on site, since nothing they are done with is locked
/// out before: in as few waves as these take, each action as early as it can be. In a wave it does not matter who comes
/// first. What holds while a grace lasts holds. Cost: a run of the need law for each action on a system that states
/// what it is managed by, times the waves; where some lock each other out, a search that takes about a second and then
/// what it has.
[[nodiscard]] std::vector<ChecklistStep> checklist(const Subject& subject, const std::vector<Action>& actions,
                                                   const std::vector<RuleBlock>& rules);

}  // namespace firebreak::report
