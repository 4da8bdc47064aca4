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

/// Actions in an order that does not lock out the hands of a later one, where there is such an order: in as few waves
/// as that takes, unplugging before blocking before switching off in each. Cost: a run of the need law for each action
/// on a system that states what it is managed by, times the actions.
[[nodiscard]] std::vector<ChecklistStep> checklist(const Subject& subject, const std::vector<Action>& actions,
                                                   const std::vector<RuleBlock>& rules);

}  // namespace firebreak::report
